"""What is kept of how people work: workers, days, numbers; no case."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import WORKER
from fener.trust.privacy.declaration import About, body, link

MODELS = (
    About(
        "casework.Supervision",
        _("supervision of workers"),
        fields={
            **link("id"),
            **body("organisation"),
            **WORKER.on(
                worker=_("whose supervision it was"),
                on=_("on which day"),
                kind=_("which kind"),
                minutes=_("how many minutes"),
                recorded_by=_("who wrote it down"),
            ),
        },
    ),
    About(
        "casework.WorkTime",
        _("working time by kind"),
        fields={
            **link("id"),
            **body("organisation"),
            **WORKER.on(
                worker=_("whose time it was"),
                week=_("in which week"),
                kind=_("which kind"),
                minutes=_("how many minutes"),
            ),
        },
    ),
    About(
        "casework.WorkLimits",
        _("limits of work"),
        fields=body("organisation", "caseload", "administration", "supervision_days"),
    ),
    About(
        "casework.LeaveCover",
        _("leave covers"),
        fields={
            **link("id"),
            **body("organisation"),
            **WORKER.on(
                worker=_("who is away"),
                cover=_("who stands in"),
                since=_("from when on"),
                until=_("until when"),
                ended_on=_("when it ended"),
                recorded_by=_("who wrote it down"),
            ),
        },
    ),
    About("casework.LeaveCoverCase", _("cases given for a leave cover"), fields=link("id", "leave", "assignment")),
)

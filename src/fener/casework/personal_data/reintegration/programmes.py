"""What is kept of a person's way through a programme. The programme itself names nobody."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, COUNTED, DAY, WORKER
from fener.trust.privacy.declaration import About, body, link

_PROGRAMME = (
    "organisation",
    "pipeline",
    "name",
    "groups",
    "demand_source",
    "standard_course",
    "workers_share",
    "since",
    "launched_on",
)

MODELS = (
    *(
        About(
            f"casework.{name}",
            what,
            fields={**link("id"), **body(*fields), **WORKER.on(recorded_by=_("who wrote it down"))},
        )
        for name, what, fields in (
            ("Programme", _("programmes of work and training"), _PROGRAMME),
            ("Safeguard", _("safeguards of a social enterprise"), ("programme", "item", "state", "on", "number")),
        )
    ),
    About(
        "casework.Participation",
        _("programme that the person is in"),
        file=CASE,
        fields={
            **link("id", "case", "programme"),
            **COUNTED.on(fits_profile=_("whether it fits the person")),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
    About(
        "casework.ParticipationStep",
        _("step of a programme"),
        file=("participation__case_id",),
        fields={
            **link("id", "participation"),
            **COUNTED.on(step=_("which step")),
            **DAY.on(on=_("when")),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
)

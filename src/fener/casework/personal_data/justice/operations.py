"""Operations are numbers; that somebody with a case was met in one is about that person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, COUNTED, WORKER
from fener.trust.privacy.declaration import About, body, link

MODELS = (
    About(
        "casework.Operation",
        _("operations"),
        fields={
            **link("id"),
            **body(
                "organisation",
                "kind",
                "on",
                "premises",
                "checked",
                "met",
                "before",
                "times_before",
                "outcomes",
                "rights",
                "lessons",
                "closed_on",
            ),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
    About(
        "casework.OperationPerson",
        _("met in an operation"),
        file=CASE,
        fields={
            **link("id", "operation", "case"),
            **COUNTED.on(outcome=_("what became of the person")),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
)

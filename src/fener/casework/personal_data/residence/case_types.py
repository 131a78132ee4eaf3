"""What is kept of the type of a case."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, COUNTED, DAY, WORKER
from fener.trust.privacy.declaration import About, link

MODELS = (
    About(
        "casework.CaseType",
        _("type of the case"),
        file=CASE,
        fields={
            **link("id", "case"),
            **COUNTED.on(
                kind=_("as what the case is worked on"),
                turn=_("how many times it was said"),
                declined=_("whether the person wanted no help"),
            ),
            **DAY.on(on=_("since when"), offered_on=_("when help was offered")),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
)

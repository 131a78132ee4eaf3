"""What is kept of the regimes on which a person stays."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, COUNTED, DAY, WORKER
from fener.trust.privacy.declaration import About, Erase, link

MODELS = (
    About(
        "casework.RegimeStay",
        _("on which rule the person stays"),
        file=CASE,
        fields={
            **link("id", "case"),
            **COUNTED.on(code=_("regime"), end_reason=_("why it ended")),
            **DAY.on(starts_on=_("since when"), ended_on=_("until when")),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
    About(
        "casework.PathChange",
        _("when the person changed the path"),
        file=("stay__case_id",),
        fields={
            **link("id", "stay"),
            # Two changes in one year would both fall on its first day, and one stands for each day: the rows go.
            **DAY.but(erasure=Erase.ROW).on(on=_("on which day")),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
    About(
        "casework.RegimeFact",
        _("what is known of the conditions of a stay"),
        file=CASE,
        fields={
            **link("id", "case"),
            **COUNTED.on(fact=_("condition"), answer=_("whether it is so"), says=_("who says so")),
            **DAY.on(on=_("since when"), recorded_at=_("when it was written down")),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
)

"""What is kept of requests for a place: codes without a name, and the link of the case."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, WORDS, WORKER
from fener.trust.privacy.declaration import About, body, link

_WHERE = _("Where a shelter is, is told by word of mouth: a paper that says it is a danger for all who live there.")

MODELS = (
    About(
        "casework.PlaceRequest",
        _("requests for a place in a shelter"),
        fields={
            **link("id"),
            **body(
                "organisation", "shelter", "asked_by", "gender", "age_band", "children", "step_free", "language",
                "asked_at", "answer_due", "state", "answered_at", "reason", "held_until",
            ),
            **WORKER.on(answered_by=_("who answered"), recorded_by=_("who wrote it down")),
        },
    ),
    About(
        "casework.PlaceSought",
        _("places in a shelter that were asked for the person"),
        file=CASE,
        fields={
            **link("id", "case", "request"),
            **WORDS.but(exported=False, why_not=_WHERE).on(address=_("where to bring the person")),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
)  # fmt: skip

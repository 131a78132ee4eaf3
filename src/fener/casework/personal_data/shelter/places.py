"""What is kept of requests for a place: codes without a name, and the link of the case."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, COUNTED, DAY, GONE, WORDS, WORKER
from fener.trust.privacy.declaration import About, body, link

_WHERE = _("Where a shelter is, is told by word of mouth: a paper that says it is a danger for all who live there.")

MODELS = (
    About(
        "casework.PlaceRequest",
        _("requests for a place in a shelter"),
        file=("sought__case_id",),
        fields={
            **link("id"),
            **body("organisation", "shelter", "asked_by", "state"),
            **COUNTED.on(
                gender=_("the gender"),
                age_band=_("the age, in years from and to"),
                children=_("how many children come along"),
                reason=_("why the house declined"),
            ),
            **GONE.on(language=_("the language"), step_free=_("whether a way without steps is needed")),
            **DAY.on(
                asked_at=_("when it was asked for"),
                answer_due=_("when the house has to answer"),
                answered_at=_("when the house answered"),
                held_until=_("until when a place is held"),
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

"""Where a screening is, and where it goes on: shared by the pages of asking and of its end."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from fener.contact.models import Screening
from fener.contact.services import screenings
from fener.norms import screening as sets


# Which questions an organisation of a sector usually asks.
def at(name: str, screening: Screening, **more: Any) -> str:
    return reverse(f"contact:{name}", kwargs={"pk": screening.pk, **more})


def where_next(screening: Screening) -> str:
    """The page on which this screening goes on: it is the same after a dropped line, a second tab or a night."""
    if not screening.immediate_needs:
        return at("screening_needs", screening)
    if screening.state == Screening.State.SUGGESTED:
        return at("screening_result", screening)
    if not screenings.is_current(screening):
        return at("screening_renewed", screening)
    pack = screenings.set_of(screening)
    if pack.data["layout"] == "one_page":
        return at("screening_page", screening)
    following = sets.next_question(pack, screening.answers)
    return (
        at("screening_question", screening, question=following.id) if following else at("screening_answers", screening)
    )

"""Every returnee is screened by one common protocol, whatever the kind of return, and the outcome is kept (ID-30)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models import Assessment
from fener.casework.models.returns.journey import Journey
from fener.casework.models.returns.screening import ReturnScreening
from fener.casework.services import lines
from fener.casework.services.children.common import Errors, check_code, check_day, keep, raise_any
from fener.casework.services.facts import lock_case
from fener.norms.packs import Pack
from fener.norms.screening import screening_set
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone
from fener.trust.standing import node_level

RECORD, SETTING, SCREENED = "returns.screening", "returnee", "screened"


def protocol(*, child: bool) -> Pack:
    """The protocol for returnees: by age alone, never by sex, country or kind of return."""
    return screening_set(SETTING, child=child)


@transaction.atomic
def record_screening(*, actor: Actor, journey: Journey, outcome: str, on: date) -> ReturnScreening:
    """The outcome of the screening after a departure. That somebody was screened is what an assessment shows.

    Raises Refused, InvalidInput, AlreadyDone.
    """
    case = journey.case
    access.require_on_case(actor, "return_screening.record", case)
    lock_case(case)
    if ReturnScreening.objects.filter(journey=journey).exists():
        raise AlreadyDone(str(journey.pk))
    errors: Errors = {}
    check_code(errors, "outcome", outcome, "return_screening")
    check_day(errors, "on", on, not_before=_since(journey))
    if journey.departed_on is None:
        errors[""] = _("The journey has not begun.")
    assessment = _assessment(journey, on) if outcome == SCREENED else None
    if outcome == SCREENED and assessment is None:
        errors["outcome"] = _(
            "No assessment from the return to that day is recorded. Record what the screening found first."
        )
    raise_any(errors)
    used = protocol(child=journey.as_child)
    made = ReturnScreening.objects.create(
        case=case,
        journey=journey,
        set_id=used.id,
        set_version=used.version,
        outcome=outcome,
        assessment=assessment,
        on=on,
        recorded_by_id=access.user_id(actor),
    )
    lines.refresh(case, RECORD)
    keep(actor, "return_screening.record", case, made.pk, "return_screening", outcome=outcome, protocol=used.id, on=on)
    return made


def _since(journey: Journey) -> date | None:
    return journey.confirmed_on or journey.departed_on


@node_level(reason="that somebody was assessed counts, whichever body did it")
def _assessment(journey: Journey, on: date) -> Assessment | None:
    found = Assessment.objects.filter(case_id=journey.case_id, by_person=False, assessed_on__lte=on)
    if (since := _since(journey)) is not None:  # what was found before the journey screens nobody who came back
        found = found.filter(assessed_on__gte=since)
    return found.order_by("-assessed_on", "-recorded_at").first()

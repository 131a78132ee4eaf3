"""No authority enters a shelter by right: each wish to enter is kept with its answer (rule SH-03)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models import Case
from fener.casework.models.shelter.access_request import ShelterAccessConcern, ShelterAccessRequest
from fener.casework.models.shelter.house import Shelter
from fener.casework.models.shelter.stay import ShelterStay
from fener.casework.services import lines
from fener.casework.services.children.common import Errors, check_code, keep, raise_any
from fener.casework.services.shelter.houses import keep_of_house, require_own
from fener.norms.clocks import due
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone
from fener.trust.standing import node_level

RECORD, CLOCK = "shelter.access", "shelter_access_answer"
COURT = "court_order"  # of access_basis and of access_answer: the order that was shown, and what followed from it
LONG_AGO = timedelta(days=366)


@dataclass(frozen=True, kw_only=True)
class AccessTerms:
    """Codes of access_requester, access_purpose, access_basis. ``concerns``: the resident's case, where it was one."""

    by: str
    purpose: str
    basis: str
    asked_at: datetime
    concerns: Case | None = None


@transaction.atomic
def record_access(*, actor: Actor, shelter: Shelter, terms: AccessTerms) -> ShelterAccessRequest:
    """Somebody wants to enter. Until it is answered, nobody may. Raises Refused, InvalidInput."""
    require_own(actor, "house_access.record", shelter.organisation_id)
    case = terms.concerns
    if case is not None:
        access.require_on_case(actor, "house_access_concern.record", case)
    _check(shelter, terms)
    end = due(CLOCK, jurisdiction=settings.FENER_JURISDICTION, start=terms.asked_at).end
    made = ShelterAccessRequest.objects.create(
        organisation_id=shelter.organisation_id,
        shelter=shelter,
        by=terms.by,
        purpose=terms.purpose,
        basis=terms.basis,
        asked_at=terms.asked_at,
        answer_due=end if isinstance(end, datetime) else terms.asked_at,
        recorded_by_id=access.user_id(actor),
    )
    said = {"request": made.pk, "by": terms.by, "purpose": terms.purpose, "basis": terms.basis}
    keep_of_house(actor, "house_access.record", shelter, said)
    if case is not None:
        one = ShelterAccessConcern.objects.create(case=case, request=made, recorded_by_id=access.user_id(actor))
        lines.refresh(case, RECORD)
        keep(actor, "house_access_concern.record", case, one.pk, "access_concern", by=terms.by, purpose=terms.purpose)
    return made


@transaction.atomic
def answer_access(
    *, actor: Actor, request: ShelterAccessRequest, answer: str, came_in: bool, at: datetime | None = None
) -> ShelterAccessRequest:
    """What the house answered (list ``access_answer``), and whether somebody came in. Once.

    Raises Refused, InvalidInput, AlreadyDone.
    """
    require_own(actor, "house_access.answer", request.organisation_id)
    current = ShelterAccessRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if current.answer:
        raise AlreadyDone(str(current.pk), _("It is answered already."))
    moment = at or timezone.now()
    errors: Errors = {}
    check_code(errors, "answer", answer, "access_answer")
    if answer == COURT and current.basis != COURT:
        errors["answer"] = _("No order of a court was shown.")
    if not current.asked_at <= moment <= timezone.now():
        errors["at"] = _("Choose a time after the request that has come.")
    raise_any(errors)
    current.answer, current.came_in = answer, came_in
    current.answered_at, current.answered_by_id = moment, access.user_id(actor)
    current.save(update_fields=["answer", "came_in", "answered_at", "answered_by"])
    _say_on_the_case(current)
    keep_of_house(
        actor, "house_access.answer", current.shelter, {"request": current.pk, "answer": answer, "came_in": came_in}
    )
    return current


@node_level(reason="the case of whom it was about says so, also where its file is hidden from whoever answers")
def _say_on_the_case(request: ShelterAccessRequest) -> None:
    concern = ShelterAccessConcern.objects.filter(request=request).select_related("case").first()
    if concern is not None:
        lines.refresh(concern.case, RECORD)


def _check(shelter: Shelter, terms: AccessTerms) -> None:
    errors: Errors = {}
    check_code(errors, "by", terms.by, "access_requester")
    check_code(errors, "purpose", terms.purpose, "access_purpose")
    check_code(errors, "basis", terms.basis, "access_basis")
    if not timezone.now() - LONG_AGO <= terms.asked_at <= timezone.now():
        errors["asked_at"] = _("Choose a time of the last year that has come.")
    case = terms.concerns
    day = timezone.localdate(terms.asked_at)
    if case is not None and not ShelterStay.objects.filter(case=case, shelter=shelter, since__lte=day).exists():
        errors["concerns"] = _("This person did not stay in this house.")
    raise_any(errors)

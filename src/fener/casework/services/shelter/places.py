"""A place is found and held without anybody learning where the house is (rule SH-08)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.domain.shelter.place_states import ACCEPT, DECLINE, PLACE, USE, WITHDRAW
from fener.casework.models import Case
from fener.casework.models.shelter.house import Shelter
from fener.casework.models.shelter.place import PlaceRequest, PlaceSought
from fener.casework.models.shelter.stay import ShelterStay
from fener.casework.services import lines
from fener.casework.services.children.common import Errors, check_code, keep, raise_any
from fener.casework.services.facts import lock_case
from fener.casework.services.shelter.houses import keep_of_house, record_refusal, require_own
from fener.norms.clocks import due
from fener.trust import vault
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import AlreadyDone, InvalidInput
from fener.trust.models import SealedItem
from fener.trust.standing import node_level

RECORD, ANSWER, HOLD = "shelter.places", "referral_answer", "place_hold"
NOBODY_FREE = _("No place is free in this house now. Choose another one.")
MOST_CHILDREN = 20


@dataclass(frozen=True, kw_only=True)
class PlaceTerms:
    """Whom the house must be fit for. ``urgency``: of the clock referral_answer (now, urgent, normal)."""

    gender: str
    age_band: str
    children: int = 0
    step_free: bool = False
    language: str = ""
    urgency: str = "now"


@transaction.atomic
def ask_place(*, actor: Actor, case: Case, shelter: Shelter, terms: PlaceTerms) -> PlaceSought:
    """Ask a house for a place. It learns codes and which body asks. Raises Refused, InvalidInput."""
    access.require_on_case(actor, "place_request.ask", case)
    lock_case(case)
    access.require_free(case, field="", organisation_id=shelter.organisation_id)
    _check(case, shelter, terms)
    now = timezone.now()
    facts = {"kind": "shelter", "urgency": terms.urgency}
    request = PlaceRequest.objects.create(
        organisation_id=shelter.organisation_id,
        shelter=shelter,
        asked_by_id=case.organisation_id,
        asked_at=now,
        answer_due=_moment(ANSWER, now, facts),
        recorded_by_id=access.user_id(actor),
        **{name: value for name, value in vars(terms).items() if name != "urgency"},
    )
    made = PlaceSought.objects.create(case=case, request=request, recorded_by_id=access.user_id(actor))
    lines.refresh(case, RECORD)
    keep(actor, "place_request.ask", case, made.pk, "place_sought", urgency=terms.urgency)
    return made


@transaction.atomic
def withdraw_place(*, actor: Actor, sought: PlaceSought) -> PlaceSought:
    """The place is not needed any more, and free for others. Raises Refused, NotPossibleNow."""
    access.require_on_case(actor, "place_request.withdraw", sought.case)
    row = PlaceRequest.objects.select_for_update(of=("self",)).get(pk=sought.request_id)
    row.state = PLACE.step(row.state, WITHDRAW).to
    row.save(update_fields=["state"])
    _forget_address(PlaceSought.objects.filter(pk=sought.pk))
    lines.refresh(sought.case, RECORD)
    keep(actor, "place_request.withdraw", sought.case, sought.pk, "place_sought")
    return sought


@transaction.atomic
def accept_place(*, actor: Actor, request: PlaceRequest, address: str = "") -> PlaceRequest:
    """Hold a place by the pack's time. ``address``: where to bring the person, sealed for the body that asked, with
    where the person is; it stands nowhere else, and until
    the hold is over. Raises Refused, InvalidInput (the last place is gone), AlreadyDone.
    """
    row, house = _to_answer(actor, request)
    if (left := free_in(house)) is not None and left <= 0:
        raise InvalidInput({"": _("No place is free any more. Decline, with the reason.")})
    row.state, row.answered_at = PLACE.step(row.state, ACCEPT).to, timezone.now()
    row.held_until = _moment(HOLD, row.answered_at, {})
    row.answered_by_id = access.user_id(actor)
    row.save()
    _tell_the_case(actor, row, address)
    keep_of_house(actor, "house_place.answer", house, {"request": row.pk, "step": ACCEPT, "until": row.held_until})
    return row


@transaction.atomic
def decline_place(*, actor: Actor, request: PlaceRequest, reason: str) -> PlaceRequest:
    """No place, with the reason (list ``shelter_refusal``), which counts. Raises Refused, InvalidInput, AlreadyDone."""
    row, house = _to_answer(actor, request)
    record_refusal(actor=actor, shelter=house, on=timezone.localdate(), reason=reason)
    row.state, row.reason = PLACE.step(row.state, DECLINE).to, reason
    row.answered_at, row.answered_by_id = timezone.now(), access.user_id(actor)
    row.save()
    _tell_the_case(actor, row, "")
    keep_of_house(actor, "house_place.answer", house, {"request": row.pk, "step": DECLINE, "reason": reason})
    return row


def use_hold(house: Shelter, hold: PlaceRequest) -> None:
    """The person came: the held place becomes the stay's. The house is locked. Raises InvalidInput, NotPossibleNow."""
    row = PlaceRequest.objects.select_for_update(of=("self",)).get(pk=hold.pk)
    if row.shelter_id != house.pk:
        raise InvalidInput({"hold": _("Choose one of the list.")})
    to = PLACE.step(row.state, USE).to
    if row.held_until is None or row.held_until <= timezone.now():
        raise InvalidInput({"hold": _("This place was held until a moment that has passed.")})
    row.state = to
    row.save(update_fields=["state"])
    _forget_address(PlaceSought.objects.filter(request=row))
    _tell_the_case(None, row, "")


def forget_addresses(at: datetime) -> int:
    """Where to bring somebody, once the hold is over that it was told for. A job."""
    return _forget_address(PlaceSought.objects.filter(request__held_until__lte=at))


@node_level(reason="how many places of a house are free, also those of people whose file is hidden")
def free_in(house: Shelter) -> int | None:
    """Free places: not slept in and not held. None where the house does not count places."""
    if house.service.capacity is None:
        return None
    # An erased file has no alias left: nobody can end its stay any more, and it holds no place for ever.
    taken = ShelterStay.objects.filter(shelter=house, ended_on__isnull=True).exclude(case__alias="").count()
    held = PlaceRequest.objects.filter(
        shelter=house, state=PlaceRequest.State.ACCEPTED, held_until__gt=timezone.now()
    ).count()
    return house.service.capacity - taken - held


def _to_answer(actor: Actor, request: PlaceRequest) -> tuple[PlaceRequest, Shelter]:
    require_own(actor, "house_place.answer", request.organisation_id)
    house = Shelter.objects.select_for_update(of=("self",)).select_related("service").get(pk=request.shelter_id)
    row = PlaceRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if row.state != PLACE.start:
        raise AlreadyDone(str(row.pk), _("It is answered already."))
    return row, house


@node_level(reason="whoever asked sees the answer on the case, which the house does not see")
def _tell_the_case(actor: Actor | None, row: PlaceRequest, address: str) -> None:
    sought = PlaceSought.objects.filter(request=row).select_related("case").first()
    if sought is None:
        return
    if actor is not None and address.strip():
        sought.address = vault.seal(
            actor=actor,
            subject_id=sought.case_id,
            compartment=Compartment.LOCATION,
            slot=f"place:{row.pk}",
            content={"words": address.strip()},
            for_keepers=[row.asked_by_id],
        )
        sought.save(update_fields=["address"])
    lines.refresh(sought.case, RECORD)


@node_level(reason="the house takes back where it is, also from the file of another body")
@transaction.atomic
def _forget_address(rows: QuerySet[PlaceSought]) -> int:
    """Key and ciphertext of where the house is; how many there were. Nobody needs it who brings nobody there."""
    items = list(rows.filter(address__isnull=False).values_list("address_id", flat=True))
    PlaceSought.objects.filter(address_id__in=items).update(address=None)
    SealedItem.objects.filter(pk__in=items).delete()
    return len(items)


def _check(case: Case, shelter: Shelter, terms: PlaceTerms) -> None:
    errors: Errors = {}
    check_code(errors, "gender", terms.gender, "gender")
    check_code(errors, "age_band", terms.age_band, "age_band")
    if terms.language:
        check_code(errors, "language", terms.language, "languages")
    if not 0 <= terms.children <= MOST_CHILDREN:
        errors["children"] = _("Enter how many children come along.")
    left = free_in(shelter)
    if not shelter.service.active or (left is not None and left <= 0):
        errors[""] = NOBODY_FREE
    asked = PlaceSought.objects.filter(case=case, request__shelter=shelter)
    open_still = asked.filter(request__state=PlaceRequest.State.ASKED)
    held = asked.filter(request__state=PlaceRequest.State.ACCEPTED, request__held_until__gt=timezone.now())
    if (open_still | held).exists():
        errors[""] = _("This house is asked already.")
    raise_any(errors)


def _moment(clock: str, start: datetime, facts: dict[str, str]) -> datetime:
    end: date | datetime | None = due(clock, jurisdiction=settings.FENER_JURISDICTION, start=start, facts=facts).end
    if not isinstance(end, datetime):
        raise LookupError(clock)
    return end

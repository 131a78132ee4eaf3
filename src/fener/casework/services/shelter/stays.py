"""Stays in a shelter: entered with the ground and the person's own word, longer with a reason, left freely.

Rules SH-02, SH-04, SH-05. No service here takes a sum: nobody who is housed pays for it (AS-06).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models import Case
from fener.casework.models.returns.journey import Journey
from fener.casework.models.shelter.house import Shelter
from fener.casework.models.shelter.place import PlaceRequest
from fener.casework.models.shelter.stay import ShelterStay, StayExtension
from fener.casework.selectors.shelter.reach import own_houses_alone, require_reach, within
from fener.casework.services import lines
from fener.casework.services.children.common import Errors, check_code, check_day, keep, raise_any
from fener.casework.services.endings import refuse_terms
from fener.casework.services.gated import require_open
from fener.casework.services.notes import seal_words
from fener.casework.services.safety.incidents import IncidentTerms, incident_follows
from fener.casework.services.shelter import of_a_child
from fener.casework.services.shelter.places import NOBODY_FREE, free_in, use_hold
from fener.casework.services.shelter.restrictions import end_with_the_stay
from fener.norms.clocks import due
from fener.norms.vocab import vocabulary
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import AlreadyDone, InvalidInput, NotTold

RECORD = "shelter.stays"
# Savings are held until a stay ends, and outcomes are counted from then.
AT_EXIT = ("reintegration.savings", "reintegration.outcomes")
CLOCK = "shelter_stay"
NOT_NOW = _("The person cannot be admitted for that night. Ask the body that keeps the case.")
LIMIT, TAKEN = "time_limit", "taken_from_shelter"
# Which journeys are the record of an end that is one; a removal is none of them.
JOURNEYS = {
    "return": ("assisted_voluntary", "own_journey", "within_country"),
    "third_country": ("resettlement", "own_journey"),
}
NOWHERE = frozenset({"street", "unknown"})  # of exit_to: neither is a plan


@dataclass(frozen=True, kw_only=True)
class AdmissionTerms:
    """``since``: the first night. ``until``: the last night that a decision or the person's own regime names; without
    it the rule of the jurisdiction counts. ``sees_self_so``: whether the person sees themself as the house does.
    """

    ground: str
    reason: str
    since: date
    decided_by: str
    rules_explained: bool = False
    right_to_leave_told: bool = False
    testimony_not_asked: bool = False
    sees_self_so: bool | None = None
    until: date | None = None


def admission_to(case: Case, house: Shelter) -> UUID:
    """What an override of this admission is about: this person and this house, as there is no stay yet."""
    return uuid5(case.pk, f"admission:{house.pk}")


@transaction.atomic
def admit(
    *, actor: Actor, case: Case, shelter: Shelter, terms: AdmissionTerms, hold: PlaceRequest | None = None
) -> ShelterStay:
    """Admit the person to a house of the own body that has a place, or to the place that was held (``hold``).

    Raises Refused, InvalidInput, GateClosed, NotPossibleNow (the held place was used or given back), NotTold.
    """
    access.require_on_case(actor, "shelter_stay.record", case)
    house = Shelter.objects.select_for_update(of=("self",)).select_related("service").get(pk=shelter.pk)
    _check(actor, case, house, terms)
    facts, about = _admission_facts(case, terms), admission_to(case, house)
    kind = f"shelter_kind:{house.kind}"
    require_open("admission", facts, actor=actor, case=case, about=about, day=terms.since, kind=kind)
    of_a_child.require_quarters(case, house, terms.since)
    if hold is not None:
        use_hold(house, hold)
    if (left := free_in(house)) is not None and left <= 0:
        raise InvalidInput({"shelter": NOBODY_FREE})
    _require_nowhere_else(actor, case, terms.since)
    limit = due(CLOCK, jurisdiction=settings.FENER_JURISDICTION, start=terms.since, facts={"until": terms.until})
    said = {name: value for name, value in vars(terms).items() if name != "until"}
    made = ShelterStay.objects.create(
        case=case,
        shelter=house,
        limit_on=limit.end,
        limit_rule=limit.rule if limit.end else "",
        recorded_by_id=access.user_id(actor),
        **said,
    )
    lines.refresh(case, RECORD, *AT_EXIT)
    keep(
        actor, "shelter_stay.record", case, made.pk, "shelter_stay",
        shelter=house.pk, ground=made.ground, since=made.since, limit=made.limit_on,
    )  # fmt: skip
    return made


@transaction.atomic
def extend_stay(*, actor: Actor, stay: ShelterStay, until: date, reason: str) -> StayExtension:
    """Let a stay last longer, with the reason. Raises Refused, InvalidInput, AlreadyDone."""
    current = _open(actor, "shelter_stay.extend", stay)
    before = current.limit_on
    if before is None:
        raise InvalidInput({"until": _("This stay has no limit: there is nothing to extend.")})
    errors: Errors = {}
    check_code(errors, "reason", reason, "stay_reason")
    if until <= before:
        errors["until"] = _("Choose a day after the end that stands now.")
    raise_any(errors)
    made = StayExtension.objects.create(
        case=stay.case,
        stay=current,
        on=timezone.localdate(),
        limit_before=before,
        until=until,
        reason=reason,
        recorded_by_id=access.user_id(actor),
    )
    current.limit_on = until
    current.save(update_fields=["limit_on"])
    lines.refresh(stay.case, RECORD)
    keep(actor, "shelter_stay.extend", stay.case, current.pk, "shelter_stay", before=before, until=until, reason=reason)
    return made


@transaction.atomic
def plan_exit(*, actor: Actor, stay: ShelterStay, to: str, on: date, words: str) -> ShelterStay:
    """What was agreed for after the stay; a later plan takes the place of an earlier one. Raises as extend_stay."""
    current = _open(actor, "shelter_stay.plan", stay)
    errors: Errors = {}
    check_code(errors, "to", to, "exit_to")
    if to in NOWHERE:
        errors["to"] = _("This is no plan. Agree with the person where they will live.")
    check_day(errors, "on", on, not_before=current.since)
    if not words.strip():
        errors["words"] = _("Write where the person will live, on what, and who stays in touch.")
    raise_any(errors)
    current.exit_plan = seal_words(
        actor=actor,
        case=stay.case,
        slot=f"exit_plan:{current.pk}",
        words=words,
        also_for=[actor.keeper_id],
        compartment=Compartment.LOCATION,
    )
    current.exit_to, current.exit_plan_on = to, on
    current.save(update_fields=["exit_plan", "exit_to", "exit_plan_on"])
    lines.refresh(stay.case, RECORD)
    keep(actor, "shelter_stay.plan", stay.case, current.pk, "shelter_stay", to=to, on=on)
    return current


@transaction.atomic
def leave(*, actor: Actor, stay: ShelterStay, reason: str, on: date, taken_by: str = "") -> ShelterStay:
    """The stay ends. From its time limit on only with an exit plan of that day or before; by the person's own decision
    always: their wish, or a journey that is recorded. ``taken_by`` (``incident_author``): which authority took the
    person away; that is an incident.

    Raises Refused, InvalidInput, GateClosed, AlreadyDone (somebody else ended it).
    """
    current = _open(actor, "shelter_stay.end", stay)
    refuse_terms(actor, stay.case, reason)
    errors: Errors = {}
    check_code(errors, "reason", reason, "stay_exit")
    check_day(errors, "on", on, not_before=current.since)
    raise_any(errors)
    _may_end(actor, current, reason, on, taken_by)
    if reason in _exits("incident"):
        terms = IncidentTerms(right=TAKEN, by=taken_by, happened_on=on)
        incident_follows(actor=actor, case=stay.case, terms=terms)
    return end(actor, "shelter_stay.end", current, reason, on)


def end(actor: Actor, act: str, stay: ShelterStay, reason: str, on: date) -> ShelterStay:
    """What every end of a stay does, once it was allowed and checked. Inside its transaction."""
    stay.ended_on, stay.end_reason = on, reason
    stay.save(update_fields=["ended_on", "end_reason"])
    end_with_the_stay(stay, on)
    lines.refresh(stay.case, RECORD, *AT_EXIT)
    keep(actor, act, stay.case, stay.pk, "shelter_stay", reason=reason, on=on)
    return stay


def _exits(*groups: str) -> frozenset[str]:
    return vocabulary("stay_exit").in_group(*groups)


def _may_end(actor: Actor, stay: ShelterStay, reason: str, on: date, taken_by: str) -> None:
    """Whether this end is recorded where it belongs, and from the time limit on with a plan, unless it is the person's
    own decision or what nobody here decides."""
    reached = stay.limit_on is not None and on >= stay.limit_on
    if reason in _exits("needs_plan") and (reached or reason == LIMIT):
        planned = stay.exit_plan_on is not None and stay.exit_plan_on <= on
        facts = {"exit_plan": planned, "own_wish_to_leave": False}
        require_open("shelter_time_limit", facts, actor=actor, case=stay.case)
    errors: Errors = {}
    if reason == LIMIT and not reached:
        errors["reason"] = _("The limit of this stay is not reached on that day.")
    if reason in _exits("journey"):
        went = Journey.objects.filter(case=stay.case, removal=False, kind__in=JOURNEYS[reason])
        if not went.filter(departed_on__gte=stay.since, departed_on__lte=on).exists():
            errors["reason"] = _("No journey of this kind is recorded until that day. Record the departure first.")
    if reason in _exits("incident"):
        check_code(errors, "taken_by", taken_by, "incident_author")
    raise_any(errors)


def _open(actor: Actor, act: str, stay: ShelterStay) -> ShelterStay:
    """The stay as it is now, once it is this act's turn. Raises Refused, AlreadyDone where it has ended."""
    access.require_on_case(actor, act, stay.case)
    current = ShelterStay.objects.select_for_update(of=("self",)).select_related("shelter").get(pk=stay.pk)
    current.case = stay.case
    require_reach(actor, act, current)
    if current.ended_on is not None:
        raise AlreadyDone(str(current.pk), _("This stay has ended already."))
    return current


def _check(actor: Actor, case: Case, house: Shelter, terms: AdmissionTerms) -> None:
    errors: Errors = {}
    if house.organisation_id != actor.keeper_id or not house.service.active:
        errors["shelter"] = _("Choose one of the list.")
    check_code(errors, "ground", terms.ground, "admission_ground")
    check_code(errors, "reason", terms.reason, "stay_reason")
    check_day(errors, "since", terms.since)
    if terms.decided_by not in ShelterStay.Decided.values:
        errors["decided_by"] = _("Choose one of the list.")
    if terms.until is not None and terms.until < terms.since:
        errors["until"] = _("This day lies before the beginning.")
    before = ShelterStay.objects.filter(within(actor, "shelter_stay.record", case), case=case)
    if before.filter(ended_on__isnull=True).exists():
        errors[""] = _("The person is recorded as staying in a shelter. Record first how that stay ended.")
    elif before.filter(ended_on__gt=terms.since).exists():
        errors["since"] = _("On that day the person was in another stay, which has ended since.")
    raise_any(errors)


def _require_nowhere_else(actor: Actor, case: Case, since: date) -> None:
    """To a body that the case was lent to it is not told that the person stays, or stayed, with somebody else. So it is
    asked last, when nothing else stands in the way: who asks day by day would admit the person, or is kept as refused.
    """
    if not own_houses_alone(actor, "shelter_stay.record", case):
        return
    overlaps = Q(ended_on__isnull=True) | Q(ended_on__gt=since)
    elsewhere = ShelterStay.objects.filter(overlaps, case=case).exclude(shelter__organisation_id=actor.keeper_id)
    if elsewhere.exists():
        raise NotTold({"": NOT_NOW}, act="shelter_stay.record")


def _admission_facts(case: Case, terms: AdmissionTerms) -> dict[str, bool | None]:
    child, decided = case.treated_as_child, terms.decided_by
    by_guardian = child and decided == ShelterStay.Decided.GUARDIAN
    return {
        "ground_recorded": True,  # checked against the list before
        "rules_explained": terms.rules_explained,
        "person_agreed": not child and decided == ShelterStay.Decided.PERSON,
        "guardian_agreed": by_guardian and of_a_child.has_guardian(case, terms.since),
        "child_heard": child and of_a_child.is_heard(case, terms.since),
        "right_to_leave_told": terms.right_to_leave_told,
        "testimony_not_asked": terms.testimony_not_asked,
    }

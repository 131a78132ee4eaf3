"""Departures: by the person's decision, or by an authority against it, which is never recorded as anything else.

What an authority did although a gate was closed is recorded as it happened, with who decided, on what basis and which
conditions were missing (rules RT-01, RT-05, CH-08). The same help follows on arrival.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.domain.returns.journey_states import (
    ARRIVE,
    BEFORE,
    CARRY_OUT,
    CLOSE,
    CONFIRM,
    DEPART,
    HAPPEN,
    LEAVE,
    LOSE,
    REMOVAL,
    STOP,
    TRANSIT,
)  # fmt: skip
from fener.casework.models import Case
from fener.casework.models.returns.journey import REMOVALS, VOLUNTARY, Journey
from fener.casework.services.compartments import open_compartment
from fener.casework.services.gated import require_open
from fener.casework.services.returns import second_entry, violations
from fener.casework.services.returns.common import begin, finish, keep, known, past, seal
from fener.casework.services.returns.departing import facts_for, missing, require_departure
from fener.network.models import Agreement
from fener.norms.path.justice import hand_over_flag
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import DomainError, InvalidInput
from fener.trust.purposes import Purpose

_ON_THE_WAY = (TRANSIT, ARRIVE, LOSE)


@transaction.atomic
def announce_removal(
    *,
    actor: Actor,
    case: Case,
    kind: str,
    country: str,
    office: str,
    basis: str,
    on: date,
    departs_on: date | None = None,
    agreement: Agreement | None = None,
    words: str = "",
) -> Journey:
    """An authority means to remove the person. Recording it lets nothing happen. Raises Refused, InvalidInput."""
    access.require_on_case(actor, "removal.record", case)
    if kind not in REMOVALS:
        raise InvalidInput({"kind": _("Choose one of the list.")})
    if office not in Journey.Office.values:
        raise InvalidInput({"office": _("Choose who decided it.")})
    journey = Journey(
        case=case,
        kind=kind,
        removal=True,
        state=REMOVAL.start,
        country=known("countries", country, field="country"),
        since=past(on),
        office=office,
        basis=known("removal_basis", basis, field="basis"),
        departs_on=departs_on,
        agreement=agreement,
        as_child=case.treated_as_child,
        recorded_by_id=access.user_id(actor),
    )
    journey.words = seal(actor, journey, "words", words)
    journey.save(force_insert=True)
    keep(actor, journey, "removal.record", {"office": office})
    return journey


@transaction.atomic
def carry_out_removal(*, actor: Actor, journey: Journey, on: date, happened: bool = False) -> Journey:
    """The removal. Refused while a gate is closed; ``happened``: it was done all the same, and is recorded so.

    Raises Refused, GateClosed, InvalidInput, NotPossibleNow.
    """
    step = HAPPEN if happened else CARRY_OUT
    current, to = begin(actor, journey, "removal.record", step)
    day = past(on, since=current.since)
    if not happened:
        require_departure(actor=actor, case=current.case, journey=current, day=day)
    _overtake(actor, current, day)
    gone = _gone(actor, current, "removal.record", step, to, day)
    violations.of_removal(actor, gone, day)
    with (
        suppress(DomainError),
        transaction.atomic(),
    ):  # somebody who may not read who it is records the removal all the same
        identity = open_compartment(actor=actor, case=gone.case, compartment=Compartment.IDENTITY, purpose=Purpose.KEEP)
        second_entry.removal_took_place(case=gone.case, removal=gone, identity=identity)
    return gone


@transaction.atomic
def depart(*, actor: Actor, journey: Journey, on: date) -> Journey:
    """The person departed, with everything in place. Raises Refused, GateClosed, InvalidInput, NotPossibleNow."""
    current, to = begin(actor, journey, "journey.depart", DEPART)
    day = past(on, since=current.decided_on)
    require_departure(actor=actor, case=current.case, journey=current, day=day)
    return _gone(actor, current, "journey.depart", DEPART, to, day)


@transaction.atomic
def leave(*, actor: Actor, journey: Journey, on: date) -> Journey:
    """The person left on their own before all was in place: nobody is held back, and it is recorded as an exception.

    It is from then on a journey on one's own, never a voluntary return. Raises Refused, InvalidInput, NotPossibleNow.
    """
    current, to = begin(actor, journey, "journey.arrive", LEAVE)
    current.kind = "own_journey"
    return _gone(actor, current, "journey.arrive", LEAVE, to, past(on, since=current.since))


@transaction.atomic
def note(*, actor: Actor, journey: Journey, step: str, on: date) -> Journey:
    """In transit, said to have arrived, or not arrived. Raises Refused, InvalidInput, NotPossibleNow."""
    if step not in _ON_THE_WAY:
        raise InvalidInput({"step": _("Choose one of the list.")})
    current, to = begin(actor, journey, "journey.arrive", step)
    past(on, since=current.departed_on)
    current.state = to
    return finish(actor, current, "journey.arrive", step, {"on": on})


@transaction.atomic
def confirm(*, actor: Actor, journey: Journey, by: str, on: date, hand_over: str = "") -> Journey:
    """The arrival is confirmed. For a child: who handed it over; police alone ring (CH-09).

    Raises Refused, InvalidInput, NotPossibleNow.
    """
    current, to = begin(actor, journey, "journey.arrive", CONFIRM)
    if by not in Journey.Confirmed.values:
        raise InvalidInput({"by": _("Choose who confirmed it.")})
    if current.as_child or hand_over:
        current.hand_over = known("hand_over", hand_over, field="hand_over")
    current.confirmed_by, current.confirmed_on = by, past(on, since=current.departed_on)
    current.state = to
    if rings(current):
        violations.of_hand_over(actor, current, on)
    return finish(actor, current, "journey.arrive", CONFIRM, {"by": by, "hand_over": hand_over})


@transaction.atomic
def answer_alarm(*, actor: Actor, journey: Journey, on: date, words: str) -> Journey:
    """What the child-protection body did about a hand-over by police alone. Raises Refused, InvalidInput."""
    access.require_on_case(actor, "journey.arrive", journey.case)
    current = Journey.objects.get(pk=journey.pk)
    current.case = journey.case
    if not rings(current):
        raise InvalidInput({"": _("No alarm is open.")})
    current.alarm_words = seal(actor, current, "alarm", words)
    if current.alarm_words is None:
        raise InvalidInput({"words": _("Write down what was done.")})
    current.alarm_answered_on = past(on, since=current.confirmed_on)
    return finish(actor, current, "journey.arrive", "answer_alarm")


@transaction.atomic
def close(*, actor: Actor, journey: Journey, reception: str, on: date) -> Journey:
    """Somebody received the person: the journey ends (gate close_journey). Raises Refused, GateClosed, InvalidInput.

    One that is called voluntary is closed only as such: the gate voluntary_return is asked again (RT-02).
    """
    current, to = begin(actor, journey, "journey.arrive", CLOSE)
    facts = {
        "arrival_confirmed": current.confirmed_on is not None,
        "received_by_support_service": reception == Journey.Reception.SERVICE,
        "person_declined_reception": reception == Journey.Reception.DECLINED,
    }
    require_open("close_journey", facts, actor=actor, case=current.case)
    if current.kind in VOLUNTARY:
        known_facts = facts_for(current, current.case, current.departed_on or on)["voluntary_return"]
        kind = f"return_type:{current.kind}"
        require_open(
            "voluntary_return", known_facts, actor=actor, case=current.case, about=current.pk, day=on, kind=kind
        )
    current.reception, current.ended_on, current.state = reception, past(on, since=current.confirmed_on), to
    return finish(actor, current, "journey.arrive", CLOSE, {"reception": reception})


def rings(journey: Journey) -> bool:
    """Whether a child was handed over by police or border guard alone, and nobody answered it yet (CH-09)."""
    by, answered = journey.hand_over, journey.alarm_answered_on
    return bool(by) and answered is None and hand_over_flag(by=by) is not None


def _gone(actor: Actor, current: Journey, act: str, step: str, to: str, day: date) -> Journey:
    current.despite = missing(current.case, current, day)
    current.departed_on, current.state = day, to
    return finish(actor, current, act, step, {"on": day, "despite": current.despite})


def _overtake(actor: Actor, removal: Journey, day: date) -> None:
    """What the person had asked for is stopped, and stays what it was: the removal is a record of its own (RT-05)."""
    for asked in Journey.objects.filter(case=removal.case, removal=False, state__in=BEFORE):
        asked.case, asked.state, asked.ended_on = removal.case, "stopped", day
        finish(actor, asked, "removal.record", STOP)

"""Getting in touch after the journey, only as the person agreed and while the agreement lives (rules RI-06, RT-08)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models import Case
from fener.casework.models.returns.journey import Journey
from fener.casework.models.returns.recontact import FollowUp, Recontact
from fener.casework.services import lines
from fener.casework.services.gated import require_open
from fener.casework.services.notes import seal_words
from fener.casework.services.returns.common import OUTCOMES, RECONTACT, known, past
from fener.norms import clocks
from fener.trust import audit
from fener.trust.actor import SYSTEM, Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import InvalidInput
from fener.trust.models import SealedItem
from fener.trust.standing import node_level

# A contact that was tried and failed is tried again; every other result ends the step.
SOON = timedelta(days=14)
ENDS = (FollowUp.Result.WELL, FollowUp.Result.NEEDS, FollowUp.Result.NO_MORE)


@dataclass(frozen=True)
class Due:
    """One contact that is due: months after the arrival (0: the first), and the last moment."""

    step: int
    moment: datetime


@transaction.atomic
def agree(
    *, actor: Actor, case: Case, channel: str, how: str, on: date, until: date, by_guardian: bool = False
) -> Recontact:
    """The person (for a child the guardian) agreed to be contacted. It takes the place of an earlier agreement.

    Raises Refused, InvalidInput.
    """
    access.require_on_case(actor, "recontact.agree", case)
    if not how.strip():
        raise InvalidInput({"how": _("Write down who gets in touch, and which times are safe.")})
    if until < timezone.localdate() or until < on:
        raise InvalidInput({"until": _("Choose a day to come.")})
    if by_guardian != case.treated_as_child:
        raise InvalidInput({"by_guardian": _("A grown person decides alone; for a child the guardian decides.")})
    for earlier in Recontact.objects.filter(case=case, ended_on__isnull=True):
        earlier.ended_on = past(on)
        earlier.save(update_fields=["ended_on"])
    made = Recontact(
        case=case,
        channel=known("safe_channel", channel, field="channel"),
        by_guardian=by_guardian,
        given_on=past(on),
        until=until,
        recorded_by_id=access.user_id(actor),
    )
    made.how = _seal(actor, case, f"recontact:{made.pk}", how)
    made.save(force_insert=True)
    _keep(actor, case, "recontact.agree", made.pk, {"channel": channel, "until": until})
    return made


@transaction.atomic
def withdraw(*, actor: Actor, recontact: Recontact, on: date | None = None) -> Recontact:
    """The person no longer wants it: from that moment nothing is due and nobody may get in touch. Raises Refused."""
    access.require_on_case(actor, "recontact.withdraw", recontact.case)
    current = Recontact.objects.get(pk=recontact.pk)
    if current.ended_on is None:
        current.ended_on = past(on or timezone.localdate(), since=current.given_on)
        current.save(update_fields=["ended_on"])
    _keep(actor, recontact.case, "recontact.withdraw", current.pk, {})
    return current


@transaction.atomic
def record_contact(
    *, actor: Actor, journey: Journey, on: date, channel: str, safe_time: bool, result: str, words: str = ""
) -> FollowUp:
    """A contact that was made or tried (gate recontact). Raises Refused, GateClosed, InvalidInput."""
    case = journey.case
    access.require_on_case(actor, "recontact.contact", case)
    alive = require_agreed(actor, case, on=on, channel=channel, safe_time=safe_time)
    if result not in FollowUp.Result.values:
        raise InvalidInput({"result": _("Choose what came of it.")})
    step = _step_of(journey, on)
    if step is None:
        raise InvalidInput({"": _("No contact is due after this journey.")})
    made = FollowUp(
        journey=journey,
        recontact=alive,
        step=step,
        on=past(on, since=journey.confirmed_on),
        result=result,
        recorded_by_id=access.user_id(actor),
    )
    made.words = _seal(actor, case, f"follow_up:{made.pk}", words)
    made.save(force_insert=True)
    if result == FollowUp.Result.NO_MORE:
        alive.ended_on = on
        alive.save(update_fields=["ended_on"])
    _keep(actor, case, "recontact.contact", made.pk, {"step": step, "result": result})
    return made


def require_agreed(actor: Actor, case: Case, *, on: date, channel: str, safe_time: bool) -> Recontact:
    """The agreement by which somebody gets in touch on that day (gate recontact). Raises GateClosed."""
    alive = living(case, on)
    facts = {
        "consent_alive": alive is not None,
        "names_who": alive is not None and actor.keeper_id == case.organisation_id,
        "names_channel": alive is not None and alive.channel == channel,
        "safe_time": safe_time,
    }
    require_open("recontact", facts, actor=actor, case=case)
    if alive is None:  # the gate refused that before
        raise LookupError("no agreement")
    return alive


def end_by_death(*, actor: Actor, case: Case, on: date) -> None:
    """The person died: nobody gets in touch any more. Inside the transaction that closes the case."""
    for one in Recontact.objects.filter(case=case, ended_on__isnull=True):
        one.ended_on = max(on, one.given_on)
        one.save(update_fields=["ended_on"])
        _keep(actor, case, "recontact.withdraw", one.pk, {"reason": "died"})


@node_level(reason="agreements whose last day has passed, whoever keeps the case")
def end_run_out(at: datetime) -> int:
    """End the agreements whose last day has passed, so that nothing is due any more; how many. A job."""
    late = Recontact.objects.filter(ended_on__isnull=True, until__lt=timezone.localdate(at)).select_related("case")
    for one in late:
        with transaction.atomic():
            one.ended_on = one.until
            one.save(update_fields=["ended_on"])
            _keep(SYSTEM, one.case, "recontact.withdraw", one.pk, {"reason": "ran_out"})
    return len(late)


def living(case: Case, on: date) -> Recontact | None:
    """The agreement that lives on that day, if one does."""
    return Recontact.objects.filter(case=case, ended_on__isnull=True, given_on__lte=on, until__gte=on).first()


def open_steps(journey: Journey) -> list[Due]:
    """The contacts after an arrival that were not made yet, in their order."""
    if journey.confirmed_on is None:
        return []
    done = journey.follow_ups.filter(result__in=ENDS).aggregate(last=Max("step"))["last"]
    return [one for one in schedule(journey.confirmed_on) if done is None or one.step > done]


def _step_of(journey: Journey, on: date) -> int | None:
    """Which contact one on that day is: the last one that was due by then, or soon after.

    One more in between belongs to the last that was made, and takes nothing away from the next.
    """
    waiting = open_steps(journey)
    reached = [one for one in waiting if timezone.localdate(one.moment) <= on + SOON]
    if reached or not waiting:
        return reached[-1].step if reached else None
    earlier = [one.step for one in schedule(journey.confirmed_on or on) if one.step < waiting[0].step]
    return earlier[-1] if earlier else waiting[0].step


def schedule(arrived_on: date) -> list[Due]:
    """The first contact within hours, then after 1, 3, 6, 12 and 24 months (clocks of the pack)."""
    where = settings.FENER_JURISDICTION
    start = timezone.make_aware(datetime.combine(arrived_on, time.min))
    first = clocks.due("first_contact_after_return", jurisdiction=where, start=start)
    found = [Due(0, _moment(first.end))]
    months = (1, 3, 6, 12, 24)
    series = clocks.series("follow_up_after_return", jurisdiction=where, start=arrived_on)
    return [*found, *(Due(step, _moment(one.end)) for step, one in zip(months, series, strict=True))]


def _moment(end: date | datetime | None) -> datetime:
    if end is None:
        raise LookupError("a clock of the pack that has no end")
    return end if isinstance(end, datetime) else timezone.make_aware(datetime.combine(end, time(23, 59, 59)))


def _seal(actor: Actor, case: Case, slot: str, words: str) -> SealedItem | None:
    return seal_words(
        actor=actor, case=case, slot=slot, words=words, also_for=[actor.keeper_id], compartment=Compartment.CONTACT
    )


def _keep(actor: Actor, case: Case, act: str, pk: UUID, detail: dict[str, Any]) -> None:
    lines.refresh(case, RECONTACT, OUTCOMES)
    audit.record(actor=actor, act=act, chain=("case", case.pk), subject_type="recontact", subject_id=pk, detail=detail)

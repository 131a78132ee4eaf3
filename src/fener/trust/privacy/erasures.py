"""The way to an erasure: proposed, looked at by another person, carried out after days of grace (rule DA-09).

The clock proposes; nothing is erased without somebody who looked. While a hold stands (proceedings run), the answer is
"not now" with a reason and a day on which to look again. Until its day it can be stopped, by the person or a reviewer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.norms import retention
from fener.trust import audit, policy
from fener.trust.actor import SYSTEM, Actor
from fener.trust.errors import AlreadyDone, InvalidInput, Refused
from fener.trust.models import Erasure
from fener.trust.policy import Relationship
from fener.trust.privacy import erasing, ledger
from fener.trust.privacy.kinds import kind as kind_of
from fener.trust.privacy.kinds import kinds

if TYPE_CHECKING:
    from fener.trust.errors import Text

# Why not now. Each is a reason for the person, not for the house.
HOLDS: dict[str, Text] = {
    "proceedings": _("proceedings run in which the person may need it"),
    "review": _("a review or an appeal is not decided"),
    "claim": _("a claim for wages or compensation is not settled"),
    "law": _("the law obliges to keep it for now"),
    "unclear": _("it is not certain that the person wishes it"),
}
STOPPED_FOR: dict[str, Text] = {
    "person": _("the person wishes to keep it"),
    "review": _("somebody who looked again found a reason"),
}
Step = tuple[str, dict[str, object]]
# A file is looked at by those who work on files; what never became one, by whoever looks after the organisation too.
_REVIEWS, _STOPS = {"case": "erasure.review"}, {"case": "erasure.stop"}


def propose(
    *,
    actor: Actor,
    kind: str,
    subject_id: UUID,
    holder_id: UUID,
    ground: str,
    relationship: Relationship,
    why: Sequence[Step] = (),
    at: datetime,
) -> Erasure:
    """Propose that a file is erased. It stays as it is until another person has looked and the days have passed.

    Raises AlreadyDone where a proposal is open already, Refused.
    """
    policy.require(actor, "erasure.propose", relationship)
    try:
        with transaction.atomic():
            erasure = Erasure.objects.create(
                kind=kind,
                subject_id=subject_id,
                holder_id=holder_id,
                ground=ground,
                why=[[text, dict(params)] for text, params in why],
                proposed_at=at,
                proposed_by_id=actor.user_id,
            )
            _keep(actor, "erasure.propose", erasure, {"ground": ground})
    except IntegrityError as error:
        raise AlreadyDone from error
    return erasure


@transaction.atomic
def approve(*, actor: Actor, erasure: Erasure, relationship: Relationship, at: datetime) -> Erasure:
    """Agree, as another person than the one who proposed. Carried out after ``FENER_ERASURE_GRACE_DAYS``.

    Raises InvalidInput while something holds it, Refused, AlreadyDone.
    """
    policy.require(actor, _REVIEWS.get(erasure.kind, "first_contact.review_erasure"), relationship)
    current = _open(erasure, Erasure.State.PROPOSED)
    _another_person(actor, current)
    holds = kind_of(current.kind).holds(current.subject_id)
    if holds:
        raise InvalidInput({"": holds[0].text})
    current.state, current.reviewed_at, current.reviewed_by_id = Erasure.State.APPROVED, at, actor.user_id
    current.carry_out_on = retention.execution_day(timezone.localdate(at), settings.FENER_ERASURE_GRACE_DAYS)
    current.save()
    _keep(actor, "erasure.approve", current, {"carry_out_on": current.carry_out_on})
    return current


@transaction.atomic
def refuse(
    *, actor: Actor, erasure: Erasure, relationship: Relationship, hold: str, look_again_on: date, at: datetime
) -> Erasure:
    """Not now: with a reason, and a day on which it is proposed again by itself. Raises InvalidInput, Refused."""
    policy.require(actor, _REVIEWS.get(erasure.kind, "first_contact.review_erasure"), relationship)
    current = _open(erasure, Erasure.State.PROPOSED)
    _another_person(actor, current)
    errors: dict[str, Text] = {}
    if hold not in HOLDS:
        errors["hold"] = _("Choose a reason from the list.")
    if look_again_on <= timezone.localdate(at):
        errors["look_again_on"] = _("Name a later day on which to look again.")
    if errors:
        raise InvalidInput(errors)
    current.state, current.reviewed_at, current.reviewed_by_id = Erasure.State.REFUSED, at, actor.user_id
    current.hold, current.look_again_on = hold, look_again_on
    current.save()
    _keep(actor, "erasure.refuse", current, {"hold": hold, "look_again_on": look_again_on})
    return current


@transaction.atomic
def stop(*, actor: Actor, erasure: Erasure, relationship: Relationship, because: str, at: datetime) -> Erasure:
    """Stop it before its day: the person changed their mind, or a reviewer found a reason. Needs no second person."""
    policy.require(actor, _STOPS.get(erasure.kind, "first_contact.review_erasure"), relationship)
    if because not in STOPPED_FOR:
        raise InvalidInput({"because": _("Say who wishes it.")})
    current = _open(erasure, Erasure.State.PROPOSED, Erasure.State.APPROVED)
    current.state, current.stopped_at, current.stopped_for = Erasure.State.STOPPED, at, because
    current.stopped_by_id = actor.user_id
    current.save()
    _keep(actor, "erasure.stop", current, {"because": because})
    return current


def propose_due(at: datetime, *, actor: Actor = SYSTEM) -> int:
    """Propose everything whose time has run out, and what was to be looked at again today; how many. A job."""
    today = timezone.localdate(at)
    count = 0
    for code, kind in kinds().items():
        for due in kind.due(at):
            if _rests(due.subject_id, today):
                continue
            count += _try_propose(actor, code, due.subject_id, due.holder_id, due.ground, due.why, at)
    for old in Erasure.objects.filter(state=Erasure.State.REFUSED, look_again_on__lte=today).order_by("proposed_at"):
        if not _rests(old.subject_id, today) and kind_of(old.kind).alive(old.subject_id):
            why: list[Step] = [(text, params) for text, params in old.why]
            count += _try_propose(actor, old.kind, old.subject_id, old.holder_id, old.ground, why, at)
    return count


def _rests(subject_id: UUID, today: date) -> bool:
    """Whether it is being decided, was put off to a later day, was stopped in the last year, or is done."""
    last = Erasure.objects.filter(subject_id=subject_id).order_by("-proposed_at", "-pk").first()
    if last is None:
        return False
    if last.state == Erasure.State.REFUSED:
        return last.look_again_on is None or last.look_again_on > today
    if last.state == Erasure.State.STOPPED and last.stopped_at is not None:
        return (today - timezone.localdate(last.stopped_at)).days < 365
    return True


def _try_propose(
    actor: Actor, kind: str, subject: UUID, holder: UUID, ground: str, why: Sequence[Step], at: datetime
) -> int:
    try:
        propose(
            actor=actor, kind=kind, subject_id=subject, holder_id=holder, ground=ground,
            relationship=Relationship.NONE, why=why, at=at,
        )  # fmt: skip
    except AlreadyDone:
        return 0
    return 1


def carry_out_due(at: datetime, *, actor: Actor = SYSTEM) -> int:
    """Carry out what was agreed and whose day has come; how many. Each in a transaction of its own; a job."""
    ready = Erasure.objects.filter(state=Erasure.State.APPROVED, carry_out_on__lte=timezone.localdate(at))
    count = sum(_carry_out(actor, pk, at) for pk in list(ready.order_by("carry_out_on").values_list("pk", flat=True)))
    count += ledger.repeat(actor=actor, at=at)
    if count:
        erasing.flush_log()
    return count


def _carry_out(actor: Actor, pk: UUID, at: datetime) -> int:
    with transaction.atomic():
        erasure = Erasure.objects.select_for_update().filter(pk=pk, state=Erasure.State.APPROVED).first()
        if erasure is None:
            return 0
        kind = kind_of(erasure.kind)
        if kind.holds(erasure.subject_id):
            return 0  # something began in the days of grace: it waits, and the page says why
        erasing.erase(actor=actor, kind=kind, subject_id=erasure.subject_id, at=at)
        erasure.state, erasure.done_at = Erasure.State.DONE, at
        erasure.save(update_fields=["state", "done_at"])
        ledger.note_after_commit(erasure.kind, erasure.subject_id, timezone.localdate(at))
    return 1


def _open(erasure: Erasure, *states: str) -> Erasure:
    current = Erasure.objects.select_for_update().get(pk=erasure.pk)
    if current.state not in states:
        raise AlreadyDone
    return current


def _another_person(actor: Actor, erasure: Erasure) -> None:
    if actor.user_id is None or actor.user_id == erasure.proposed_by_id:
        raise Refused(
            _("You proposed this yourself. Another person has to look at it."), act="erasure.review", hidden=False
        )


def _keep(actor: Actor, act: str, erasure: Erasure, detail: Mapping[str, Any]) -> None:
    audit.record(
        actor=actor,
        act=act,
        chain=kind_of(erasure.kind).chain(erasure.subject_id),
        subject_type="erasure",
        subject_id=erasure.pk,
        detail=detail,
    )

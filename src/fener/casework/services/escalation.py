"""A referral that nobody answers goes on: to the next desk, and to the co-ordinator's eyes (rule AS-09)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from fener.casework.domain import referral_states as act
from fener.casework.models import Referral
from fener.casework.services import clocks
from fener.casework.services.referrals import answer_due, keep, moment, move, why
from fener.network.models import Desk
from fener.trust import policy
from fener.trust.actor import SYSTEM, Actor
from fener.trust.policy import Relationship
from fener.trust.standing import node_level

AT_ONCE = 500  # referrals in one run; the next run takes the rest


@node_level(reason="a job: times and desks of the whole node")
def escalate_overdue(at: datetime | None = None, *, actor: Actor = SYSTEM) -> int:
    """Escalate every offered referral whose answer is overdue at ``at``; how many. A job: it holds no keys.

    Each in a transaction of its own. Running it twice changes nothing: an escalated referral has a new time to answer.
    """
    at = at or timezone.now()
    policy.require(actor, "escalation.run", Relationship.NONE)
    rows = Referral.objects.unscoped(reason="a job looks for overdue answers, on times alone")
    overdue = rows.filter(state=Referral.State.OFFERED, answer_due__lt=at).order_by("answer_due")
    return sum(_escalate(actor, pk, at) for pk in list(overdue.values_list("pk", flat=True)[:AT_ONCE]))


@transaction.atomic
def _escalate(actor: Actor, pk: Any, at: datetime) -> bool:
    rows = Referral.objects.unscoped(reason="one overdue referral").select_for_update()
    referral = rows.filter(pk=pk, state=Referral.State.OFFERED, answer_due__lt=at).first()
    if referral is None:
        return False
    from_desk, missed = referral.desk_id, referral.answer_due
    desk = next_desk(referral)
    due = answer_due(referral.case, referral.kind, referral.service, referral.urgency, at)
    done = move(
        referral,
        act.ESCALATE,
        desk_id=desk.pk,
        answer_due=moment(due),
        answer_why=why(due),
        escalated_at=at,
        escalation_level=referral.escalation_level + 1,
    )
    if done:
        clocks.refresh_next_due(referral.case)
        keep(
            actor,
            "referral.escalate",
            referral,
            {
                "from_desk": from_desk,
                "desk": desk.pk,
                "missed": missed,
                "due": due.end,
                "level": referral.escalation_level,
            },
        )
    return done


def next_desk(referral: Referral) -> Desk:
    """The desk to which it goes on, or the same where there is none.

    A desk of another body is no next desk: the person named the body that may know. The sender, who sees that nobody
    answers, asks the person about another one.
    """
    following = referral.desk.escalates_to
    fits = (
        following is not None
        and following.open
        and following.organisation_id == referral.to_organisation_id
        and referral.kind in following.receives
    )
    return following if following is not None and fits else referral.desk

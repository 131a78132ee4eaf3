"""Asking to see what a code stands for, without being told whether it stands for anything (WP-10).

A request is written in the same way and takes the same time for a protected case, an open one, one of another node and
none at all. That it was not granted is told at one moment, two days after it was asked, whoever decided what in
between. Two of the case's keepers grant it, for the requester alone and for a time.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.domain import codes, opening_answers
from fener.casework.models import Case, CaseAccess, OpeningRequest, OpeningVote, ProtectedAccess
from fener.casework.services.protection import witness
from fener.casework.services.protection.common import MAX_LINE, keep
from fener.network.models import Membership
from fener.trust import audit, policy
from fener.trust.actor import SYSTEM, Actor
from fener.trust.errors import AlreadyDone, InvalidInput, Refused
from fener.trust.policy import Relationship
from fener.trust.standing import node_level

if TYPE_CHECKING:
    from fener.trust.errors import Text

ANSWERED_AFTER = timedelta(days=2)
LONGEST_DAYS = 90
KEPT = timedelta(days=2 * LONGEST_DAYS)  # longer than any way in that a request opened for a time
PER_DAY = 5  # requests of one person; more looks like trying codes
NEEDED = 2


@transaction.atomic
def request_opening(*, actor: Actor, code: str, why: str, words: str, at: datetime | None = None) -> OpeningRequest:
    """Ask. Accepted whatever the code stands for. ``words`` name nobody: they are not sealed.

    Raises InvalidInput by field (also after ``PER_DAY`` requests), Refused.
    """
    at = at or timezone.now()
    policy.require(actor, "opening.request", Relationship.OWN)
    user_id = access.user_id(actor)
    if actor.keeper_id is None:
        raise Refused(act="opening.request")
    typed = codes.typed_code(code)
    errors: dict[str, Text] = {}
    if not codes.FORM.fullmatch(typed):
        errors["code"] = _("A code has eight signs, like 7F3K-9Q2M.")
    if why not in OpeningRequest.Why.values:
        errors["why"] = _("Choose a reason.")
    if not words.strip():
        errors["words"] = _("Say why you have to know. Name nobody.")
    if not errors and _asked_today(user_id, at) >= PER_DAY:
        errors[""] = _("You have asked %(count)s times in a day. Ask again tomorrow.") % {"count": PER_DAY}
    if errors:
        raise InvalidInput(errors)
    asked: OpeningRequest = OpeningRequest.objects.create(
        case_id=_protected_case(typed),
        code=typed,
        requested_by_id=user_id,
        organisation_id=actor.keeper_id,
        why=why,
        words=words.strip()[:MAX_LINE],
        requested_at=at,
        answer_at=at + ANSWERED_AFTER,
        told_reason=opening_answers.drawn(),
    )
    # On the chain of the requester's body, with nothing of the code. The case's own chain gets it with the decision.
    audit.record(
        actor=actor, act="opening.request", chain=("keeper", actor.keeper_id), subject_type="opening_request",
        subject_id=asked.pk, detail={"why": why},
    )  # fmt: skip
    return asked


def _asked_today(user_id: UUID, at: datetime) -> int:
    return OpeningRequest.objects.filter(requested_by_id=user_id, requested_at__gt=at - timedelta(days=1)).count()


def _protected_case(code: str) -> UUID | None:
    with node_level(reason="whether there is something to ask for; the requester must not be able to see it"):
        return _asked_for(code)


def _asked_for(code: str) -> UUID | None:
    found: UUID | None = (
        Case.objects.unscoped(reason="whom to ask; the requester is told nothing of it")
        .filter(code=code, protected=True)
        .values_list("pk", flat=True)
        .first()
    )
    return found


def is_open(request: OpeningRequest, at: datetime) -> bool:
    """Whether keepers can still answer it."""
    return request.decided_at is None and request.answer_at > at


@transaction.atomic
def decide(
    *,
    actor: Actor,
    request: OpeningRequest,
    yes: bool,
    days: int = 0,
    reason: str = "",
    words: str = "",
    at: datetime | None = None,
) -> OpeningRequest:
    """One keeper's answer. The second yes grants, for the shorter of the two times; one no refuses.

    ``days``: how long, with a yes; 0: for good, as a keeper, which only a colleague becomes and only if both say so.
    ``reason``: one of ``opening_answers``, or own words (which tell the requester that
    somebody read the request). Raises InvalidInput by field, Refused (looks absent), AlreadyDone.
    """
    at = at or timezone.now()
    found = OpeningRequest.objects.select_for_update().filter(pk=request.pk, case__isnull=False).first()
    case = None if found is None else Case.objects.unscoped(reason="asked next").filter(pk=found.case_id).first()
    if found is None or case is None or not case.protected:
        raise Refused(act="opening.decide")
    access.require_on_case(actor, "opening.decide", case, at=at)
    if not witness.keepers_of(case, at).filter(user_id=actor.user_id).exists():
        raise Refused(act="opening.decide")
    if found.requested_by_id == actor.user_id:
        raise InvalidInput({"": _("You asked for it yourself: two others decide.")})
    if not is_open(found, at) or found.votes.filter(user_id=access.user_id(actor)).exists():
        raise AlreadyDone(str(found.pk), _("This was already answered."))
    _check(found, case, yes=yes, days=days, reason=reason, words=words, at=at)
    OpeningVote.objects.create(
        request=found, user_id=access.user_id(actor), approves=yes, days=days if yes else 0, at=at
    )
    about, told = ("opening_request", found.pk), {"by": found.requested_by_id, "why": found.why}
    keep(actor, "opening.approve" if yes else "opening.refuse", case.pk, {**told, "days": days}, about=about)
    if not yes:
        found.decided_at, found.told_reason, found.told_words = at, reason, words.strip()[:MAX_LINE]
        found.save(update_fields=["decided_at", "told_reason", "told_words"])
    elif found.votes.filter(approves=True).count() >= NEEDED:
        _grant(actor, case, found, at)
    return found


def _check(request: OpeningRequest, case: Case, *, yes: bool, days: int, reason: str, words: str, at: datetime) -> None:
    errors: dict[str, Text] = {}
    if yes and not 0 <= days <= LONGEST_DAYS:
        errors["days"] = _("Choose 1 to %(days)s days.") % {"days": LONGEST_DAYS}
    if yes and days == 0 and request.organisation_id != case.organisation_id:
        errors["days"] = _("Only a colleague can become a keeper. Choose a number of days.")
    if yes and not _has_a_way(request, case, at):
        errors[""] = _("This person's body has nothing to do with the case: no right would let them see it. Say no.")
    if not yes and reason not in {*opening_answers.REASONS, opening_answers.OWN_WORDS}:
        errors["reason"] = _("Choose what they are told.")
    if not yes and reason == opening_answers.OWN_WORDS and not words.strip():
        errors["words"] = _("Write what they are told.")
    if errors:
        raise InvalidInput(errors)


def _has_a_way(request: OpeningRequest, case: Case, at: datetime) -> bool:
    """Being named narrows and never widens: only somebody whose body stands to the case can be let see it."""
    rows = CaseAccess.objects.filter(access.live_access(at), case=case, organisation_id=request.organisation_id)
    member = Membership.objects.filter(
        user_id=request.requested_by_id, organisation_id=request.organisation_id, until__isnull=True
    )
    allowed = access.may_be_chosen(case, user_id=request.requested_by_id) and access.may_be_chosen(
        case, organisation_id=request.organisation_id
    )
    return allowed and rows.exists() and member.exists()


def _grant(actor: Actor, case: Case, request: OpeningRequest, at: datetime) -> None:
    limits = [days for days in request.votes.filter(approves=True).values_list("days", flat=True) if days]
    request.decided_at = at
    request.granted_until = at + timedelta(days=min(limits)) if limits else None
    request.as_keeper = not limits
    request.save(update_fields=["decided_at", "granted_until", "as_keeper"])
    mine = ProtectedAccess.objects.filter(case=case, user_id=request.requested_by_id, ended_at__isnull=True)
    if not mine.filter(until__isnull=True).exists():  # a keeper stays one
        mine.update(ended_at=at)
        ProtectedAccess.objects.create(
            case=case, user_id=request.requested_by_id, since=at, until=request.granted_until
        )
    if request.organisation_id != case.organisation_id:
        witness.give_keys_again(actor=actor, case=case, at=at, organisation_id=request.organisation_id)
    detail = {"to": request.requested_by_id, "until": request.granted_until, "keeper": request.as_keeper}
    keep(actor, "opening.grant", case.pk, detail, about=("opening_request", request.pk))


def state_for_requester(request: OpeningRequest, at: datetime) -> str:
    """``granted``, ``ended`` (it was granted), ``waits`` or ``not_granted``: nothing else is shown to the requester.

    Before ``answer_at`` a no looks like no answer, so that its time tells nothing.
    """
    if request.as_keeper:
        return "granted"
    if request.granted_until is not None:
        return "granted" if request.granted_until > at else "ended"
    return "waits" if at < request.answer_at else "not_granted"


def told_to_requester(request: OpeningRequest) -> Text:
    """Why it was not granted, in the words that are meant for the requester."""
    if request.told_reason == opening_answers.OWN_WORDS:
        return request.told_words
    return opening_answers.REASONS.get(request.told_reason, opening_answers.REASONS["not_shown"])


def forget_old(at: datetime) -> int:
    """Requests of long ago with what was written in them, whatever their code stood for. What was granted has a row of
    its own (``ProtectedAccess``), and the acts stay in the audit. A job.
    """
    gone, _rows = OpeningRequest.objects.filter(requested_at__lt=at - KEPT).delete()
    return gone


def close_unanswered(at: datetime, *, actor: Actor = SYSTEM) -> int:
    """Requests whose time passed without a decision: told as not granted, and written on the case's chain. A job."""
    rows = OpeningRequest.objects.filter(case__isnull=False, decided_at__isnull=True, answer_at__lte=at)
    found = list(rows.order_by("answer_at"))
    for row in found:
        with transaction.atomic():
            if OpeningRequest.objects.filter(pk=row.pk, decided_at__isnull=True).update(decided_at=row.answer_at):
                detail = {"by": row.requested_by_id, "why": row.why}
                case_id = row.case_id or row.pk
                keep(actor, "opening.unanswered", case_id, detail, about=("opening_request", row.pk))
    return len(found)

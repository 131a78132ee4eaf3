"""The place "Protected": the cases for which one is named, what waits for one's answer, and what one asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from fener.casework.models import (
    Case,
    OpeningRequest,
    OpeningVote,
    ProtectedAccess,
    ProtectionStep,
    SecondPerson,
    hiding,
)
from fener.casework.selectors.worklist import Task, provide
from fener.casework.services.protection import break_glass, opening
from fener.network.models import Membership
from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.errors import Refused
from fener.trust.models import User
from fener.trust.policy import Relationship

if TYPE_CHECKING:
    from fener.trust.errors import Text

PLACE, REVIEWS = "casework:protected", "casework:glass_reviews"
AHEAD = timedelta(days=14)


@dataclass(frozen=True)
class OwnRequest:
    """A request as its author may see it: no more than this, whatever stands behind it."""

    code: str
    asked_at: datetime
    state: str  # waits, granted, ended, not_granted
    until: datetime | None
    answer_at: datetime
    reason: Text


@dataclass(frozen=True)
class Place:
    """Everything of the page."""

    cases: tuple[Case, ...]
    steps: tuple[ProtectionStep, ...]
    openings: tuple[OpeningRequest, ...]
    beside: tuple[SecondPerson, ...]
    own: tuple[OwnRequest, ...]


def _user(actor: Actor) -> UUID:
    return actor.user_id or hiding.NOBODY


def place(actor: Actor, at: datetime | None = None) -> Place:
    """The page of this actor; five queries. Raises Refused."""
    at = at or timezone.now()
    policy.require(actor, "protected.list", Relationship.OWN)
    asked = OpeningRequest.objects.filter(requested_by_id=_user(actor)).order_by("-requested_at")[:20]
    return Place(
        cases=tuple(Case.objects.kept_by(actor).select_related("organisation").order_by("next_due", "code")),
        steps=tuple(steps_to_answer(actor).select_related("case", "proposed_by")),
        openings=tuple(openings_to_decide(actor, at).select_related("case", "requested_by", "organisation")),
        beside=tuple(beside_whom(actor, at).select_related("case", "asked_by")),
        own=tuple(own_request(row, at) for row in asked),
    )


def own_request(row: OpeningRequest, at: datetime) -> OwnRequest:
    """What its author is shown. The reason only when the moment to tell it has come."""
    state = opening.state_for_requester(row, at)
    told: Text = opening.told_to_requester(row) if state == "not_granted" else ""
    until = row.granted_until if state in {"granted", "ended"} else None
    return OwnRequest(row.code, row.requested_at, state, until, row.answer_at, told)


def steps_to_answer(actor: Actor) -> QuerySet[ProtectionStep]:
    """Proposals in which the actor is the second person."""
    rows = ProtectionStep.objects.filter(second_id=_user(actor), answered_at__isnull=True)
    return rows.filter(case__in=Case.objects.reachable_by(actor)).order_by("proposed_at")


def openings_to_decide(actor: Actor, at: datetime) -> QuerySet[OpeningRequest]:
    """Requests about cases of which the actor is a keeper, not asked by themselves and not answered by them yet."""
    keeper = ProtectedAccess.objects.filter(
        case=OuterRef("case"), user_id=_user(actor), until__isnull=True, ended_at__isnull=True
    )
    voted = OpeningVote.objects.filter(request=OuterRef("pk"), user_id=_user(actor))
    rows = OpeningRequest.objects.filter(Exists(keeper), ~Exists(voted), decided_at__isnull=True, answer_at__gt=at)
    return rows.exclude(requested_by_id=_user(actor)).filter(case__in=Case.objects.kept_by(actor))


def beside_whom(actor: Actor, at: datetime) -> QuerySet[SecondPerson]:
    """Colleagues of the actor's own organisation who ask for a second person now."""
    colleagues = Membership.objects.filter(
        user_id=OuterRef("asked_by_id"), organisation_id=actor.keeper_id, until__isnull=True
    )
    rows = SecondPerson.objects.filter(Exists(colleagues), answered_at__isnull=True, ask_until__gt=at)
    return rows.exclude(asked_by_id=_user(actor)).filter(case__in=Case.objects.reachable_by(actor)).order_by("asked_at")


def step(actor: Actor, pk: UUID) -> ProtectionStep:
    """One proposal to answer. Raises Refused (looks absent)."""
    found = steps_to_answer(actor).select_related("case", "proposed_by", "reason").filter(pk=pk).first()
    if found is None:
        raise Refused(act="protection.confirm")
    return found


def opening_request(actor: Actor, pk: UUID, at: datetime) -> OpeningRequest:
    """One request to decide. Raises Refused (looks absent)."""
    rows = openings_to_decide(actor, at).select_related("case", "requested_by", "organisation")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Refused(act="opening.decide")
    return found


def second_person(actor: Actor, pk: UUID, at: datetime) -> SecondPerson:
    """One colleague's question. Raises Refused (looks absent)."""
    found = beside_whom(actor, at).select_related("case", "asked_by").filter(pk=pk).first()
    if found is None:
        raise Refused(act="second_person.confirm")
    return found


def _waiting(actor: Actor, at: datetime) -> Iterator[Task]:
    """One question for all of it: Today says that something waits, and the place says what. No code of a case here."""
    if actor.user_id is None or actor.keeper_id is None:
        return
    if not policy.decide(actor, "protected.list", Relationship.OWN):
        return
    due = Case.objects.kept_by(actor).filter(next_due__lt=at + AHEAD).order_by("next_due")
    row = (
        User.objects.filter(pk=actor.user_id)
        .values_list(
            Subquery(steps_to_answer(actor).values("proposed_at")[:1]),
            Subquery(openings_to_decide(actor, at).order_by("answer_at").values("answer_at")[:1]),
            Subquery(beside_whom(actor, at).order_by("ask_until").values("ask_until")[:1]),
            Subquery(due.values("next_due")[:1]),
        )
        .first()
    )
    proposed, asked, beside, next_due = row or (None, None, None, None)
    if beside is not None:
        yield Task(beside, _("A colleague asks you to stand beside an opening"), PLACE, (), "beside", urgent=True)
    if proposed is not None:
        yield Task(None, _("A colleague asks for your yes or no: protection of a case"), PLACE, (), "protection")
    if asked is not None:
        yield Task(asked, _("Somebody asks to see a protected case"), PLACE, (), "opening")
    if next_due is not None:
        yield Task(next_due, _("Something is due in a protected case"), PLACE, (), "protected")


def _reviews(actor: Actor, at: datetime) -> Iterator[Task]:
    """Broken glass that no custodian has reviewed: it stays on Today until one has."""
    waiting = break_glass.of_custodian(actor, waiting=True)
    count, first = len(waiting), min((row.opened_at for row in waiting), default=None)
    if count:
        text = _("Broken glass to review: %(count)s") % {"count": count}
        yield Task(first, text, REVIEWS, (), "glass", urgent=True)


provide("casework.protected", _waiting)
provide("casework.glass", _reviews)

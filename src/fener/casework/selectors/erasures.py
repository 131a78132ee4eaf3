"""Erasures that are being decided, and the periods of an organisation, as the actor may see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from fener.casework.models import Case
from fener.casework.models.hiding import protected_cases
from fener.casework.services.erasure import CASE, standing
from fener.norms import retention
from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.errors import DomainError, NotGranted
from fener.trust.models import Erasure, RetentionPeriod
from fener.trust.policy import Relationship
from fener.trust.privacy.kinds import Hold, kind

MOST = 200


@dataclass(frozen=True)
class Shown:
    """One erasure. ``code``: of the file, where it is one; ``may_review``: by this actor, as another person."""

    erasure: Erasure
    code: str
    label: str
    may_review: bool
    may_stop: bool
    holds: tuple[Hold, ...]


@dataclass(frozen=True)
class Period:
    """One class of data that is erased by a period, with what is known of the law and what the organisation set."""

    known: retention.DataClass
    law: retention.Law
    own: RetentionPeriod | None


def waiting(actor: Actor, at: datetime | None = None) -> list[Shown]:
    """What is being decided at the actor's organisation, the earliest first; a hidden file is not in it.

    Raises Refused.
    """
    policy.require(actor, "erasure.list", Relationship.SAME_ORGANISATION)
    rows = Erasure.objects.filter(holder_id=actor.keeper_id, state__in=Erasure.OPEN).order_by("proposed_at", "pk")
    found = list(rows[:MOST])
    hidden = _hidden({row.subject_id for row in found if row.kind == CASE})
    shown = [_shown(actor, row, at or timezone.now()) for row in found if row.subject_id not in hidden]
    return [each for each in shown if each.may_review or each.may_stop]


def one(actor: Actor, pk: UUID, at: datetime | None = None) -> Shown:
    """One erasure, for whoever may look at it or stop it. Raises NotGranted (looks absent)."""
    row = Erasure.objects.filter(pk=pk).select_related("proposed_by", "reviewed_by", "stopped_by").first()
    if row is None:
        raise NotGranted
    shown = _shown(actor, row, at or timezone.now())
    if not (_may(actor, row, "erasure.review") or shown.may_stop):
        raise NotGranted
    return shown


def of_case(actor: Actor, case: Case) -> Erasure | None:
    """The latest erasure of a case that the actor has in hand: being decided, put off, or stopped."""
    return Erasure.objects.filter(subject_id=case.pk).order_by("-proposed_at", "-pk").first()


def _shown(actor: Actor, row: Erasure, at: datetime) -> Shown:
    review = _may(actor, row, "erasure.review") and row.proposed_by_id != actor.user_id
    return Shown(
        erasure=row,
        code=_code(row),
        label=str(kind(row.kind).label),
        may_review=review and row.state == Erasure.State.PROPOSED,
        may_stop=_may(actor, row, "erasure.stop") and row.state in Erasure.OPEN,
        holds=kind(row.kind).holds(row.subject_id),
    )


def _may(actor: Actor, row: Erasure, act: str) -> bool:
    try:
        standing(actor, row, act)
    except DomainError:
        return False
    return True


def _code(row: Erasure) -> str:
    if row.kind != CASE:
        return ""
    found = Case.objects.unscoped(reason="the code of a file whose erasure was checked above")
    return str(found.filter(pk=row.subject_id).values_list("code", flat=True).first() or "")


def _hidden(cases: set[UUID]) -> set[UUID]:
    """Which of these are under witness protection: in no list, for nobody."""
    return cases & set(protected_cases())


def periods(actor: Actor) -> list[Period]:
    """Every class of data that is erased by a period, for whoever sets periods or looks at erasures. Raises Refused."""
    if not policy.decide(actor, "retention.set", Relationship.SAME_ORGANISATION):
        policy.require(actor, "erasure.list", Relationship.SAME_ORGANISATION)
    own = {row.data_class: row for row in RetentionPeriod.objects.filter(holder_id=actor.keeper_id)}
    return [
        Period(known, retention.law(code, settings.FENER_JURISDICTION), own.get(code))
        for code, known in retention.classes().items()
        if known.erases
    ]


def own_periods(actor: Actor) -> Mapping[str, retention.Own]:
    """What the actor's organisation set for itself, by class of data."""
    rows = RetentionPeriod.objects.filter(holder_id=actor.keeper_id) if actor.keeper_id else ()
    return {row.data_class: retention.Own(row.months, row.reason) for row in rows}

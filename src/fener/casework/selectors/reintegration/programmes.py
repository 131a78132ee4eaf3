"""The register of programmes of the own body, and how many people reached each step."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from fener.casework import access
from fener.casework.chapters.contract import Reader
from fener.casework.models import Case
from fener.casework.models.reintegration.plan import ReintegrationEntry, ReintegrationPlan
from fener.casework.models.reintegration.programme import Participation, Programme
from fener.norms.path.pipelines import counts, pipelines
from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.errors import Refused
from fener.trust.policy import Relationship
from fener.trust.standing import node_level

LOOK = "counts of steps; they name no case"


@dataclass(frozen=True)
class Steps:
    """How many people reached each step of one kind of programme, and how many left."""

    pipeline: str
    reached: dict[str, int]


def programmes(actor: Actor, *, pipeline: str = "") -> QuerySet[Programme]:
    """The programmes of the own body by name. Raises Refused."""
    if not policy.decide(actor, "programme.list", Relationship.SAME_ORGANISATION).allowed:
        raise Refused(act="programme.list")
    found = Programme.objects.filter(organisation_id=actor.keeper_id).order_by("name", "pk")
    return found.filter(pipeline=pipeline) if pipeline else found


def programme_of(actor: Actor, pk: UUID, act: str) -> Programme:
    """One programme of the own body. Raises Refused, hidden: another body's looks absent."""
    own = policy.decide(actor, act, Relationship.SAME_ORGANISATION).allowed
    found = Programme.objects.filter(pk=pk, organisation_id=actor.keeper_id).first()
    if found is None or not own:
        raise Refused(act=act)
    return found


def steps_by_programme(actor: Actor, rows: Iterable[Programme]) -> dict[UUID, dict[str, int]]:
    """How many people of cases that the actor sees in lists reached each step of these programmes. Two queries."""
    wanted = {row.pk: row.pipeline for row in rows}
    taken = Participation.objects.filter(programme__in=wanted, case__in=Case.objects.visible_to(actor))
    found: dict[UUID, list[set[str]]] = {pk: [] for pk in wanted}
    for one in taken.prefetch_related("steps"):
        found[one.programme_id].append({step.step for step in one.steps.all()})
    return {pk: counts(wanted[pk], some) for pk, some in found.items()}


@node_level(reason=LOOK)
def steps(actor: Actor) -> list[Steps]:
    """How many people of the mechanism reached each step, by kind of programme (rule RI-09). Two queries."""
    policy.require(actor, "board.read", Relationship.NODE)
    rows = Participation.objects.filter(case__in=Case.objects.for_figures(actor, reason=LOOK))
    found: dict[str, list[set[str]]] = {}
    for one in rows.select_related("programme").prefetch_related("steps"):
        found.setdefault(one.programme.pipeline, []).append({step.step for step in one.steps.all()})
    return [Steps(code, counts(code, found[code])) for code in pipelines() if code in found]


def participations(reader: Reader) -> list[Participation]:
    """The programmes of a person with their steps, the latest first. Two queries. Raises Refused."""
    access.require(reader.actor, "pipeline.list", reader.found)
    rows = Participation.objects.filter(case=reader.case).select_related("programme").prefetch_related("steps")
    return sorted(rows, key=lambda one: max(step.on for step in one.steps.all()), reverse=True)


def plan_and_entries(reader: Reader) -> tuple[ReintegrationPlan | None, list[ReintegrationEntry]]:
    """What flags look at. Two queries. Raises Refused."""
    access.require(reader.actor, "pipeline.list", reader.found)
    plan = ReintegrationPlan.objects.filter(case=reader.case, agreed=True).order_by("-number").first()
    return plan, list(ReintegrationEntry.objects.filter(case=reader.case))


def participation_of(case: Case, pk: UUID, act: str) -> Participation:
    """One of a case on which ``act`` was allowed. Raises Refused, hidden."""
    found = Participation.objects.filter(case=case, pk=pk).select_related("programme").first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found

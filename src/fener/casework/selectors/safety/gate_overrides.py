"""Overrides of gates, as somebody may read them: of one case, and for the co-ordinator by gate and body."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from fener.casework import access
from fener.casework.chapters.contract import Reader
from fener.casework.models import Case, hiding
from fener.casework.models.safety.gate_override import ClosedGate, GateOverride
from fener.casework.services.safety.gate_overrides import ELSEWHERE, is_quiet
from fener.network.models import Organisation
from fener.norms.gates import quiet_gates
from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.errors import Refused
from fener.trust.models import DisclosureOverride
from fener.trust.policy import Relationship
from fener.trust.roles import Role

PASSED = (GateOverride.State.AGREED, GateOverride.State.USED)


def overrides(reader: Reader) -> list[GateOverride]:
    """The overrides of a case, the latest first. One query. Raises Refused."""
    access.require(reader.actor, "gate_override.list", reader.found)
    found = GateOverride.objects.filter(case=reader.case).order_by("-asked_on", "pk")
    return [one for one in found if reads(reader.actor, one.gate)]


def reads(actor: Actor, gate: str) -> bool:
    """Whether this reader, of those who may list overrides, learns of one of this gate: one that tells of health stands
    on no page of the co-ordinator's, neither as a row nor as a line.
    """
    return not is_quiet(gate) or bool(actor.roles - {Role.MECHANISM_COORDINATOR})


def override_of(case: Case, pk: UUID, act: str) -> GateOverride:
    """One override of a case on which ``act`` was allowed. Raises Refused, hidden."""
    found = GateOverride.objects.filter(case=case, pk=pk).first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found


def closed_of(actor: Actor, case: Case, pk: UUID) -> ClosedGate:
    """A gate of a case that was closed to this actor. Raises Refused, hidden."""
    found = ClosedGate.objects.filter(case=case, pk=pk, closed_to_id=access.user_id(actor)).first()
    if found is None:
        raise Refused(act="gate_override.ask")
    return found


def counted(actor: Actor, gate: str = "") -> QuerySet[GateOverride]:
    """What the co-ordinator reads of overrides, the latest first: gate, days, body and state, without the case.

    Those of protected cases, and of cases from which the reader is shut out, are in no list and no figure.
    Raises Refused.
    """
    _require_node(actor)
    found = _visible(GateOverride.objects.all(), actor, "case_id")
    found = found.exclude(gate__in=quiet_gates())
    found = found.filter(gate=gate) if gate else found
    return found.select_related("asked_for").order_by("-asked_on", "pk")


def overrides_by_gate(actor: Actor) -> Mapping[tuple[str, str], int]:
    """(gate, body that asked) -> how many were agreed, used or not; disclosure among them. Three queries.

    A gate that tells of health is counted as little as it is listed: the difference of the two would name it.
    Raises Refused.
    """
    _require_node(actor)
    found: Counter[tuple[str, str]] = Counter()
    passed = GateOverride.objects.filter(state__in=PASSED).exclude(gate__in=quiet_gates())
    gates = _visible(passed, actor, "case_id").order_by()
    for gate, body, count in gates.values_list("gate", "asked_for__short_name").annotate(Count("pk")):
        found[gate, body] += count
    told = _visible(DisclosureOverride.objects.filter(confirmed_at__isnull=False), actor, "subject_id").order_by()
    holders = dict(told.values_list("holder_id").annotate(Count("pk")))
    for keeper, body in Organisation.objects.filter(pk__in=holders).values_list("pk", "short_name"):
        found[ELSEWHERE, body] += holders[keeper]
    return found


def _visible(rows: QuerySet[Any], actor: Actor, case: str) -> QuerySet[Any]:
    return rows.exclude(**{f"{case}__in": hiding.protected_cases()}).exclude(hiding.shut_out(actor, case))


def _require_node(actor: Actor) -> None:
    if not policy.decide(actor, "gate_override.count", Relationship.NODE).allowed:
        raise Refused(act="gate_override.count")

"""What stands before a departure: the facts that the gates ask for, and which of them are missing (RT-01 to RT-03)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from fener.casework.models import Assessment, Case
from fener.casework.models.children.guardianship import Guardianship
from fener.casework.models.returns.journey import VOLUNTARY, Journey
from fener.casework.services import clocks
from fener.casework.services.gated import Facts, require_open
from fener.norms import gates
from fener.trust.actor import Actor

# All three have to be told before anybody decides (rule RT-02).
TOLD = ("rights", "options", "consequences")


def gates_of(journey: Journey, case: Case, *, removal: bool) -> tuple[str, ...]:
    """Which gates stand before this departure, in the order in which they are asked."""
    before = ("removal", "adverse_step") if removal else ("voluntary_return",)
    child = ("child_departure",) if case.treated_as_child else ()
    return (*before, *child, "departure", "departure_after_test")


def require_departure(*, actor: Actor, case: Case, journey: Journey, at: datetime) -> None:
    """Raises GateClosed at the first gate that is closed."""
    facts = facts_for(journey, case, at)
    for gate in gates_of(journey, case, removal=journey.removal):
        require_open(gate, facts[gate], actor=actor, case=case)


def missing(case: Case, journey: Journey, at: datetime) -> list[str]:
    """``gate.condition`` of everything that is not met, for a departure that nobody here can hold up."""
    facts = facts_for(journey, case, at)
    found = gates_of(journey, case, removal=journey.removal)
    return [f"{gate}.{one.code}" for gate in found for one in gates.check(gate, facts[gate]).missing]


def condition_text(code: str) -> str:
    """The words of a ``gate.condition``, a msgid."""
    gate, _dot, condition = code.partition(".")
    return next((one.text for one in gates.check(gate, {}).conditions if one.code == condition), code)


def facts_for(journey: Journey, case: Case, at: datetime) -> Mapping[str, Facts]:
    """For each gate what is known. Nothing here is taken from a form at the departure: it was recorded before."""
    return dict(_facts(journey, case, at))


def own_decision(journey: Journey) -> bool:
    """The person decided to go; for a child the guardian did, and the child was heard."""
    if journey.decision != "go":
        return False
    return not journey.as_child or (journey.decided_by_guardian and journey.heard_on is not None)


def _facts(journey: Journey, case: Case, at: datetime) -> Iterator[tuple[str, Facts]]:
    quiet = not clocks.running(case, clocks.RECOVERY).filter(due_on__gte=at).exists()
    assessed = journey.risk_on is not None
    screened = Assessment.objects.filter(case=case, by_person=False).exists()
    yield "removal", {"screening_recorded": screened, "no_recovery_period_runs": quiet}
    yield "adverse_step", {"no_recovery_period_runs": quiet}
    yield (
        "voluntary_return",
        {
            "rights_and_consequences_told": set(TOLD) <= set(journey.told) and bool(journey.told_language),
            "alternatives_recorded": bool(journey.alternatives),
            "risk_assessment_done": assessed,
            "own_decision": own_decision(journey),
        },
    )
    yield (
        "departure",
        {
            "risk_assessment_done": assessed,
            "plan_for_afterwards": journey.plan_id is not None,
            "receiving_provider_named": journey.provider_id is not None or journey.provider_elsewhere,
            **{choice: journey.belongings == choice for choice in Journey.Belongings.values},
        },
    )
    given = journey.tests == Journey.Tests.DELIVERED
    yield (
        "departure_after_test",
        {
            "results_delivered": given,
            "counselling_given": given,
            "nothing_was_tested": journey.tests == Journey.Tests.NONE,
        },
    )
    yield "child_departure", _of_a_child(journey, case)


def _of_a_child(journey: Journey, case: Case) -> Facts:
    return {
        "voluntary_and_assisted": journey.kind in VOLUNTARY and own_decision(journey),
        "risk_and_security_assessment": journey.risk_on is not None and journey.risk_allows is True,
        "best_interests_decision": journey.best_interests_on is not None,
        "guardian_appointed": Guardianship.objects.filter(case=case, kind="guardian", ended_on__isnull=True).exists(),
        "receiving_authority_confirmed": journey.authority_confirmed_on is not None,
        "child_heard": journey.heard_on is not None,
        "follow_up_arranged": journey.follow_up_on is not None,
    }

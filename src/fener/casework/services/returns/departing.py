"""What stands before a departure: the facts that the gates ask for, and which of them are missing (RT-01 to RT-03)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from fener.casework.domain.justice.belonging_states import LEFT
from fener.casework.domain.returns.journey_states import REMOVAL
from fener.casework.models import Assessment, Case, Clock
from fener.casework.models.children.decision import About, ChildDecision, ChildView
from fener.casework.models.justice.belonging import LeftBehind
from fener.casework.models.returns.journey import VOLUNTARY, Journey
from fener.casework.services import clocks
from fener.casework.services.children.standing import guardian_answers
from fener.casework.services.gated import Facts, require_open
from fener.casework.services.health.before_departure import result_facts
from fener.casework.services.safety.standing import risk_standing
from fener.norms import gates
from fener.trust.actor import Actor

# All three have to be told before anybody decides (rule RT-02).
TOLD = ("rights", "options", "consequences")
# The danger (list ``risk_kind``) that is of the place of return: without it an assessment is of somewhere else.
THERE = "local_recruiters"


def gates_of(journey: Journey, case: Case, *, removal: bool) -> tuple[str, ...]:
    """Which gates stand before this departure, in the order in which they are asked."""
    before = ("removal", "adverse_step") if removal else ("voluntary_return",)
    child = ("child_departure",) if case.treated_as_child else ()
    return (*before, *child, "departure", "departure_after_test")


def require_departure(*, actor: Actor, case: Case, journey: Journey, day: date) -> None:
    """Raises GateClosed at the first gate that is closed on the day of the departure."""
    facts = facts_for(journey, case, day)
    kind = f"return_type:{journey.kind}"
    for gate in gates_of(journey, case, removal=journey.removal):
        require_open(gate, facts[gate], actor=actor, case=case, about=journey.pk, day=day, kind=kind)


def missing(case: Case, journey: Journey, day: date) -> list[str]:
    """``gate.condition`` of everything that is not met, for a departure that nobody here can hold up."""
    facts = facts_for(journey, case, day)
    found = gates_of(journey, case, removal=journey.removal)
    return [f"{gate}.{one.code}" for gate in found for one in gates.check(gate, facts[gate]).missing]


def condition_text(code: str) -> str:
    """The words of a ``gate.condition``, a msgid."""
    gate, _dot, condition = code.partition(".")
    return next((one.text for one in gates.check(gate, {}).conditions if one.code == condition), code)


def facts_for(journey: Journey, case: Case, day: date) -> Mapping[str, Facts]:
    """For each gate what stood on the day of the departure, whenever that is typed; a later day meets nothing.

    Nothing here is taken from a form at the departure: it was recorded before.
    """
    return dict(_facts(journey, case, day))


def own_decision(journey: Journey, day: date) -> bool:
    """The person decided to go by that day; for a child the guardian did, and the child was heard."""
    if journey.decision != "go" or not _by(journey.decided_on, day):
        return False
    return not journey.as_child or (journey.decided_by_guardian and _by(journey.heard_on, day))


def view_of(journey: Journey, case: Case, day: date) -> ChildView | None:
    """The child's latest own word on this journey; one on an earlier return is none."""
    found = ChildView.objects.filter(case=case, about=About.RETURN, heard=True, on__gte=journey.since, on__lte=day)
    return found.order_by("-on", "-pk").first()


def best_interests_of(journey: Journey, case: Case, day: date) -> ChildDecision | None:
    """The latest decision of a panel on this journey; one on an earlier return is none."""
    found = ChildDecision.objects.filter(
        case=case, about=About.RETURN, decided_on__gte=journey.since, decided_on__lte=day
    )
    return found.order_by("-decided_on", "-pk").first()


def level_there(case: Case, day: date) -> str | None:
    """The level of danger that stands on a day, empty where nothing was found; None: nobody assessed what is there, or
    the review is overdue. It is read where dangers are assessed (rule WP-01), whoever typed what beside a journey.
    """
    standing = risk_standing(case, day)
    if standing is None or standing.lapsed or THERE not in standing.answers:
        return None
    return standing.level or ""


def _risks_assessed(journey: Journey, case: Case, day: date) -> bool:
    """An assessment is in force, and what it means for this journey was said since it was made."""
    standing = risk_standing(case, day)
    if journey.risk_on is None or standing is None or level_there(case, day) is None:
        return False
    return standing.assessed_on <= journey.risk_on <= day


def _by(on: date | None, day: date) -> bool:
    return on is not None and on <= day


def _quiet(case: Case, day: date) -> bool:
    """No recovery period covers any hour of that day, one that has ended since included."""
    start = timezone.make_aware(datetime.combine(day, time.min))
    over = Q(ended_at__isnull=True) | Q(ended_at__gte=start)
    covers = Clock.objects.filter(over, started_on__lt=start + timedelta(days=1), due_on__gte=start)
    return not covers.filter(case=case, code=clocks.RECOVERY).exists()


def _no_removal(journey: Journey, case: Case) -> bool:
    """No removal stands announced, and none took place since the request: under one nobody decides freely."""
    stands = Q(state=REMOVAL.start) | Q(departed_on__gte=journey.since)
    return not Journey.objects.filter(stands, case=case, removal=True).exists()


def _facts(journey: Journey, case: Case, day: date) -> Iterator[tuple[str, Facts]]:
    quiet, assessed, told = _quiet(case, day), _risks_assessed(journey, case, day), _by(journey.told_on, day)
    screened = Assessment.objects.filter(case=case, by_person=False, assessed_on__lte=day).exists()
    yield "removal", {"screening_recorded": screened, "no_recovery_period_runs": quiet}
    yield "adverse_step", {"no_recovery_period_runs": quiet}
    yield (
        "voluntary_return",
        {
            "rights_and_consequences_told": told and set(TOLD) <= set(journey.told) and bool(journey.told_language),
            "alternatives_recorded": told and bool(journey.alternatives),
            "risk_assessment_done": assessed,
            "own_decision": own_decision(journey, day),
            "no_removal_announced": _no_removal(journey, case),
        },
    )
    yield (
        "departure",
        {
            "risk_assessment_done": assessed,
            "plan_for_afterwards": journey.plan_id is not None,
            "receiving_provider_named": journey.provider_id is not None or journey.provider_elsewhere,
            **_belongings(journey, case, day),
        },
    )
    elsewhere = journey.tests != Journey.Tests.NONE  # a result is awaited from outside, or nobody asked
    yield "departure_after_test", result_facts(case, day, elsewhere=elsewhere)
    yield "child_departure", _of_a_child(journey, case, day, assessed=assessed)


def _belongings(journey: Journey, case: Case, day: date) -> Facts:
    """What stays behind is what is recorded as such; that nothing does is not said while something is (CP-05)."""
    known = LeftBehind.objects.filter(case=case, left_on__lte=day)
    said = {choice: journey.belongings == choice for choice in Journey.Belongings.values}
    recorded, untouched = known.exists(), known.filter(state=LEFT).exists()
    left, nothing = Journey.Belongings.LEFT.value, Journey.Belongings.NOTHING.value
    return {**said, left: said[left] and recorded, nothing: said[nothing] and not untouched}


def _of_a_child(journey: Journey, case: Case, day: date, *, assessed: bool) -> Facts:
    return {
        "voluntary_and_assisted": journey.kind in VOLUNTARY and own_decision(journey, day),
        "risk_and_security_assessment": assessed and journey.risk_allows is True,
        "best_interests_decision": best_interests_of(journey, case, day) is not None,
        "guardian_appointed": guardian_answers(case, day),
        "receiving_authority_confirmed": _by(journey.authority_confirmed_on, day),
        "child_heard": view_of(journey, case, day) is not None,
        "follow_up_arranged": journey.follow_up_on is not None,
    }

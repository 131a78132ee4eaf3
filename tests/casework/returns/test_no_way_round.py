"""No sequence of acts reaches a child departed without assessment, or a voluntary return without an own decision."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fener.casework.domain.returns.journey_states import AFTER
from fener.casework.models import Case
from fener.casework.models.returns.journey import VOLUNTARY, Journey
from fener.casework.services.returns import removals
from fener.trust.actor import Actor
from fener.trust.errors import DomainError
from tests.factories import returns as made
from tests.factories.casework import CaseFactory

Act = Callable[[Actor, Case, Journey], object]
DAY = made.days_ago

ACTS: dict[str, Act] = {
    "guardian": lambda actor, case, _one: made.guarded(actor, case),
    "tell": lambda actor, _case, one: made.told(actor, one),
    "assess": lambda actor, _case, one: made.assessed(actor, one),
    "decide": lambda actor, _case, one: made.decided(actor, one),
    "guardian decides": lambda actor, _case, one: made.decided(actor, one, by_guardian=True, heard_on=DAY(13)),
    "prepare": lambda actor, _case, one: made.prepared(actor, one),
    "judge": lambda actor, case, _one: made.judged(actor, case),
    "protect": lambda actor, _case, one: made.protected(actor, one),
    "depart": lambda actor, _case, one: removals.depart(actor=actor, journey=one, on=DAY(5)),
    "confirm": lambda actor, _case, one: removals.confirm(
        actor=actor, journey=one, by="family", on=DAY(3), hand_over="police_only"
    ),
    "close": lambda actor, _case, one: removals.close(actor=actor, journey=one, reception="service", on=DAY(1)),
}
OTHERS: dict[str, Act] = {
    "deny": lambda actor, _case, one: made.assessed(actor, one, allows=False),
    "leave": lambda actor, _case, one: removals.leave(actor=actor, journey=one, on=DAY(6)),
    "remove": lambda actor, _case, one: removals.carry_out_removal(actor=actor, journey=one, on=DAY(4)),
    "remove all the same": lambda actor, case, _one: removals.carry_out_removal(
        actor=actor, journey=made.announced(actor, case), on=DAY(4), happened=True
    ),
    "arrive": lambda actor, _case, one: removals.note(actor=actor, journey=one, step="arrive", on=DAY(4)),
}


@st.composite
def walks(draw: st.DrawFn) -> list[str]:
    """The way that leads through, with steps left out, and others put in anywhere."""
    left_out = draw(st.sets(st.sampled_from(sorted(ACTS)), max_size=2))
    walk = [name for name in ACTS if name not in left_out]
    for name in draw(st.lists(st.sampled_from([*OTHERS, *ACTS]), max_size=3)):
        walk.insert(draw(st.integers(0, len(walk))), name)
    return walk


def hold(case: Case) -> None:
    for one in Journey.objects.filter(case=case):
        gone = one.state in AFTER
        if gone and one.kind in VOLUNTARY:
            assert one.despite == []
            assert one.decision == "go"
            assert one.told
            assert one.alternatives
            assert one.risk_on
            if one.as_child:
                assert one.risk_allows
                assert one.best_interests_on
                assert one.authority_confirmed_on
                assert one.heard_on
                assert case.guardianships.exists()
        if gone and one.removal and one.as_child:
            assert "child_departure.voluntary_and_assisted" in one.despite


@pytest.mark.parametrize("child", [True, False])
@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(walk=walks())
def test_no_sequence_of_acts_reaches_what_must_not_be(case_manager: Actor, child: bool, walk: list[str]) -> None:
    with transaction.atomic():
        case = CaseFactory(actor=case_manager, empty=True, **({"child": True} if child else {}))
        one = made.asked(case_manager, case)
        for name in walk:
            with suppress(DomainError), transaction.atomic():
                {**ACTS, **OTHERS}[name](case_manager, case, one)
            hold(case)
        transaction.set_rollback(True)


@pytest.mark.parametrize("child", [True, False])
def test_the_way_that_leads_through_does(case_manager: Actor, child: bool) -> None:
    case = CaseFactory(actor=case_manager, empty=True, **({"child": True} if child else {}))
    one = made.asked(case_manager, case)
    for name, act in ACTS.items():
        if name != ("decide" if child else "guardian decides") and (child or name not in ("guardian", "judge")):
            one.refresh_from_db()
            act(case_manager, case, one)
    one.refresh_from_db()
    assert one.state == "received"

"""RP-12: a relative at risk has protection of their own, which the person cannot give up for them."""

from __future__ import annotations

import pytest

from fener.casework.models.safety.risk import ProtectionMeasure
from fener.casework.services.safety.plan import end_measure
from fener.trust.actor import Actor
from fener.trust.errors import GateClosed
from tests.factories.casework import CaseFactory
from tests.factories.safety import ago, assessed, cleared, protected


def ended(actor: Actor, measure: ProtectionMeasure, days: int = 0, **terms: object) -> ProtectionMeasure:
    return end_measure(actor=actor, measure=measure, on=ago(days), **terms)  # type: ignore[arg-type]


def lacks(actor: Actor, measure: ProtectionMeasure, days: int = 0, **terms: object) -> set[str]:
    with pytest.raises(GateClosed) as closed:
        ended(actor, measure, days, **terms)
    return {one.code for one in closed.value.result.missing}


def test_rp_12_a_relative_has_protection_of_their_own_that_the_person_cannot_give_up(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    assessed(case_manager, case, 8)
    assessed(case_manager, case, 8, subject="sibling")
    hers, his = protected(case_manager, case, 8, subject="sibling"), protected(case_manager, case, 8)
    cleared(case_manager, case, 2)
    assert lacks(case_manager, his) == {"danger_reviewed"}, "the sister's danger was not reviewed"
    wish = {"own_wish": True, "words": "She needs nothing."}
    assert "danger_has_passed" in lacks(case_manager, hers, **wish)
    assessed(case_manager, case, 1, subject="sibling", answers={"traffickers": "low"}, is_review=True)
    assert lacks(case_manager, hers, **wish) == {"danger_has_passed"}
    assert ended(case_manager, his).state == "ended"
    cleared(case_manager, case, 0, subject="sibling")
    assert ended(case_manager, hers).ended_by == "passed"

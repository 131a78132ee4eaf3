"""ID-19: referring, assessing, identifying and deciding are separate mandates with legal basis and period."""

from __future__ import annotations

from datetime import date

import pytest

from fener.trust.actor import Actor
from fener.trust.errors import Refused
from tests.factories.assessing import asked_to_decide, assess, decide
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism


def test_id_19_an_assessment_without_the_mandate_to_assess_is_refused(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    case = CaseFactory(actor=case_manager)
    mechanism.ngo.organisation.mandates.filter(function="assess").delete()
    with pytest.raises(Refused) as refused:
        assess(case_manager, case)
    assert not refused.value.hidden  # it is said in words, with who can be asked


def test_id_19_whoever_may_assess_may_not_decide(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    assess(case_manager, case)
    with pytest.raises(Refused):
        decide(case_manager, case)


def test_id_19_a_mandate_that_ended_yesterday_decides_nothing(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager)
    assess(case_manager, case)
    decider = asked_to_decide(case_manager, case, mechanism.decider)
    mechanism.decider.organisation.mandates.update(until=date(2026, 3, 1))
    with pytest.raises(Refused):
        decide(decider, case)


@pytest.mark.parametrize("function", ["identify", "decide_status"])
def test_id_19_either_name_of_the_mandate_decides_and_is_kept(
    case_manager: Actor, mechanism: Mechanism, function: str
) -> None:
    case = CaseFactory(actor=case_manager)
    assess(case_manager, case)
    decider = asked_to_decide(case_manager, case, mechanism.decider)
    mechanism.decider.organisation.mandates.exclude(function__in=[function, "assess"]).delete()
    decision = decide(decider, case)
    assert decision.mandate.function == function
    assert decision.mandate.legal_basis

"""ID-18: a status decision is refused while police are the only assessor."""

from __future__ import annotations

import pytest

from fener.trust.actor import Actor
from fener.trust.errors import GateClosed
from tests.factories.assessing import asked_to_decide, assess, assess_by_referral, decide
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism


@pytest.mark.parametrize("only", ["police", "inspection", None])
def test_id_18_a_decision_on_police_alone_is_refused(
    case_manager: Actor, mechanism: Mechanism, only: str | None
) -> None:
    case = CaseFactory(actor=case_manager)
    if only:
        assess_by_referral(case_manager, case, getattr(mechanism, only))
    decider = asked_to_decide(case_manager, case, mechanism.decider)
    with pytest.raises(GateClosed) as closed:
        decide(decider, case)
    assert [c.code for c in closed.value.result.missing] == ["assessed_by_other_than_police"]
    case.refresh_from_db()
    assert case.status == "presumed"


def test_id_18_a_trained_ngo_beside_police_opens_it(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager)
    assess_by_referral(case_manager, case, mechanism.police)
    assess(case_manager, case)
    decision = decide(asked_to_decide(case_manager, case, mechanism.decider), case)
    assert decision.considered.count() == 2


def test_id_18_an_untrained_body_is_not_enough(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager)
    mechanism.ngo.organisation.trained_assessor = False
    mechanism.ngo.organisation.save()
    assess(case_manager, case)
    decider = asked_to_decide(case_manager, case, mechanism.decider)
    with pytest.raises(GateClosed):
        decide(decider, case)

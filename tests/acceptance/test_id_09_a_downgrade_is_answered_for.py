"""ID-09: a reclassification downwards needs decider, reason, evidence and date, can be reviewed, and is counted."""

from __future__ import annotations

import pytest

from fener.casework.models import StatusDecision
from fener.casework.services import decisions
from fener.trust.actor import Actor
from fener.trust.errors import GateClosed, InvalidInput
from fener.trust.roles import Role
from tests.factories.assessing import asked_to_decide, assess, decide
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"evidence": (), "review_told": True}, "evidence_given"),
        ({"evidence": ["document"], "review_told": False}, "review_told"),
    ],
)
def test_id_09_without_evidence_or_word_of_the_review_it_is_refused(
    case_manager: Actor, mechanism: Mechanism, given: dict[str, object], missing: str
) -> None:
    case = CaseFactory(actor=case_manager)
    assess(case_manager, case)
    decider = asked_to_decide(case_manager, case, mechanism.decider)
    with pytest.raises(GateClosed) as closed:
        decide(decider, case, "not_identified", alternative="smuggling", **given)
    assert closed.value.result.gate == "downgrade"
    assert [c.code for c in closed.value.result.missing] == [missing]
    case.refresh_from_db()
    assert case.status == "presumed"


def test_id_09_it_names_who_when_why_and_is_counted_by_authority(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager)
    assess(case_manager, case)
    decider = asked_to_decide(case_manager, case, mechanism.decider)
    row = decide(decider, case, "not_identified", alternative="smuggling", evidence=["document"], review_told=True)
    assert (row.is_downgrade, row.alternative, row.decided_by_id) == (True, "smuggling", decider.user_id)
    counted = StatusDecision.objects.filter(is_downgrade=True, organisation=mechanism.decider.organisation)
    assert counted.count() == 1
    with pytest.raises(InvalidInput):
        decide(decider, case, "potential", alternative="a hunch")


def test_id_09_it_can_be_reversed(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager)
    assess(case_manager, case)
    decider = asked_to_decide(case_manager, case, mechanism.decider)
    row = decide(decider, case, "not_identified", evidence=["document"], review_told=True)
    request = decisions.request_review(actor=case_manager, decision=row)
    reversed_by = decisions.answer_review(
        actor=mechanism.decider.actor(Role.CASE_MANAGER),
        request=request,
        status="presumed",
        legal_basis="Act, article 9",
        reasons="The document was forged by those who held him.",
    )
    assert not reversed_by.is_downgrade
    case.refresh_from_db()
    assert case.status == "presumed"

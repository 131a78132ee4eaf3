"""ID-22: a decision names decider, basis, criteria and reasons, is told to the person, and can be reviewed."""

from __future__ import annotations

import pytest

from fener.casework.models import Clock
from fener.casework.services import decisions
from fener.casework.services.information import InformationTerms
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, GateClosed, InvalidInput, Refused
from fener.trust.roles import Role
from tests.factories.assessing import asked_to_decide, assess, decide
from tests.factories.casework import CaseFactory, told_everything
from tests.factories.network import Mechanism


@pytest.mark.parametrize(("missing", "condition"), [("legal_basis", "legal_basis_named"), ("reasons", "reasons_given")])
def test_id_22_without_basis_or_reasons_nothing_is_decided(
    case_manager: Actor, mechanism: Mechanism, missing: str, condition: str
) -> None:
    case = CaseFactory(actor=case_manager)
    assess(case_manager, case)
    decider = asked_to_decide(case_manager, case, mechanism.decider)
    with pytest.raises(GateClosed) as closed:
        decide(decider, case, **{missing: "  "})
    assert [c.code for c in closed.value.result.missing] == [condition]


def test_id_22_it_is_told_in_a_language_through_an_interpreter(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager)
    assess(case_manager, case)
    decision = decide(asked_to_decide(case_manager, case, mechanism.decider), case)
    assert decision.told_on is None
    told = InformationTerms(items=(), language="ro", interpreter="A. Rusu")
    decisions.record_told(actor=case_manager, decision=decision, told=told)
    decision.refresh_from_db()
    assert (decision.told_on, decision.told_language, decision.told_interpreter) == (case.opened_on, "ro", "A. Rusu")
    with pytest.raises(InvalidInput):
        decisions.record_told(actor=case_manager, decision=decision, told=InformationTerms(items=(), language=""))


def test_id_22_a_review_is_a_new_decision_by_somebody_else(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager)
    assess(case_manager, case)
    first_decider = asked_to_decide(case_manager, case, mechanism.decider)
    first = decide(
        first_decider, case, "not_identified", evidence=["document"], review_told=True, alternative="smuggling"
    )
    request = decisions.request_review(actor=case_manager, decision=first, reasons="He was not free.", kind="appeal")
    clock = Clock.objects.get(case=case, subject_id=request.pk)
    assert clock.code == "status_review"
    with pytest.raises(AlreadyDone):
        decisions.request_review(actor=case_manager, decision=first, kind="appeal")
    again = {"request": request, "status": "identified", "legal_basis": "Act, article 9", "reasons": "New facts."}
    with pytest.raises(Refused):
        decisions.answer_review(actor=first_decider, **again)
    second = decisions.answer_review(actor=mechanism.decider.actor(Role.CASE_MANAGER), **again)
    assert second.review_of == first
    first.refresh_from_db()
    clock.refresh_from_db()
    case.refresh_from_db()
    assert (first.status, case.status, clock.end_reason) == ("not_identified", "identified", "done")


def test_id_22_a_review_may_uphold_the_first_decision(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager)
    assess(case_manager, case)
    first = decide(asked_to_decide(case_manager, case, mechanism.decider), case)
    request = decisions.request_review(actor=case_manager, decision=first)
    second = decisions.answer_review(
        actor=mechanism.decider.actor(Role.CASE_MANAGER),
        request=request,
        status="identified",
        legal_basis="Act, article 9",
        reasons="Upheld.",
        told=told_everything(),
    )
    assert (second.status, second.is_downgrade, second.told_language) == ("identified", False, "sr")

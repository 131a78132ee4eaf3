"""WP-05, JU-07: whoever is asked for a court has advice first, and a child is asked no more often than was set."""

from __future__ import annotations

import pytest

from fener.casework.models import Case
from fener.casework.models.justice.interview import Interview
from fener.casework.models.safety.incident import Incident
from fener.casework.services.justice import interviews
from fener.casework.services.justice.interviews import FOR_COURT
from fener.trust.actor import Actor
from fener.trust.errors import GateClosed, InvalidInput
from tests.factories.casework import CaseFactory
from tests.factories.children import child, guarded
from tests.factories.hearings import safe
from tests.factories.interviews import held, held_terms, in_days, terms
from tests.factories.returns import days_ago
from tests.factories.statements import lawyer, opinion, procedure, told


def plan(actor: Actor, case: Case, **changes: str) -> Interview:
    return interviews.plan_interview(actor=actor, case=case, terms=terms(**changes), on=in_days(5))


@pytest.fixture
def prepared(case_manager: Actor) -> Case:
    """A child with advice, both opinions and a procedure of one time."""
    case = child(case_manager)
    told(case_manager, case, by=lawyer(case_manager, case))
    guarded(case_manager, case, since=days_ago(100))
    for by in ("guardian", "prosecutor"):
        opinion(case_manager, case, by)
    procedure(case_manager, case, times=1)
    return case


@pytest.mark.parametrize("purpose", sorted(FOR_COURT))
def test_wp_05_no_interview_for_a_court_is_planned_without_advice(case_manager: Actor, purpose: str) -> None:
    case = CaseFactory(actor=case_manager)
    with pytest.raises(GateClosed) as refused:
        plan(case_manager, case, purpose=purpose)
    assert refused.value.result.gate == "statement"
    assert plan(case_manager, case, purpose="residence").state == "planned"
    told(case_manager, case, by=lawyer(case_manager, case))
    safe(case_manager, case)  # what is testimony needs protection as well
    assert plan(case_manager, case, purpose=purpose).state == "planned"


def test_wp_05_one_that_was_held_all_the_same_keeps_what_was_missing_and_is_an_incident(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    row = held(case_manager, case)
    assert row.missing == ["legal_advice_given", "consequences_told", "right_to_refuse_told"]
    incident = Incident.objects.get(case=case)
    assert (incident.right, incident.by, incident.gate) == ("statement_without_advice", "police", "statement")
    assert (incident.attempt, incident.happened_on) == (False, row.settled_on)
    for purpose in ("residence", "health"):
        assert held(case_manager, case, purpose=purpose).missing == []
    assert Incident.objects.count() == 1


def test_wp_05_what_was_told_after_the_interview_does_not_count_for_it(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    told(case_manager, case, by=lawyer(case_manager, case), on=days_ago(5))
    assert held(case_manager, case, how={"on": days_ago(10)}).missing
    assert held(case_manager, case, how={"on": days_ago(3)}, again="no_reason").missing == []


def test_ju_07_a_child_is_not_planned_to_be_asked_more_often_than_was_set(case_manager: Actor, prepared: Case) -> None:
    row = plan(case_manager, prepared)
    with pytest.raises(InvalidInput):
        plan(case_manager, prepared, purpose="court")
    done = interviews.hold_interview(actor=case_manager, interview=row, held=held_terms(on=days_ago(1)))
    assert done.missing == []
    with pytest.raises(InvalidInput):
        plan(case_manager, prepared, purpose="court")
    assert plan(case_manager, prepared, purpose="health").state == "planned"  # not for a court


def test_ju_07_a_child_that_was_asked_once_too_often_all_the_same_is_an_incident(
    case_manager: Actor, prepared: Case
) -> None:
    held(case_manager, prepared, how={"on": days_ago(8)})
    again = held(case_manager, prepared, how={"on": days_ago(4)}, asked_by="court", purpose="court")
    assert again.missing == ["times"]
    incident = Incident.objects.get(case=prepared)
    assert (incident.right, incident.by) == ("asked_again_and_again", "court")

"""The page of a case: all of it in a fixed number of queries, however much is in it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from fener.casework.models import Case
from fener.casework.selectors.cases import listed, visible
from fener.casework.selectors.file import file
from fener.casework.services import ages, assessments, cases, clocks, decisions, refusals
from fener.trust.actor import SYSTEM, Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import InvalidInput, Refused, StaleEdit
from fener.trust.models import User
from fener.trust.roles import Role
from tests.factories.assessing import asked_to_decide, assess, assess_by_referral, decide
from tests.factories.casework import CaseFactory, shared_with
from tests.factories.network import Mechanism


@pytest.fixture
def full(case_manager: Actor, mechanism: Mechanism) -> Case:
    """A case with everything in it."""
    case = CaseFactory(actor=case_manager)
    assess(case_manager, case)
    assess_by_referral(case_manager, case, mechanism.police)
    assessments.record_own_view(actor=case_manager, case=case, view="own_view_partly", words="Moje reči.")
    first = decide(asked_to_decide(case_manager, case, mechanism.decider), case)
    decisions.request_review(actor=case_manager, decision=first)
    refusals.record_refusal(actor=case_manager, case=case, of="identification", words="Ne želim.")
    ages.raise_dispute(actor=case_manager, case=case, evidence="Papers.")
    shared_with(case_manager, case, mechanism.shelter, giver="guardian", child_assent=True)
    return case


def test_everything_is_there_in_twenty_queries(
    full: Case, case_manager: Actor, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(20):
        shown = file(case_manager, full.code)
        _walk(shown)
    assert len(shown.by_authorities) == 2
    assert len(shown.consents) == 4
    assert all("lets" in c.sentence for c in shown.consents)
    assert shown.open_dispute is not None
    assert shown.removal_blocked_until is not None
    assert {c.compartment for c in shown.compartments if c.may_open} == {
        Compartment.IDENTITY,
        Compartment.CONTACT,
        Compartment.NARRATIVE,
    }


def _walk(shown: Any) -> None:
    """What a template touches."""
    assert [(a.organisation.short_name, a.assessor.full_name, bool(a.reasons)) for a in shown.assessments]
    for d in shown.decisions:
        assert [a.organisation.short_name for a in d.considered.all()]
        assert [r.recorded_by.full_name for r in d.review_requests.all()]
        assert d.organisation.name
        assert d.decided_by.full_name
        assert d.mandate.legal_basis
    assert [r.recorded_by.full_name for r in shown.refusals]
    assert [i.told_by.full_name for i in shown.information]
    assert [a.user.full_name for a in shown.assignments]


def test_a_recipient_sees_its_own_sentence_and_not_those_of_others(full: Case, mechanism: Mechanism) -> None:
    shown = file(mechanism.shelter.actor(Role.CASE_MANAGER), full.code)
    assert [c.recipient for c in shown.consents] == [mechanism.shelter.organisation.short_name]
    assert {c.compartment for c in shown.compartments if c.may_open} == {Compartment.IDENTITY, Compartment.CONTACT}
    assert not any(c.may_save for c in shown.compartments)
    assert (shown.assessments, shown.decisions, shown.refusals) == ((), (), ())


def test_whoever_is_asked_to_decide_sees_what_all_others_think(full: Case, mechanism: Mechanism) -> None:
    shown = file(mechanism.decider.actor(Role.CASE_MANAGER), full.code)
    assert len(shown.by_authorities) == 2
    assert len(shown.own_views) == len(shown.decisions) == len(shown.refusals) == 1


def test_a_list_costs_the_same_for_one_and_for_many(case_manager: Actor, django_assert_num_queries: Any) -> None:
    for _each in range(4):
        CaseFactory(actor=case_manager, empty=True)
    with django_assert_num_queries(2):
        rows = listed(case_manager, visible(case_manager))
    assert len(rows) == 4
    assert {row.case.organisation.short_name for row in rows} == {"Lighthouse"}


def test_a_second_tab_overwrites_nothing(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    cases.update_facts(actor=case_manager, case=case, version=1, facts={"gender": "Feminine"})
    with pytest.raises(StaleEdit) as stale:
        cases.update_facts(actor=case_manager, case=case, version=1, facts={"gender": "Masculine"})
    assert stale.value.current["facts"]["gender"] == "Feminine"


def test_a_fact_that_is_not_named_stays_and_an_empty_one_goes(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    changed = cases.update_facts(
        actor=case_manager, case=case, version=1, facts={"gender": "", "exploitation": ["ForcedLabour"]}
    )
    assert "gender" not in changed.facts
    assert (changed.facts["age_at_contact"], changed.facts["exploitation"]) == (34, ["ForcedLabour"])


def test_a_case_is_given_to_somebody_who_works_there(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager)
    lawyer = mechanism.ngo.actor(Role.LAWYER)
    with pytest.raises(Refused):
        file(lawyer, case.code)
    cases.assign(actor=case_manager, case=case, user=User.objects.get(pk=lawyer.user_id))
    assert file(lawyer, case.code).in_full
    cases.unassign(actor=case_manager, case=case, user=User.objects.get(pk=lawyer.user_id))
    with pytest.raises(Refused):
        file(lawyer, case.code)
    for stranger in (mechanism.shelter.actor(Role.CASE_MANAGER), mechanism.ngo.actor(Role.AUDITOR)):
        with pytest.raises(InvalidInput):
            cases.assign(actor=case_manager, case=case, user=User.objects.get(pk=stranger.user_id))


def test_a_closed_case_waits_for_nothing_but_the_right_runs_on(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    closed = cases.close_case(actor=case_manager, case=case, version=1, reason="own_wish")
    assert (closed.state, closed.next_due, closed.close_reason) == ("Closed", None, "own_wish")
    assert closed.clocks.get(code="recovery_reflection").ended_at is None


def test_a_closed_case_can_be_opened_again(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    with pytest.raises(InvalidInput):
        cases.reopen_case(actor=case_manager, case=case, version=1)
    cases.close_case(actor=case_manager, case=case, version=1, reason="lost_contact")
    opened = cases.reopen_case(actor=case_manager, case=case, version=2)
    assert (opened.state, opened.closed_on, opened.close_reason) == ("Active", None, "")
    assert opened.next_due is not None


def test_a_right_that_ran_out_is_ended_by_the_job_and_says_so(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    clock = case.clocks.get()
    assert clocks.end_run_out(actor=SYSTEM, at=clock.due_on) == 0
    assert clocks.end_run_out(actor=SYSTEM, at=clock.due_on + timedelta(seconds=1)) == 1
    clock.refresh_from_db()
    assert clock.end_reason == "ran_out"
    assert file(case_manager, case.code).removal_blocked_until is None

"""HE-03: from a voluntary offer and counselling to a result, treatment and continuation; offers differ by stage."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fener.casework.domain.health import test_states as s
from fener.casework.domain.machine import NotPossibleNow
from fener.casework.models import Case
from fener.casework.services.health import care
from fener.norms.path.health import holds_departure, may_follow, offers
from fener.norms.vocab import vocabulary
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput, Refused
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.health import delivered, health_worker, offered, stepped
from tests.factories.network import Body, Mechanism
from tests.factories.returns import days_ago

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(case_manager: Actor) -> Case:
    made: Case = CaseFactory(actor=case_manager)
    return made


@pytest.fixture
def doctor(case_manager: Actor, ngo: Body, case: Case) -> Actor:
    return health_worker(case_manager, ngo, case)


def test_he_03_the_steps_are_those_of_the_norms() -> None:
    for state in s.TEST.states:
        assert {step.to for (was, _act), step in s.TEST.steps.items() if was == state} == set(may_follow(state))


def test_he_03_from_the_offer_to_treatment_after_the_return(doctor: Actor, case: Case) -> None:
    test = stepped(doctor, delivered(doctor, case), s.TREAT, s.CONTINUE, ago=3)
    assert test.state == "continued"
    assert (test.counselled_on, test.delivered_on, test.counselling) == (days_ago(25), days_ago(20), "given")
    for item in (test.what, test.result, test.onward):
        assert item is not None
        assert item.compartment == "health"
        assert b"words." not in bytes(item.ciphertext)


def test_he_03_nothing_is_taken_from_somebody_who_was_not_counselled(doctor: Actor, case: Case) -> None:
    test = offered(doctor, case)
    with pytest.raises(NotPossibleNow):
        stepped(doctor, test, s.TAKE, ago=10)
    again = stepped(doctor, test, s.COUNSEL, s.DECLINE, s.AGAIN, ago=10)
    with pytest.raises(NotPossibleNow):
        stepped(doctor, again, s.TAKE, ago=9)


def test_he_03_a_result_is_delivered_with_counselling_given_or_not_wanted(doctor: Actor, case: Case) -> None:
    test = stepped(doctor, offered(doctor, case), s.COUNSEL, s.TAKE, s.RESULT, ago=10)
    with pytest.raises(InvalidInput):
        care.step_test(actor=doctor, test=test, step=s.DELIVER, on=days_ago(9))
    told = care.step_test(actor=doctor, test=test, step=s.DELIVER, on=days_ago(9), counselling="declined")
    assert (told.state, told.counselling) == ("delivered", "declined")


def test_he_03_the_days_follow_one_another_and_none_is_to_come(doctor: Actor, case: Case) -> None:
    test = offered(doctor, case, ago=10)
    for ago in (11, -1):
        with pytest.raises(InvalidInput):
            stepped(doctor, test, s.COUNSEL, ago=ago)


@pytest.mark.parametrize("stage", vocabulary("health_stage").codes())
def test_he_03_what_is_offered_differs_by_stage(doctor: Actor, case: Case, stage: str) -> None:
    for offer in vocabulary("health_offer").codes():
        if offer in offers(stage) and offer != care.A_TEST:
            made = care.offer_care(actor=doctor, case=case, stage=stage, offer=offer, on=days_ago(1), words="Yes.")
            assert made.words.compartment == "health"
        else:
            with pytest.raises(InvalidInput):
                care.offer_care(actor=doctor, case=case, stage=stage, offer=offer, on=days_ago(1), words="Yes.")
    if care.A_TEST not in offers(stage):
        with pytest.raises(InvalidInput):
            care.offer_test(actor=doctor, case=case, stage=stage, what="Blood.", on=days_ago(1))


@pytest.mark.parametrize("role", [Role.CASE_MANAGER, Role.SHELTER_WORKER, Role.LAWYER, Role.MECHANISM_COORDINATOR])
def test_he_03_nobody_but_a_health_worker_records_a_test(mechanism: Mechanism, case: Case, role: Role) -> None:
    with pytest.raises(Refused):
        offered(mechanism.ngo.actor(role), case)


@given(st.lists(st.sampled_from(s.TEST.acts), max_size=12))
def test_he_03_however_the_steps_fall_what_was_taken_waits_until_it_is_delivered(steps: list[str]) -> None:
    state, owed = s.TEST.start, False
    for act in steps:
        if (state, act) in s.TEST.steps:
            state = s.TEST.steps[state, act].to
            owed = act == s.TAKE or (owed and act != s.DELIVER)
        assert holds_departure([state]) == owed

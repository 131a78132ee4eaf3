"""Before a referral goes: places, who is taken, the person's need and consent, and the mandate to refer."""

from __future__ import annotations

import pytest

from fener.casework.models import Referral
from fener.casework.services import referral_answers, referrals
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import GateClosed, NeedsConsent, Refused
from fener.trust.purposes import Purpose
from fener.trust.roles import Role
from tests.casework.paths import SHARED, accepted, case_with_need, need_of, offered
from tests.factories.casework import CaseFactory, consent_to
from tests.factories.network import Mechanism


def _codes(check: referrals.Check) -> set[str]:
    return {condition.code for condition in check.closed}


def test_the_check_names_every_condition_with_what_to_do(case_manager: Actor, mechanism: Mechanism) -> None:
    case = case_with_need(case_manager)
    check = referrals.check_referral(actor=case_manager, case=case, service=mechanism.shelter.service())
    assert _codes(check) == {"consent"}
    assert all(str(condition.text) and str(condition.what_to_do) for condition in check.conditions)


def test_a_full_service_is_said_before_anything_is_sent(case_manager: Actor, mechanism: Mechanism) -> None:
    service = mechanism.shelter.service(capacity=1, accepts_children_of_person=True)
    accepted(case_manager, mechanism.shelter, service=service)
    check = referrals.check_referral(actor=case_manager, case=case_with_need(case_manager), service=service)
    assert "capacity" in _codes(check)


def test_a_place_that_becomes_free_can_be_asked_for(case_manager: Actor, mechanism: Mechanism) -> None:
    service = mechanism.shelter.service(capacity=1)
    referral, worker = accepted(case_manager, mechanism.shelter, service=service)
    referral_answers.write_outcome(actor=worker, referral=referral, outcome="completed")
    check = referrals.check_referral(actor=case_manager, case=case_with_need(case_manager), service=service)
    assert "capacity" not in _codes(check)


@pytest.mark.parametrize(
    ("limits", "facts", "code"),
    [
        ({"genders": ["Feminine"]}, {}, "gender"),
        ({"max_age": 30}, {}, "age"),
        ({"min_age": 40}, {}, "age"),
        ({"capacity": 3}, {"children_with_person": 2, "number_of_children": 2}, "children"),
    ],
)
def test_who_a_service_does_not_take_is_said_before_anything_is_sent(
    case_manager: Actor, mechanism: Mechanism, limits: dict, facts: dict, code: str
) -> None:
    case = case_with_need(case_manager, facts={"age_at_contact": 34, "gender": "Masculine", **facts})
    check = referrals.check_referral(actor=case_manager, case=case, service=mechanism.shelter.service(**limits))
    assert code in _codes(check)


def test_what_is_not_known_stops_nothing(case_manager: Actor, mechanism: Mechanism) -> None:
    case = case_with_need(case_manager, facts={})
    service = mechanism.shelter.service(genders=["Feminine"], min_age=18)
    check = referrals.check_referral(actor=case_manager, case=case, service=service)
    assert {condition.code for condition in check.unknown} >= {"gender", "age"}
    assert _codes(check) == {"consent"}


def test_somebody_who_may_be_a_child_is_not_sent_among_adults(case_manager: Actor, mechanism: Mechanism) -> None:
    case = case_with_need(
        case_manager,
        child=True,
        facts={"age_at_contact": 19, "age_at_contact_certainty": "disputed", "gender": "Feminine"},
    )
    check = referrals.check_referral(actor=case_manager, case=case, service=mechanism.shelter.service(min_age=18))
    assert case.treated_as_child
    assert "age" in _codes(check)


def test_nothing_is_offered_where_a_condition_is_not_met(case_manager: Actor, mechanism: Mechanism) -> None:
    with pytest.raises(GateClosed) as refused:
        offered(case_manager, mechanism.shelter, service=mechanism.shelter.service(genders=["Feminine"]))
    assert [condition.code for condition in refused.value.result.closed] == ["gender"]
    assert not Referral.objects.unscoped(reason="test").exists()


def test_no_consent_no_referral(case_manager: Actor, mechanism: Mechanism) -> None:
    with pytest.raises(NeedsConsent):
        offered(case_manager, mechanism.shelter, consent=False)


def test_a_consent_for_fewer_parts_does_not_carry_more(case_manager: Actor, mechanism: Mechanism) -> None:
    case = case_with_need(case_manager)
    consent_to(case_manager, case, mechanism.shelter, Compartment.CONTACT)
    with pytest.raises(NeedsConsent):
        offered(case_manager, mechanism.shelter, case, consent=False, compartments=SHARED)


def test_a_consent_for_another_body_or_purpose_does_not_count(case_manager: Actor, mechanism: Mechanism) -> None:
    case = case_with_need(case_manager)
    consent_to(case_manager, case, mechanism.health, *SHARED)
    consent_to(case_manager, case, mechanism.shelter, *SHARED, purpose=Purpose.RECONTACT)
    with pytest.raises(NeedsConsent):
        offered(case_manager, mechanism.shelter, case, consent=False)


def test_referring_needs_the_mandate_to_refer(mechanism: Mechanism) -> None:
    actor = mechanism.decider.actor(Role.CASE_MANAGER)
    with pytest.raises(Refused, match="mandate"):
        offered(actor, mechanism.shelter)


def test_a_service_goes_where_the_person_named_a_need(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager)
    need_of(case_manager, case, "legal_advice")
    check = referrals.check_referral(actor=case_manager, case=case, service=mechanism.shelter.service())
    assert "need" in _codes(check)


def test_the_same_is_not_asked_twice_at_one_place(case_manager: Actor, mechanism: Mechanism) -> None:
    referral = offered(case_manager, mechanism.shelter)
    check = referrals.check_referral(actor=case_manager, case=referral.case, service=referral.service)
    assert "once" in _codes(check)

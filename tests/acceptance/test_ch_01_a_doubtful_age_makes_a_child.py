"""CH-01: where age is doubtful or disputed the person is treated as a child until it is decided; everything is kept."""

from __future__ import annotations

import pytest

from fener.casework.models import Case, Clock
from fener.casework.services import ages, cases, notes
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, GateClosed, InvalidInput
from tests.factories.casework import CaseFactory, consent_to
from tests.factories.network import Mechanism


def stored(case: Case) -> Case:
    return Case.objects.unscoped(reason="test").get(pk=case.pk)


def test_ch_01_a_dispute_makes_a_child_at_once_and_rings_for_a_guardian(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager, facts={"age_at_contact": 19})
    dispute = ages.raise_dispute(actor=case_manager, case=case, evidence="Looks much younger; school certificate.")
    assert case.treated_as_child
    assert stored(case).treated_as_child
    assert Clock.objects.filter(case=case, code="guardian_appointed", ended_at__isnull=True).exists()
    assert notes.open_words(actor=case_manager, case=case, item=dispute.evidence).endswith("certificate.")
    with pytest.raises(AlreadyDone):
        ages.raise_dispute(actor=case_manager, case=case)


def test_ch_01_while_it_is_open_no_fact_makes_an_adult_and_nobody_under_age_consents_alone(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    case = CaseFactory(actor=case_manager, facts={"age_at_contact": 19})
    ages.raise_dispute(actor=case_manager, case=case)
    cases.update_facts(actor=case_manager, case=case, version=case.version, facts={"age_at_contact": 22})
    assert stored(case).treated_as_child
    with pytest.raises(InvalidInput):
        consent_to(case_manager, stored(case), mechanism.shelter)


def test_ch_01_the_result_is_kept_with_its_reasons(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager, facts={"age_at_contact": 19})
    dispute = ages.raise_dispute(actor=case_manager, case=case)
    with pytest.raises(InvalidInput):
        ages.decide_dispute(actor=case_manager, dispute=dispute, result="adult", reasons="")
    done = ages.decide_dispute(actor=case_manager, dispute=dispute, result="adult", reasons="Birth certificate seen.")
    assert (done.result, done.decided_by_id) == ("adult", case_manager.user_id)
    assert done.decided_on is not None
    assert not stored(case).treated_as_child
    assert Clock.objects.get(case=case, code="guardian_appointed").end_reason == "adult"


def test_ch_01_decided_a_child_stays_a_child_and_the_wrong_age_goes(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager, facts={"age_at_contact": 19})
    dispute = ages.raise_dispute(actor=case_manager, case=case)
    ages.decide_dispute(actor=case_manager, dispute=dispute, result="child", reasons="Assessed.", age_at_contact=16)
    now = stored(case)
    assert (now.treated_as_child, now.age_at_contact, now.facts["minor"]) == (True, 16, "child")


def test_ch_01_an_adult_under_18_cannot_be_decided(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager, child=True)
    dispute = ages.raise_dispute(actor=case_manager, case=case)
    with pytest.raises(InvalidInput):
        ages.decide_dispute(actor=case_manager, dispute=dispute, result="adult", reasons="He says so.")


@pytest.mark.parametrize(
    "facts", [{"minor": "presumed_child"}, {"age_at_contact": 20, "age_at_contact_certainty": "disputed"}]
)
def test_ch_01_a_doubt_noted_at_the_opening_counts_as_well(case_manager: Actor, facts: dict[str, object]) -> None:
    with pytest.raises(GateClosed):
        CaseFactory(actor=case_manager, facts=facts)

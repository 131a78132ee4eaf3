"""AS-08: checked, offered to a desk, answered with a reason that counts, exactly the consented parts, to the end."""

from __future__ import annotations

import pytest

from fener.casework.models import Referral
from fener.casework.selectors import board, cases
from fener.casework.selectors import referrals as shown
from fener.casework.services import referral_answers
from fener.casework.services.compartments import open_compartment
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import GateClosed, InvalidInput, NotGranted, Refused
from fener.trust.models import ItemGrant
from fener.trust.purposes import Purpose
from fener.trust.roles import Role
from tests.casework.paths import accepted, offered
from tests.factories.network import Mechanism

SHARE = Purpose.SHARE_SERVICE


def test_as_08_capacity_and_eligibility_are_checked_before_anything_is_sent(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    full = mechanism.shelter.service(capacity=1)
    accepted(case_manager, mechanism.shelter, service=full)
    for service in (full, mechanism.shelter.service(genders=["Feminine"])):
        with pytest.raises(GateClosed) as refused:
            offered(case_manager, mechanism.shelter, service=service)
        assert refused.value.result.gate.rule == "gates/referral_offer"
    assert Referral.objects.unscoped(reason="test").count() == 1


def test_as_08_the_desk_sees_a_masked_preview_and_no_case_before_it_answers(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    referral = offered(case_manager, mechanism.shelter)
    worker = mechanism.shelter.actor(Role.SHELTER_WORKER)
    (waiting,) = shown.desk(worker).waiting
    assert waiting.preview["age_band"] == "25-34"
    assert referral.case.code not in str(waiting)
    assert not cases.visible(worker).exists()


def test_as_08_a_refusal_counts_and_leaves_nothing_with_the_desk(case_manager: Actor, mechanism: Mechanism) -> None:
    referral = offered(case_manager, mechanism.shelter)
    worker = mechanism.shelter.actor(Role.SHELTER_WORKER)
    with pytest.raises(InvalidInput):
        referral_answers.decline_referral(actor=worker, referral=referral, reason="")
    referral_answers.decline_referral(actor=worker, referral=referral, reason="not_eligible")
    seen = board.country(mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR))
    assert seen.declines == {"not_eligible": 1}
    assert seen.profiles_to_correct == {"Harbour House": 1}
    assert not ItemGrant.objects.filter(keeper_id=worker.keeper_id).exists()
    assert not shown.desk(worker).waiting


def test_as_08_acceptance_discloses_exactly_the_consented_parts(case_manager: Actor, mechanism: Mechanism) -> None:
    referral, worker = accepted(case_manager, mechanism.shelter, compartments=(Compartment.CONTACT,))
    case = referral.case
    assert open_compartment(actor=worker, case=case, compartment=Compartment.CONTACT, purpose=SHARE)
    for part in (Compartment.IDENTITY, Compartment.NARRATIVE):
        with pytest.raises((NotGranted, Refused)):
            open_compartment(actor=worker, case=case, compartment=part, purpose=SHARE)


def test_as_08_it_stays_open_until_its_outcome_is_written_back(case_manager: Actor, mechanism: Mechanism) -> None:
    referral, worker = accepted(case_manager, mechanism.shelter)
    assert [row.id for row in shown.desk(worker).accepted] == [referral.pk]
    referral_answers.write_outcome(actor=worker, referral=referral, outcome="started")
    assert [row.outcome for row in shown.desk(worker).accepted] == ["started"]
    referral_answers.write_outcome(actor=worker, referral=referral, outcome="completed")
    assert not shown.desk(worker).accepted
    (sent,) = shown.sent(case_manager, case=referral.case)
    assert (sent.state, sent.outcome) == ("ended", "completed")

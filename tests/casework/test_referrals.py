"""A referral: checked, offered with a masked preview, answered by a desk, open until its outcome is written back."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from fener.casework import access
from fener.casework.domain.machine import NotPossibleNow
from fener.casework.models import Case, CaseAccess, Referral, ServiceRecord
from fener.casework.selectors import cases as case_selectors
from fener.casework.selectors import referrals as shown
from fener.casework.selectors.worklist import today
from fener.casework.services import consents, needs, referral_answers, referrals
from fener.casework.services.compartments import open_compartment
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import AlreadyDone, GateClosed, InvalidInput, Locked, NeedsConsent, NotGranted, Refused
from fener.trust.models import AuditEntry, ItemGrant, SealedItem
from fener.trust.policy import Relationship
from fener.trust.purposes import Purpose
from fener.trust.roles import Role
from tests.casework.paths import SHARED, accepted, case_with_need, need_of, offered
from tests.factories.casework import IDENTITY, CaseFactory, consent_to
from tests.factories.network import Mechanism, locked

SHARE = Purpose.SHARE_SERVICE


def _open(actor: Actor, case: Case, part: Compartment = Compartment.IDENTITY) -> dict[str, object]:
    return open_compartment(actor=actor, case=case, compartment=part, purpose=SHARE)


def _codes(check: referrals.Check) -> set[str]:
    return {condition.code for condition in check.closed}


# -- the masked preview -----------------------------------------------------------------------------------------------


def test_the_preview_holds_bands_and_codes_and_nothing_that_names(case_manager: Actor, mechanism: Mechanism) -> None:
    case = case_with_need(
        case_manager,
        facts={"age_at_contact": 34, "gender": "Masculine", "citizenships": ["MD"], "children_with_person": 0},
    )
    referral = offered(case_manager, mechanism.shelter, case)
    seen = json.dumps(referral.preview)
    assert referral.preview["age_band"] == "25-34"
    assert referral.preview["languages"] == ["sr"]
    assert referral.preview["needs"] == ["shelter"]
    for hidden in (*IDENTITY.values(), case.code, case.alias, "MD", "+381", str(case.pk)):
        assert hidden not in seen


def test_before_an_answer_the_desk_has_no_case_and_no_key(case_manager: Actor, mechanism: Mechanism) -> None:
    referral = offered(case_manager, mechanism.shelter)
    worker = mechanism.shelter.actor(Role.CASE_MANAGER)
    assert not case_selectors.visible(worker).exists()
    with pytest.raises(Refused):
        _open(worker, referral.case)
    inbox = shown.desk(worker)
    assert [row.id for row in inbox.waiting] == [referral.pk]
    assert not hasattr(inbox.waiting[0], "case_code")


def test_a_key_that_lies_ready_opens_nothing_before_acceptance(case_manager: Actor, mechanism: Mechanism) -> None:
    from fener.trust import vault

    referral = offered(case_manager, mechanism.shelter)
    worker = mechanism.shelter.actor(Role.CASE_MANAGER)
    item = SealedItem.objects.get(subject_id=referral.case_id, compartment="identity", slot="main")
    with pytest.raises(NotGranted):
        vault.open_item(actor=worker, item=item, purpose=SHARE)


def test_a_locked_session_cannot_offer(case_manager: Actor, mechanism: Mechanism) -> None:
    case = case_with_need(case_manager)
    consent_to(case_manager, case, mechanism.shelter, *SHARED)
    with pytest.raises(Locked):
        offered(locked(case_manager), mechanism.shelter, case, consent=False)
    assert not Referral.objects.unscoped(reason="test").exists()


# -- the answer -------------------------------------------------------------------------------------------------------


def test_acceptance_discloses_exactly_the_parts_of_the_referral(case_manager: Actor, mechanism: Mechanism) -> None:
    referral, worker = accepted(case_manager, mechanism.shelter, compartments=(Compartment.IDENTITY,))
    assert _open(worker, referral.case)["first_name"] == IDENTITY["first_name"]
    with pytest.raises((NotGranted, Refused)):
        _open(worker, referral.case, Compartment.CONTACT)
    with pytest.raises((NotGranted, Refused)):
        _open(worker, referral.case, Compartment.NARRATIVE)
    got = ItemGrant.objects.filter(keeper_id=worker.keeper_id).values_list("item__compartment", flat=True)
    assert list(got) == ["identity"]


def test_what_the_sender_writes_between_offer_and_acceptance_is_disclosed_too(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    from fener.casework.services.compartments import save_compartment

    referral = offered(case_manager, mechanism.shelter)
    save_compartment(
        actor=case_manager,
        case=referral.case,
        compartment=Compartment.IDENTITY,
        version=1,
        content={**IDENTITY, "second_name": "Petrović"},
    )
    worker = mechanism.shelter.actor(Role.CASE_MANAGER)
    with pytest.raises(Refused):
        _open(worker, referral.case)
    referral_answers.accept_referral(actor=worker, referral=referral)
    assert _open(worker, referral.case)["second_name"] == "Petrović"


def test_acceptance_opens_the_record_of_the_service_on_the_persons_own_decision(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    referral, _worker = accepted(case_manager, mechanism.shelter)
    record = ServiceRecord.objects.get(referral=referral)
    assert (record.state, record.provider_id) == ("accepted", mechanism.shelter.id)
    assert record.answered_on == referral.consent.given_on


def test_only_the_desks_organisation_answers(case_manager: Actor, mechanism: Mechanism) -> None:
    referral = offered(case_manager, mechanism.shelter)
    stranger = mechanism.health.actor(Role.CASE_MANAGER)
    for actor in (stranger, case_manager):
        with pytest.raises(Refused):
            referral_answers.accept_referral(actor=actor, referral=referral)
    with pytest.raises(Refused) as refused:
        shown.get(stranger, referral.pk)
    assert refused.value.hidden


def test_a_second_acceptance_is_told_that_it_is_done(case_manager: Actor, mechanism: Mechanism) -> None:
    referral = offered(case_manager, mechanism.shelter)
    stale = Referral.objects.unscoped(reason="test").get(pk=referral.pk)
    first, second = mechanism.shelter.actor(Role.CASE_MANAGER), mechanism.shelter.actor(Role.CASE_MANAGER)
    referral_answers.accept_referral(actor=first, referral=referral)
    with pytest.raises(AlreadyDone):
        referral_answers.accept_referral(actor=second, referral=stale)
    with pytest.raises(AlreadyDone):
        referral_answers.decline_referral(actor=second, referral=referral, reason="full")
    assert ServiceRecord.objects.filter(case=referral.case).count() == 1


def test_a_consent_that_ran_out_meanwhile_discloses_nothing(case_manager: Actor, mechanism: Mechanism) -> None:
    case = case_with_need(case_manager)
    consent_to(case_manager, case, mechanism.shelter, *SHARED, days=1)
    referral = offered(case_manager, mechanism.shelter, case, consent=False)
    worker = mechanism.shelter.actor(Role.CASE_MANAGER)
    later = timezone.now() + timedelta(days=2)
    with pytest.raises(NeedsConsent, match="sender was told"):
        referral_answers.accept_referral(actor=worker, referral=referral, at=later)
    assert "consent" in [task.kind for task in today(case_manager, later)]
    referral.refresh_from_db()
    assert referral.state == "offered"
    assert not CaseAccess.objects.filter(organisation_id=worker.keeper_id).exists()


def test_a_refusal_leaves_nothing_with_the_desk(case_manager: Actor, mechanism: Mechanism) -> None:
    referral = offered(case_manager, mechanism.shelter)
    worker = mechanism.shelter.actor(Role.CASE_MANAGER)
    referral_answers.decline_referral(actor=worker, referral=referral, reason="needs_other", note="Needs a clinic.")
    referral.refresh_from_db()
    assert referral.preview == {}
    assert not ItemGrant.objects.filter(keeper_id=worker.keeper_id).exists()
    assert not CaseAccess.objects.filter(organisation_id=worker.keeper_id).exists()
    assert not ServiceRecord.objects.filter(case=referral.case).exists()
    with pytest.raises(Refused):
        shown.get(worker, referral.pk)


def test_a_refusal_needs_a_reason_of_the_list(case_manager: Actor, mechanism: Mechanism) -> None:
    referral = offered(case_manager, mechanism.shelter)
    worker = mechanism.shelter.actor(Role.CASE_MANAGER)
    for reason in ("", "because"):
        with pytest.raises(InvalidInput):
            referral_answers.decline_referral(actor=worker, referral=referral, reason=reason)


def test_full_counts_as_full_and_the_next_services_are_proposed(case_manager: Actor, mechanism: Mechanism) -> None:
    referral = offered(case_manager, mechanism.shelter)
    other = mechanism.other_ngo.service("shelter")
    worker = mechanism.shelter.actor(Role.CASE_MANAGER)
    referral_answers.decline_referral(actor=worker, referral=referral, reason="full")
    check = referrals.check_referral(actor=case_manager, case=case_with_need(case_manager), service=referral.service)
    assert "capacity" in _codes(check)
    proposed = shown.next_services(case_manager, case=referral.case, kind="shelter")
    assert [service.pk for service, _check in proposed] == [other.pk, referral.service.pk]
    later = timezone.now() + timedelta(days=8)
    check = referrals.check_referral(actor=case_manager, case=referral.case, service=referral.service, at=later)
    assert "capacity" not in _codes(check)


# -- afterwards -------------------------------------------------------------------------------------------------------


def test_an_accepted_referral_stays_open_until_its_outcome(case_manager: Actor, mechanism: Mechanism) -> None:
    referral, worker = accepted(case_manager, mechanism.shelter)
    referral_answers.write_outcome(actor=worker, referral=referral, outcome="started")
    assert referral.state == "accepted"
    assert _open(worker, referral.case)
    referral_answers.write_outcome(actor=worker, referral=referral, outcome="completed", note="He found a room.")
    assert referral.state == "ended"
    assert not case_selectors.visible(worker).exists()
    with pytest.raises(Refused):
        _open(worker, referral.case)
    assert ServiceRecord.objects.get(referral=referral).state == "delivered"


def test_the_outcome_is_read_by_the_sender(case_manager: Actor, mechanism: Mechanism) -> None:
    from fener.casework.services.notes import open_words

    referral, worker = accepted(case_manager, mechanism.shelter)
    referral_answers.write_outcome(actor=worker, referral=referral, outcome="completed", note="He found a room.")
    assert open_words(actor=case_manager, case=referral.case, item=referral.outcome_note) == "He found a room."


def test_an_outcome_fits_what_was_asked_for(case_manager: Actor, mechanism: Mechanism) -> None:
    referral, worker = accepted(case_manager, mechanism.shelter)
    with pytest.raises(InvalidInput):
        referral_answers.write_outcome(actor=worker, referral=referral, outcome="decided")


def test_the_sender_takes_a_referral_back_at_once(case_manager: Actor, mechanism: Mechanism) -> None:
    referral, worker = accepted(case_manager, mechanism.shelter)
    referrals.withdraw_referral(actor=case_manager, referral=referral)
    assert not case_selectors.visible(worker).exists()
    assert not ItemGrant.objects.filter(keeper_id=worker.keeper_id, item__slot="main").exists()
    with pytest.raises(NotPossibleNow):
        referrals.withdraw_referral(actor=case_manager, referral=referral)


def test_co_05_after_withdrawal_the_shelter_opens_nothing_and_the_case_is_gone_from_its_list(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    referral, worker = accepted(case_manager, mechanism.shelter)
    assert _open(worker, referral.case)
    assert case_selectors.visible(worker).filter(pk=referral.case_id).exists()
    consents.withdraw(actor=case_manager, consent=referral.consent)
    with pytest.raises(Refused) as refused:
        _open(worker, referral.case)
    assert refused.value.hidden
    assert not case_selectors.visible(worker).exists()
    assert not shown.desk(worker).accepted
    referral.refresh_from_db()
    assert (referral.state, referral.preview) == ("withdrawn", {})


def test_an_offer_goes_with_its_consent(case_manager: Actor, mechanism: Mechanism) -> None:
    referral = offered(case_manager, mechanism.shelter)
    worker = mechanism.shelter.actor(Role.CASE_MANAGER)
    consents.withdraw(actor=case_manager, consent=referral.consent)
    assert not shown.desk(worker).waiting
    with pytest.raises(AlreadyDone):
        referral_answers.accept_referral(actor=worker, referral=Referral.objects.for_actor(worker).get())
    assert not ItemGrant.objects.filter(keeper_id=worker.keeper_id).exists()


def test_an_override_discloses_and_is_no_acceptance_by_the_person(case_manager: Actor, mechanism: Mechanism) -> None:
    from fener.trust import overrides

    case = case_with_need(case_manager)
    asked = overrides.request_override(
        actor=case_manager,
        relationship=Relationship.ASSIGNED,
        subject_id=case.pk,
        recipient_id=mechanism.shelter.id,
        compartments=[Compartment.IDENTITY],
        legal_basis="Act on social protection, article 9",
        reason="Danger to life.",
        until=timezone.localdate() + timedelta(days=3),
    )
    colleague = mechanism.ngo.actor(Role.CASE_MANAGER)
    overrides.confirm_override(actor=colleague, relationship=Relationship.SAME_ORGANISATION, override=asked)
    referral, worker = accepted(case_manager, mechanism.shelter, case, consent=False, compartments=(SHARED[0],))
    assert (referral.consent, referral.override) == (None, asked)
    assert _open(worker, case)["first_name"] == IDENTITY["first_name"]
    assert ServiceRecord.objects.get(referral=referral).state == "offered"


def test_one_of_two_referrals_that_ends_takes_only_its_own_parts(case_manager: Actor, mechanism: Mechanism) -> None:
    case = case_with_need(case_manager)
    need_of(case_manager, case, "legal_advice")
    first, worker = accepted(case_manager, mechanism.shelter, case, compartments=(Compartment.IDENTITY,))
    second = offered(
        case_manager,
        mechanism.shelter,
        case,
        service=mechanism.shelter.service("legal_advice"),
        compartments=(Compartment.CONTACT,),
    )
    referral_answers.accept_referral(actor=worker, referral=second)
    referral_answers.write_outcome(actor=worker, referral=first, outcome="completed")
    assert case_selectors.visible(worker).exists()
    assert _open(worker, case, Compartment.CONTACT)
    with pytest.raises((NotGranted, Refused)):
        _open(worker, case, Compartment.IDENTITY)


def test_every_step_is_on_the_cases_audit_chain(case_manager: Actor, mechanism: Mechanism) -> None:
    referral, worker = accepted(case_manager, mechanism.shelter)
    referral_answers.write_outcome(actor=worker, referral=referral, outcome="completed")
    acts = AuditEntry.objects.filter(subject_id=referral.pk).order_by("seq").values_list("act", flat=True)
    assert list(acts) == ["referral.offer", "referral.accept", "referral.outcome"]


def test_an_assessment_goes_to_a_body_with_the_mandate(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager)
    parts = (Compartment.IDENTITY, Compartment.NARRATIVE)
    for body in (mechanism.police, mechanism.shelter):
        consent_to(case_manager, case, body, *parts, purpose=Purpose.IDENTIFICATION)
    with pytest.raises(GateClosed) as refused:
        referrals.offer_referral(
            actor=case_manager,
            case=case,
            kind="assessment",
            desk=mechanism.shelter.desk("assessment"),
            compartments=parts,
        )
    assert [c.code for c in refused.value.result.closed] == ["mandate"]
    referral = referrals.offer_referral(
        actor=case_manager, case=case, kind="assessment", desk=mechanism.police.desk("assessment"), compartments=parts
    )
    officer = mechanism.police.actor(Role.FRONTLINE_OFFICER)
    referral_answers.accept_referral(actor=officer, referral=referral)
    assert access.referral_relationships(officer, referral) == {Relationship.REFERRED_TO}
    assert not ServiceRecord.objects.exists()


def test_a_need_is_recorded_for_a_kind_of_the_catalogue(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    with pytest.raises(InvalidInput):
        needs.record_need(actor=case_manager, case=case, kind="horoscope")

"""Consents on a case: withdrawal takes everything with it that rests on the sentence, and says what it cannot undo."""

from __future__ import annotations

import pytest

from fener.casework.models import CaseAccess, Referral
from fener.casework.selectors import cases
from fener.casework.selectors.history import who_knows
from fener.casework.services import compartments, consents
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import AlreadyDone, InvalidInput, NotGranted, Refused
from fener.trust.models import Consent, ItemGrant
from fener.trust.roles import Role
from tests.factories.casework import IDENTITY, CaseFactory, consent_to, shared_with
from tests.factories.network import Mechanism


def test_withdrawal_takes_access_keys_and_referral_at_once(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager)
    referral, consent = shared_with(case_manager, case, mechanism.shelter)
    worker = mechanism.shelter.actor(Role.CASE_MANAGER)
    opened = {"actor": worker, "case": case, "compartment": "identity", "purpose": "share_service"}
    assert compartments.open_compartment(**opened) == IDENTITY
    done = consents.withdraw(actor=case_manager, consent=consent)
    assert [o.pk for o in done.lost_access] == [mechanism.shelter.organisation.pk]
    assert "cannot be unread" in str(done.messages[0])
    with pytest.raises((Refused, NotGranted)):
        compartments.open_compartment(**opened)
    with pytest.raises(Refused):
        cases.get(worker, case.code)
    assert not ItemGrant.objects.filter(keeper=consent.recipient).exists()
    assert Referral.objects.unscoped(reason="test").get(pk=referral.pk).state == "withdrawn"
    with pytest.raises(AlreadyDone):
        consents.withdraw(actor=case_manager, consent=consent)


def test_another_sentence_that_stands_keeps_its_own_part(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager)
    shared_with(case_manager, case, mechanism.shelter, Compartment.IDENTITY, days=30)
    _referral, longer = shared_with(
        case_manager, case, mechanism.shelter, Compartment.IDENTITY, Compartment.CONTACT, days=60
    )
    done = consents.withdraw(actor=case_manager, consent=longer)
    assert [o.pk for o in done.still_sees] == [mechanism.shelter.organisation.pk]
    worker = mechanism.shelter.actor(Role.CASE_MANAGER)
    opened = {"actor": worker, "case": case, "purpose": "share_service"}
    assert compartments.open_compartment(compartment="identity", **opened) == IDENTITY
    with pytest.raises(NotGranted):
        compartments.open_compartment(compartment="contact", **opened)


def test_the_recipient_may_record_a_withdrawal_of_its_own_sentence_only(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    case = CaseFactory(actor=case_manager)
    _referral, mine = shared_with(case_manager, case, mechanism.shelter)
    others = consent_to(case_manager, case, mechanism.police, purpose="share_police")
    worker = mechanism.shelter.actor(Role.CASE_MANAGER)
    with pytest.raises(Refused):
        consents.withdraw(actor=worker, consent=others)
    with pytest.raises(Refused):
        consents.withdraw(actor=mechanism.other_ngo.actor(Role.CASE_MANAGER), consent=mine)
    consents.withdraw(actor=worker, consent=mine)
    assert not CaseAccess.objects.filter(case=case, relationship="referred_to").exists()


def test_taking_back_the_keeping_says_what_happens_next(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    keep = Consent.objects.get(subject_id=case.pk, purpose="keep")
    done = consents.withdraw(actor=case_manager, consent=keep)
    assert "Its erasure is proposed" in str(done.messages[0])
    assert cases.get(case_manager, case.code)[0] == case


def test_a_childs_sentence_is_the_guardians_with_the_childs_assent(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager, child=True)
    with pytest.raises(InvalidInput):
        consent_to(case_manager, case, mechanism.shelter)
    with pytest.raises(InvalidInput):
        consent_to(case_manager, case, mechanism.shelter, giver="guardian", child_assent=False)
    assert consent_to(case_manager, case, mechanism.shelter, giver="guardian", child_assent=True).child_assent


def test_who_has_known_what_when_and_why(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager)
    _referral, consent = shared_with(case_manager, case, mechanism.shelter)
    worker = mechanism.shelter.actor(Role.CASE_MANAGER)
    compartments.open_compartment(actor=worker, case=case, compartment="contact", purpose="share_service")
    consents.withdraw(actor=case_manager, consent=consent)
    lines = who_knows(case_manager, case)
    read = next(line for line in lines if line.kind == "read")
    assert (read.organisation, read.compartments) == (mechanism.shelter.organisation.name, ("contact",))
    assert (read.purpose, read.ground) == ("share_service", consent)
    assert {line.kind for line in lines} == {"read", "given", "taken"}
    given = next(line for line in lines if line.act == "item.grant")
    assert given.recipient == mechanism.shelter.organisation.name
    with pytest.raises(Refused):
        who_knows(worker, case)

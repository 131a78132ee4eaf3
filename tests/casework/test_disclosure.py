"""A referral tells the parts that it names and no others, whenever they are written, and nothing after its end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fener.casework.models import Case, Referral
from fener.casework.selectors import file as files
from fener.casework.selectors.history import who_knows
from fener.casework.services import consents, referral_answers, referrals
from fener.casework.services.compartments import main_item, open_compartment, save_compartment
from fener.casework.services.referral_disclosure import open_told
from fener.network.models import Organisation
from fener.trust import vault
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import Locked, NotGranted, Refused
from fener.trust.models import AuditEntry, SealedItem
from fener.trust.purposes import Purpose
from fener.trust.roles import Role
from tests.casework.paths import accepted, case_with_need, need_of, offered
from tests.factories.assessing import asked_to_assess, assess
from tests.factories.casework import CONTACT, IDENTITY, NARRATIVE, CaseFactory, consent_to
from tests.factories.network import Body, Mechanism, locked

LEGAL = {"permit_number": "A-77120"}
BOTH = (Compartment.IDENTITY, Compartment.LEGAL)


def write_legal(actor: Actor, case: Case) -> SealedItem:
    return save_compartment(actor=actor, case=case, compartment=Compartment.LEGAL, version=0, content=LEGAL)


def opens(actor: Actor, case: Case, part: Compartment) -> dict[str, object]:
    return open_compartment(actor=actor, case=case, compartment=part, purpose=Purpose.SHARE_SERVICE)


def has_key(actor: Actor, case: Case, part: Compartment) -> bool:
    """Whether the keys alone would open it, past every page and policy."""
    item = main_item(case, part)
    assert item is not None
    return vault.may_open(actor, item, timezone.now())


def second_offer(actor: Actor, body: Body, case: Case, *parts: Compartment) -> Referral:
    """A referral to the same body for something else."""
    need_of(actor, case, "legal_advice")
    return offered(actor, body, case, service=body.service("legal_advice"), compartments=parts)


# -- facts beside a name ----------------------------------------------------------------------------------------------

FACTS = {"gender": "Masculine", "age_at_contact": 34, "exploitation": ["ForcedLabour"], "citizenships": ["MD"]}


@pytest.mark.parametrize(
    ("parts", "seen"),
    [
        ((Compartment.IDENTITY,), {"gender", "age_at_contact"}),
        ((Compartment.IDENTITY, Compartment.NARRATIVE), set(FACTS)),
    ],
)
def test_how_somebody_was_exploited_is_shown_to_a_recipient_who_may_read_what_happened(
    case_manager: Actor, mechanism: Mechanism, parts: tuple[Compartment, ...], seen: set[str]
) -> None:
    case = case_with_need(case_manager, facts=FACTS)
    _referral, worker = accepted(case_manager, mechanism.shelter, case, compartments=parts)
    assert set(files.file(worker, case.code).facts) == seen
    assert set(files.file(case_manager, case.code).facts) == set(FACTS)


# -- what is written later --------------------------------------------------------------------------------------------


def test_what_the_consent_allows_and_the_referral_does_not_name_stays_closed_when_it_is_written_later(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    case = case_with_need(case_manager)
    consent_to(case_manager, case, mechanism.shelter, *BOTH)
    _referral, worker = accepted(
        case_manager, mechanism.shelter, case, compartments=(Compartment.IDENTITY,), consent=False
    )
    write_legal(case_manager, case)
    assert not has_key(worker, case, Compartment.LEGAL)
    with pytest.raises(NotGranted):
        opens(worker, case, Compartment.LEGAL)


def test_a_part_that_is_named_and_written_later_opens_after_acceptance_and_not_before(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    referral = offered(case_manager, mechanism.shelter, compartments=BOTH)
    write_legal(case_manager, referral.case)
    worker = mechanism.shelter.actor(Role.CASE_MANAGER)
    assert not has_key(worker, referral.case, Compartment.LEGAL)
    referral_answers.accept_referral(actor=worker, referral=referral)
    assert opens(worker, referral.case, Compartment.LEGAL) == LEGAL


def test_a_withdrawal_hands_out_nothing_that_no_other_referral_names(case_manager: Actor, mechanism: Mechanism) -> None:
    case = case_with_need(case_manager)
    write_legal(case_manager, case)
    need_of(case_manager, case, "legal_advice")
    wide = consent_to(case_manager, case, mechanism.shelter, *BOTH, days=60)
    _first, worker = accepted(
        case_manager, mechanism.shelter, case, compartments=(Compartment.IDENTITY,), consent=False
    )
    narrow = consent_to(case_manager, case, mechanism.shelter, Compartment.CONTACT, days=30)
    accepted(
        case_manager,
        mechanism.shelter,
        case,
        service=mechanism.shelter.service("legal_advice"),
        compartments=(Compartment.CONTACT,),
        consent=False,
    )
    consents.withdraw(actor=case_manager, consent=narrow)
    assert wide.withdrawn_at is None
    assert opens(worker, case, Compartment.IDENTITY) == IDENTITY
    assert not has_key(worker, case, Compartment.LEGAL)
    assert not has_key(worker, case, Compartment.CONTACT)


# -- after the end ----------------------------------------------------------------------------------------------------


def test_an_offer_that_nobody_accepted_keeps_no_key_alive_after_the_end_of_another_referral(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    first, worker = accepted(case_manager, mechanism.shelter, compartments=(Compartment.IDENTITY,))
    second = second_offer(case_manager, mechanism.shelter, first.case, Compartment.IDENTITY)
    referral_answers.write_outcome(actor=worker, referral=first, outcome="completed")
    assert not has_key(worker, first.case, Compartment.IDENTITY)
    with pytest.raises(Refused):
        opens(worker, first.case, Compartment.IDENTITY)
    referral_answers.accept_referral(actor=worker, referral=second)
    assert opens(worker, first.case, Compartment.IDENTITY) == IDENTITY


def test_the_key_of_an_offer_rests_on_its_own_consent(case_manager: Actor, mechanism: Mechanism) -> None:
    case, identity = case_with_need(case_manager), (Compartment.IDENTITY,)
    yesterday = timezone.localdate() - timedelta(days=1)
    consent_to(case_manager, case, mechanism.shelter, *identity, given_on=yesterday)
    first, worker = accepted(case_manager, mechanism.shelter, case, compartments=identity, consent=False)
    second = second_offer(case_manager, mechanism.shelter, case, *identity)
    assert first.consent is not None
    assert second.consent is not None
    assert first.consent.pk != second.consent.pk
    consents.withdraw(actor=case_manager, consent=first.consent)
    assert not has_key(worker, first.case, Compartment.IDENTITY)
    second.refresh_from_db()
    referral_answers.accept_referral(actor=worker, referral=second)
    assert opens(worker, first.case, Compartment.IDENTITY) == IDENTITY


def test_a_worker_without_the_organisations_key_can_still_record_a_withdrawal(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    first, worker = accepted(case_manager, mechanism.shelter)
    second_offer(case_manager, mechanism.shelter, first.case, Compartment.IDENTITY)
    colleague = mechanism.ngo.actor(Role.CASE_MANAGER)
    assert first.consent is not None
    consents.withdraw(actor=locked(colleague), consent=first.consent)
    assert not has_key(worker, first.case, Compartment.CONTACT)


# -- who assesses and has no case -------------------------------------------------------------------------------------

TOLD = (Compartment.IDENTITY, Compartment.NARRATIVE)


@pytest.fixture
def asked(case_manager: Actor, mechanism: Mechanism) -> tuple[Actor, Referral]:
    """An officer of the police whose desk accepted to assess, with consent to name and story and not to the number."""
    case = CaseFactory(actor=case_manager)
    consent_to(case_manager, case, mechanism.police, *TOLD, Compartment.CONTACT, purpose=Purpose.IDENTIFICATION)
    referral = referrals.offer_referral(
        actor=case_manager, case=case, kind="assessment", desk=mechanism.police.desk("assessment"), compartments=TOLD
    )
    officer = mechanism.police.actor(Role.FRONTLINE_OFFICER)
    return officer, referral_answers.accept_referral(actor=officer, referral=referral)


def test_an_officer_reads_what_the_person_was_told_the_officer_reads_and_the_person_can_see_that(
    asked: tuple[Actor, Referral], case_manager: Actor
) -> None:
    officer, referral = asked
    assert open_told(actor=officer, referral=referral, compartment="identity") == IDENTITY
    assert open_told(actor=officer, referral=referral, compartment="narrative") == NARRATIVE
    read = AuditEntry.objects.filter(act="item.open", actor_id=officer.user_id).latest("pk")
    assert read.purpose == "identification"
    told = [one for one in who_knows(case_manager, referral.case) if one.kind == "read"]
    assert {one.organisation for one in told} == {Organisation.objects.get(pk=officer.keeper_id).name}


@pytest.mark.parametrize("part", [part for part in Compartment if part not in TOLD])
def test_an_officer_reads_nothing_beside_it(asked: tuple[Actor, Referral], part: Compartment) -> None:
    officer, referral = asked
    with pytest.raises((Refused, NotGranted)):
        open_told(actor=officer, referral=referral, compartment=part)


def test_what_others_wrote_about_the_person_is_for_who_decides_and_not_for_who_assesses(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    case = CaseFactory(actor=case_manager)
    words = assess(case_manager, case).reasons
    assert words is not None
    officer, _referral = asked_to_assess(case_manager, case, mechanism.police)
    assert not vault.may_open(officer, SealedItem.objects.get(pk=words.pk), timezone.now())


@pytest.mark.parametrize("part", list(Compartment))
def test_before_acceptance_and_after_the_outcome_an_officer_reads_nothing(
    asked: tuple[Actor, Referral], case_manager: Actor, mechanism: Mechanism, part: Compartment
) -> None:
    officer, referral = asked
    referral_answers.write_outcome(actor=officer, referral=referral, outcome="assessed")
    with pytest.raises(Refused):
        open_told(actor=officer, referral=referral, compartment=part)
    again = referrals.offer_referral(
        actor=case_manager,
        case=referral.case,
        kind="assessment",
        desk=mechanism.police.desk("assessment"),
        compartments=TOLD,
    )
    with pytest.raises(Refused):
        open_told(actor=officer, referral=again, compartment=part)


def test_withdrawn_consent_closes_it_for_the_officer_too(asked: tuple[Actor, Referral], case_manager: Actor) -> None:
    officer, referral = asked
    assert referral.consent is not None
    consents.withdraw(actor=case_manager, consent=referral.consent)
    referral.refresh_from_db()
    with pytest.raises(Refused):
        open_told(actor=officer, referral=referral, compartment="identity")


def test_a_locked_officer_and_another_body_read_nothing(asked: tuple[Actor, Referral], mechanism: Mechanism) -> None:
    officer, referral = asked
    with pytest.raises(Locked):
        open_told(actor=locked(officer), referral=referral, compartment="identity")
    for stranger in (mechanism.inspection.actor(Role.FRONTLINE_OFFICER), mechanism.shelter.actor(Role.CASE_MANAGER)):
        with pytest.raises(Refused):
            open_told(actor=stranger, referral=referral, compartment="identity")


def test_the_page_leads_to_the_parts_and_names_no_case(
    asked: tuple[Actor, Referral], signed_in: Callable[..., Client]
) -> None:
    officer, referral = asked
    browser = signed_in(officer)
    address = reverse("casework:referral_told", args=[referral.pk, "identity"])
    page = browser.get(reverse("casework:referral", args=[referral.pk])).content.decode()
    assert page.count(f'action="{address}"') == 1
    assert "/told/contact/" not in page
    assert browser.get(address).status_code == 405
    opened = browser.post(address)
    text = opened.content.decode()
    assert opened.status_code == 200
    assert "no-store" in opened["Cache-Control"]
    assert IDENTITY["first_name"] in text
    for hidden in (referral.case.code, referral.case.alias, *CONTACT.values(), *NARRATIVE.values()):
        assert str(hidden) not in text
    for absent in ("contact", "health", "nothing"):
        assert browser.post(reverse("casework:referral_told", args=[referral.pk, absent])).status_code == 404

"""The end of a screening: one organisation is told one thing, or nobody is told anything."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from fener.contact import selectors
from fener.contact.models import Intake, Screening
from fener.contact.services import intakes, offers, screenings
from fener.trust import keys, vault
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import InvalidInput, NotGranted, Refused
from fener.trust.models import AuditEntry, Consent, ItemGrant, SealedItem
from fener.trust.purposes import Purpose
from fener.trust.roles import Role
from tests.conftest import NOW
from tests.factories.contact import CHILD, REACH, ready, sent, started
from tests.factories.network import Mechanism


@pytest.fixture
def inspector(mechanism: Mechanism) -> Actor:
    return mechanism.inspection.actor(Role.FRONTLINE_OFFICER)


def test_the_consent_is_a_sentence_on_the_screening_for_one_recipient(mechanism: Mechanism, inspector: Actor) -> None:
    intake = sent(inspector, mechanism.ngo, interpreter="Oksana Yalynova")
    consent = Consent.objects.get()
    assert intake.consent == consent
    assert (consent.subject_id, consent.recipient_id) == (intake.screening_id, mechanism.ngo.id)
    assert (consent.purpose, consent.compartments) == (Purpose.SHARE_SERVICE, [Compartment.CONTACT])
    assert (consent.language, consent.interpreter) == ("sr", "Oksana Yalynova")
    assert (consent.text_id, consent.text_version) == ("texts/share_service", "1.0")
    assert consent.until == NOW.date() + timedelta(days=30)


def test_only_the_receiving_organisation_has_a_key(mechanism: Mechanism, inspector: Actor) -> None:
    intake = sent(inspector, mechanism.ngo)
    assert list(ItemGrant.objects.values_list("keeper_id", flat=True)) == [mechanism.ngo.id]
    receiver = mechanism.ngo.actor(Role.CASE_MANAGER)
    assert intakes.open_contact(actor=receiver, intake=intake) == REACH


def test_the_officers_organisation_cannot_open_it_even_with_its_keys_in_hand(
    mechanism: Mechanism, inspector: Actor
) -> None:
    intake = sent(inspector, mechanism.ngo)
    item, grant = SealedItem.objects.get(), ItemGrant.objects.get()
    assert intake.sealed == item
    for actor in (inspector, mechanism.inspection.actor(Role.CASE_MANAGER)):
        assert not vault.may_open(actor, item, timezone.now())
        with pytest.raises(NotGranted):
            vault.open_item(actor=actor, item=item, purpose=Purpose.SHARE_SERVICE)
    assert inspector.keyring is not None
    private = inspector.keyring.keeper_private(mechanism.inspection.organisation.pk)
    with pytest.raises(keys.DoesNotOpen):
        keys.open_sealed(private, bytes(grant.sealed_data_key), bound_to=vault._grant_context(item, grant.keeper_id))


def test_the_receiving_organisation_opens_the_contact_and_nothing_of_the_screening(
    mechanism: Mechanism, inspector: Actor
) -> None:
    intake = sent(inspector, mechanism.ngo)
    receiver = mechanism.ngo.actor(Role.CASE_MANAGER)
    with pytest.raises(Refused):
        selectors.open_screening(receiver, intake.screening_id)
    seen = selectors.intake(receiver, intake.code)
    assert "answers" not in seen.summary
    assert "suggests" not in seen.summary
    assert "papers-kept" not in str(seen.summary)


def test_nothing_of_the_contact_stands_in_the_open(mechanism: Mechanism, inspector: Actor) -> None:
    intake = sent(inspector, mechanism.ngo)
    stored = Screening.objects.unscoped(reason="everything that is stored").values().get()
    row = Intake.objects.unscoped(reason="everything that is stored").filter(pk=intake.pk).values().get()
    told = f"{stored} {row} {list(AuditEntry.objects.values())}"
    assert not [value for value in REACH.values() if value in told and value != "call"]


def test_the_key_ends_with_the_consent(mechanism: Mechanism, inspector: Actor) -> None:
    intake = sent(inspector, mechanism.ngo)
    receiver = mechanism.ngo.actor(Role.CASE_MANAGER)
    with time_machine.travel(NOW + timedelta(days=30), tick=False):
        assert intakes.open_contact(actor=receiver, intake=intake) == REACH
    with time_machine.travel(NOW + timedelta(days=31), tick=False), pytest.raises(NotGranted):
        intakes.open_contact(actor=receiver, intake=intake)


def test_closed_it_is_gone_for_the_officer(mechanism: Mechanism, inspector: Actor) -> None:
    screening = ready(inspector)
    sent(inspector, mechanism.ngo, screening)
    with pytest.raises(Refused):
        selectors.open_screening(inspector, screening.pk)
    for act in (
        lambda: screenings.answer_question(actor=inspector, screening=screening, question_id="hurt", answer="no"),
        lambda: screenings.raise_alarm(actor=inspector, screening=screening),
        lambda: offers.record_decline(actor=inspector, screening=screening, reason="", at=timezone.now()),
        lambda: sent(inspector, mechanism.ngo, screening),
    ):
        with pytest.raises(InvalidInput, match="closed"):
            act()


def test_a_second_tab_cannot_send_it_twice(mechanism: Mechanism, inspector: Actor) -> None:
    screening = ready(inspector)
    stale = selectors.open_screening(inspector, screening.pk)
    sent(inspector, mechanism.ngo, screening)
    with pytest.raises(InvalidInput, match="closed"):
        sent(inspector, mechanism.ngo, stale)
    assert Intake.objects.unscoped(reason="counting").count() == 1


def test_some_way_to_reach_the_person_is_needed(mechanism: Mechanism, inspector: Actor) -> None:
    with pytest.raises(InvalidInput, match="how the person wants to be reached"):
        sent(inspector, mechanism.ngo, contact={"number": "  "})


def test_a_desk_that_receives_no_first_contacts_is_refused(mechanism: Mechanism, inspector: Actor) -> None:
    screening = ready(inspector)
    with pytest.raises(InvalidInput) as refused:
        offers.send_with_agreement(
            actor=inspector,
            screening=screening,
            desk=mechanism.shelter.desk("service"),
            contact=REACH,
            language="sr",
            at=timezone.now(),
        )
    assert "desk" in refused.value.errors
    assert not Consent.objects.exists()


def test_a_no_sends_nothing_to_anybody(inspector: Actor) -> None:
    screening = offers.record_decline(actor=inspector, screening=ready(inspector), reason="afraid", at=timezone.now())
    assert (screening.state, screening.offer_answer) == (Screening.State.CLOSED, Screening.Answer.DECLINED)
    assert not Consent.objects.exists()
    assert not SealedItem.objects.exists()
    assert not Intake.objects.unscoped(reason="counting").exists()


def test_a_made_up_reason_is_refused(inspector: Actor) -> None:
    with pytest.raises(InvalidInput):
        offers.record_decline(actor=inspector, screening=ready(inspector), reason="lies", at=timezone.now())


def test_a_child_is_passed_on_with_the_childs_yes_and_as_urgent(mechanism: Mechanism, inspector: Actor) -> None:
    intake = sent(inspector, mechanism.ngo, ready(inspector, CHILD, {}), child_assent=True)
    assert (intake.consent, intake.urgent, intake.summary["child"]) == (None, True, True)
    assert intakes.open_contact(actor=mechanism.ngo.actor(Role.CASE_MANAGER), intake=intake) == REACH


def test_a_child_who_says_no_is_not_passed_on_as_agreed(mechanism: Mechanism, inspector: Actor) -> None:
    with pytest.raises(InvalidInput, match="Ask the child"):
        sent(inspector, mechanism.ngo, ready(inspector, CHILD, {}), child_assent=False)


def test_a_guardian_consents_for_a_child_who_assents(mechanism: Mechanism, inspector: Actor) -> None:
    sent(inspector, mechanism.ngo, ready(inspector, CHILD, {}), guardian=True, child_assent=True)
    consent = Consent.objects.get()
    assert (consent.giver, consent.child_assent) == (Consent.Giver.GUARDIAN, True)


def test_an_unfinished_screening_can_be_answered_by_an_offer_but_not_closed(
    mechanism: Mechanism, inspector: Actor
) -> None:
    screening = started(inspector)
    with pytest.raises(InvalidInput, match="Finish"):
        offers.close_without_offer(actor=inspector, screening=screening, at=timezone.now())
    assert not offers.may_close(screening)
    sent(inspector, mechanism.ngo, screening)

"""CO-03: any disclosure is refused without a living consent that names recipient, purpose and compartments, or a
logged override with legal basis and two persons."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from fener.trust import consent as consents
from fener.trust import overrides, vault
from fener.trust.compartments import Compartment
from fener.trust.errors import InvalidInput, NeedsConsent, NotGranted
from fener.trust.models import AuditEntry, Keeper, SealedItem
from fener.trust.policy import Relationship
from fener.trust.purposes import Purpose
from tests.trust.files import give_consent, seal
from tests.trust.people import Person, make_keeper, make_person

pytestmark = pytest.mark.django_db


class Story:
    """Mira's NGO holds a person's contact; Arben's shelter would like to have it."""

    def __init__(self) -> None:
        self.mira, self.arben = make_person("mira"), make_person("arben")
        self.ngo, self.shelter = make_keeper(self.mira), make_keeper(self.arben)
        self.subject_id: UUID = uuid4()
        self.item: SealedItem = seal(self.mira.at(self.ngo), self.subject_id, Compartment.CONTACT)

    def ground(self, **changes: object) -> object:
        asked = {
            "subject_id": self.subject_id,
            "recipient_id": self.shelter.pk,
            "purpose": Purpose.SHARE_SERVICE,
            "compartments": [Compartment.CONTACT],
            "on": timezone.now(),
        }
        return consents.ground_for(**{**asked, **changes})  # type: ignore[arg-type]

    def opens(self, person: Person, keeper: Keeper) -> bool:
        try:
            vault.open_item(actor=person.at(keeper), item=self.item, purpose="share_service")
        except NotGranted:
            return False
        return True


@pytest.fixture
def story() -> Story:
    return Story()


def test_co_03_without_consent_or_override_there_is_no_ground_and_no_key(story: Story) -> None:
    with pytest.raises(NeedsConsent):
        story.ground()
    with pytest.raises(NotGranted):
        vault.grant(actor=story.mira.at(story.ngo), item=story.item, keeper_id=story.shelter.pk)
    assert not story.opens(story.arben, story.shelter)


@pytest.mark.parametrize("wrong", ["recipient", "purpose", "compartment", "person", "time"])
def test_co_03_a_consent_that_names_something_else_is_no_ground(story: Story, wrong: str) -> None:
    actor = story.mira.at(story.ngo)
    third = make_keeper(make_person("third"))
    give_consent(
        actor,
        uuid4() if wrong == "person" else story.subject_id,
        third if wrong == "recipient" else story.shelter,
        [Compartment.LEGAL if wrong == "compartment" else Compartment.CONTACT],
        Purpose.RESEARCH if wrong == "purpose" else Purpose.SHARE_SERVICE,
    )
    with pytest.raises(NeedsConsent):
        story.ground(on=timezone.now() + timedelta(days=61) if wrong == "time" else timezone.now())


def test_co_03_a_consent_opens_exactly_what_it_names(story: Story) -> None:
    actor = story.mira.at(story.ngo)
    health = seal(actor, story.subject_id, Compartment.HEALTH)
    consent = give_consent(actor, story.subject_id, story.shelter, [Compartment.CONTACT])
    assert story.ground() == consent
    vault.grant(actor=actor, item=story.item, keeper_id=story.shelter.pk, consent=consent)
    assert story.opens(story.arben, story.shelter)
    with pytest.raises(NotGranted):
        vault.grant(actor=actor, item=health, keeper_id=story.shelter.pk, consent=consent)


def test_co_03_an_override_takes_legal_basis_reason_and_two_persons_and_is_logged(story: Story) -> None:
    actor, vesna = story.mira.at(story.ngo), make_person("vesna")
    asked = {
        "actor": actor,
        "relationship": Relationship.ASSIGNED,
        "subject_id": story.subject_id,
        "recipient_id": story.shelter.pk,
        "compartments": [Compartment.CONTACT],
        "legal_basis": "Law on emergency, article 5",
        "reason": "Danger to life tonight.",
        "until": timezone.localdate() + timedelta(days=2),
    }
    for missing in ("legal_basis", "reason"):
        with pytest.raises(InvalidInput):
            overrides.request_override(**{**asked, missing: ""})  # type: ignore[arg-type]
    override = overrides.request_override(**asked)  # type: ignore[arg-type]
    with pytest.raises(NeedsConsent):
        story.ground()
    with pytest.raises(NotGranted):
        vault.grant(actor=actor, item=story.item, keeper_id=story.shelter.pk, override=override)
    with pytest.raises(InvalidInput):
        overrides.confirm_override(actor=actor, relationship=Relationship.ASSIGNED, override=override)
    confirmed = overrides.confirm_override(
        actor=vesna.at(story.ngo), relationship=Relationship.SAME_ORGANISATION, override=override
    )
    assert story.ground() == override
    vault.grant(actor=actor, item=story.item, keeper_id=story.shelter.pk, override=confirmed)
    assert story.opens(story.arben, story.shelter)
    logged = AuditEntry.objects.filter(outcome="overridden", chain__kind="case", chain__chain_id=story.subject_id)
    assert [e.actor_id for e in logged] == [vesna.user.pk]


def test_co_03_the_refusal_says_which_part_of_the_sentence_is_missing(story: Story) -> None:
    give_consent(story.mira.at(story.ngo), story.subject_id, story.shelter, [Compartment.CONTACT])
    asked = {"compartments": [Compartment.CONTACT, Compartment.HEALTH]}
    with pytest.raises(NeedsConsent) as refused:
        story.ground(**asked)
    assert [condition.code for condition in refused.value.result.missing] == ["covers_compartments"]
    assert refused.value.result.rule == "gates/disclosure"

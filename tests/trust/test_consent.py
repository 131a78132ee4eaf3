"""Consent: what is recorded, what is refused, who may, and what covers what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from fener.trust import consent as consents
from fener.trust import overrides
from fener.trust.actor import ANONYMOUS, SYSTEM
from fener.trust.compartments import Compartment
from fener.trust.errors import AlreadyDone, InvalidInput, Refused
from fener.trust.models import AuditEntry, Consent, DisclosureOverride, Keeper
from fener.trust.policy import Relationship
from fener.trust.purposes import Purpose
from fener.trust.roles import Role
from tests.trust.people import Person

pytestmark = pytest.mark.django_db
Give = Callable[..., Consent]


def in_days(value: object) -> object:
    """A number stands for that many days from today."""
    return timezone.localdate() + timedelta(days=value) if isinstance(value, int) else value


@pytest.fixture
def give(mira: Person, ngo: Keeper, shelter: Keeper, subject_id: UUID) -> Give:
    """A valid consent to share contact and identity with the shelter; each argument can be replaced."""

    def make(**changes: Any) -> Consent:
        given: dict[str, Any] = {
            "actor": mira.at(ngo),
            "relationship": Relationship.ASSIGNED,
            "subject_id": subject_id,
            "recipient_id": shelter.pk,
            "purpose": Purpose.SHARE_SERVICE,
            "compartments": [Compartment.CONTACT, Compartment.IDENTITY],
            "until": timezone.localdate() + timedelta(days=90),
            "language": "sq",
            "interpreter": "Teuta Hoxha",
            "text_id": "share-service",
            "text_version": "1.2",
        }
        return consents.give(**{**given, **changes})

    return make


def test_a_consent_is_kept_whole_and_audited_without_content(give: Give, mira: Person, subject_id: UUID) -> None:
    consent = give()
    consent.refresh_from_db()
    assert consent.compartments == ["identity", "contact"]
    assert (consent.recorded_by_id, consent.withdrawn_at) == (mira.user.pk, None)
    entry = AuditEntry.objects.get(act="consent.give")
    assert (entry.chain.kind, entry.chain.chain_id, entry.purpose) == ("case", subject_id, "share_service")
    assert "Teuta" not in str(entry.detail)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("purpose", "everything"),
        ("compartments", []),
        ("compartments", ["identity", "soul"]),
        ("language", "  "),
        ("text_version", ""),
        ("giver", "police"),
        ("until", 0),
        ("until", -1),
        ("until", 5000),
        ("given_on", 1),
    ],
)
def test_an_incomplete_or_impossible_consent_is_refused_with_the_field_named(
    give: Give, field: str, value: object
) -> None:
    with pytest.raises(InvalidInput) as refused:
        give(**{field: in_days(value)})
    assert set(refused.value.errors) == {"text" if field == "text_version" else field}
    assert not Consent.objects.exists()
    assert not AuditEntry.objects.filter(act="consent.give").exists()


def test_sharing_with_oneself_and_keeping_by_somebody_else_are_refused(give: Give, ngo: Keeper) -> None:
    with pytest.raises(InvalidInput):
        give(recipient_id=ngo.pk)
    with pytest.raises(InvalidInput):
        give(purpose=Purpose.KEEP)
    assert give(purpose=Purpose.KEEP, recipient_id=None).recipient_id == ngo.pk


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"giver": "person", "child_assent": True}, {"giver"}),
        ({"giver": "guardian"}, {"child_assent"}),
        ({"giver": "guardian", "child_assent": False}, {"child_assent"}),
        ({}, {"giver", "child_assent"}),
    ],
)
def test_for_a_child_the_guardian_gives_and_the_child_assents(give: Give, changes: Any, fields: set[str]) -> None:
    with pytest.raises(InvalidInput) as refused:
        give(child=True, **changes)
    assert set(refused.value.errors) == fields
    consent = give(child=True, giver="guardian", child_assent=True)
    assert consent.child_assent is True


def test_an_adult_s_consent_keeps_no_assent(give: Give) -> None:
    assert give(child_assent=True).child_assent is None


def test_who_has_no_part_in_it_can_neither_give_nor_withdraw(give: Give, arben: Person, shelter: Keeper) -> None:
    consent = give()
    for actor in (SYSTEM, ANONYMOUS, arben.at(shelter, Role.AUDITOR), arben.at(shelter, Role.SYSTEM_ADMIN)):
        with pytest.raises(Refused):
            give(actor=actor)
        with pytest.raises(Refused):
            consents.withdraw(actor=actor, relationship=Relationship.ASSIGNED, consent=consent)
    with pytest.raises(Refused):
        give(relationship=Relationship.NONE)
    assert Consent.objects.get().withdrawn_at is None


def test_withdrawing_is_one_act_by_whoever_hears_it_also_at_the_recipient(
    give: Give, arben: Person, shelter: Keeper
) -> None:
    consent = give()
    consents.withdraw(
        actor=arben.at(shelter, Role.SHELTER_WORKER), relationship=Relationship.REFERRED_TO, consent=consent
    )
    consent.refresh_from_db()
    assert consent.withdrawn_by_id == arben.user.pk
    assert AuditEntry.objects.filter(act="consent.withdraw").count() == 1
    with pytest.raises(AlreadyDone):
        consents.withdraw(
            actor=arben.at(shelter, Role.SHELTER_WORKER), relationship=Relationship.REFERRED_TO, consent=consent
        )


def covering(consent: Consent, on: Any = None, **changes: Any) -> Consent | None:
    asked: dict[str, Any] = {
        "subject_id": consent.subject_id,
        "recipient_id": consent.recipient_id,
        "purpose": consent.purpose,
        "compartments": consent.compartments,
        "on": on or timezone.now(),
    }
    return consents.covering(**{**asked, **changes})


def test_a_consent_covers_what_it_names_and_less_and_nothing_else(give: Give, ngo: Keeper) -> None:
    consent = give()
    assert covering(consent) == consent
    assert covering(consent, compartments=["contact"]) == consent
    assert covering(consent, compartments=["contact", "health"]) is None
    assert covering(consent, subject_id=uuid4()) is None
    assert covering(consent, recipient_id=ngo.pk) is None


def test_compartments_of_two_sentences_are_not_added_up(give: Give) -> None:
    contact = give(compartments=["contact"])
    give(compartments=["legal"])
    assert covering(contact, compartments=["contact", "legal"]) is None


def test_a_consent_lives_from_its_day_to_its_last_day(give: Give) -> None:
    today = timezone.localdate()
    consent = give(until=today + timedelta(days=10), given_on=today - timedelta(days=1))
    for days, lives in ((-2, False), (-1, True), (0, True), (10, True), (11, False)):
        assert (covering(consent, on=today + timedelta(days=days)) is not None) is lives


def test_a_withdrawn_consent_lived_until_the_moment_of_withdrawal(give: Give, mira: Person, ngo: Keeper) -> None:
    consent = give(given_on=timezone.localdate() - timedelta(days=1))
    gone = consents.withdraw(actor=mira.at(ngo), relationship=Relationship.ASSIGNED, consent=consent)
    at: datetime = gone.withdrawn_at  # type: ignore[assignment]
    assert covering(consent) is None
    assert covering(consent, on=at) is None
    assert covering(consent, on=at - timedelta(microseconds=1)) is not None
    assert covering(consent, on=timezone.localdate(at)) is None


def test_the_sentence_is_translated_as_a_whole(give: Give) -> None:
    consent = give()
    with translation.override("en"):
        text = consents.sentence(consent, name_of=lambda keeper: "Kuća")
    assert text.startswith("The person lets Kuća receive from Kuća, and use, name and identity and contact details")


@pytest.mark.parametrize("purpose", list(Purpose))
@pytest.mark.parametrize("language", ["en", "sr-latn", "sr"])
def test_every_purpose_has_a_sentence_in_every_language(give: Give, purpose: Purpose, language: str) -> None:
    consent = give(purpose=purpose, recipient_id=None) if purpose is Purpose.KEEP else give(purpose=purpose)
    with translation.override(language):
        assert "%(" not in consents.sentence(consent)


# -- overrides --------------------------------------------------------------------------------------------------------


@pytest.fixture
def second(ngo: Keeper) -> Person:
    from tests.trust.people import make_person

    return make_person("vesna")


@pytest.fixture
def request_override(mira: Person, ngo: Keeper, shelter: Keeper, subject_id: UUID) -> Callable[..., DisclosureOverride]:
    def make(**changes: Any) -> DisclosureOverride:
        asked: dict[str, Any] = {
            "actor": mira.at(ngo),
            "relationship": Relationship.ASSIGNED,
            "subject_id": subject_id,
            "recipient_id": shelter.pk,
            "compartments": ["location"],
            "legal_basis": "Law on emergency, article 5",
            "reason": "Danger to life tonight.",
            "until": timezone.localdate() + timedelta(days=2),
        }
        return overrides.request_override(**{**asked, **changes})

    return make


def live(override: DisclosureOverride) -> DisclosureOverride | None:
    return consents.covering_override(
        subject_id=override.subject_id,
        recipient_id=override.recipient_id,
        compartments=override.compartments,
        on=timezone.now(),
    )


def test_an_override_opens_nothing_until_a_second_person_confirms(
    request_override: Callable[..., DisclosureOverride], mira: Person, second: Person, ngo: Keeper
) -> None:
    override = request_override()
    assert live(override) is None
    with pytest.raises(InvalidInput, match="second person"):
        overrides.confirm_override(actor=mira.at(ngo), relationship=Relationship.ASSIGNED, override=override)
    assert live(override) is None
    overrides.confirm_override(
        actor=second.at(ngo, Role.ORGANISATION_ADMIN), relationship=Relationship.SAME_ORGANISATION, override=override
    )
    assert live(override) == override
    with pytest.raises(AlreadyDone):
        overrides.confirm_override(actor=second.at(ngo), relationship=Relationship.ASSIGNED, override=override)


def test_the_database_too_wants_two_different_persons(
    request_override: Callable[..., DisclosureOverride], mira: Person
) -> None:
    override = request_override()
    override.confirmed_by = mira.user
    override.confirmed_at = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        override.save()


def test_somebody_of_another_organisation_cannot_confirm(
    request_override: Callable[..., DisclosureOverride], arben: Person, shelter: Keeper
) -> None:
    with pytest.raises(InvalidInput, match="holds the file"):
        overrides.confirm_override(
            actor=arben.at(shelter), relationship=Relationship.SAME_ORGANISATION, override=request_override()
        )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("legal_basis", " "),
        ("reason", ""),
        ("compartments", []),
        ("until", -1),
        ("until", 400),
    ],
)
def test_an_override_needs_its_ground_its_reason_and_an_end(
    request_override: Callable[..., DisclosureOverride], field: str, value: object
) -> None:
    with pytest.raises(InvalidInput) as refused:
        request_override(**{field: in_days(value)})
    assert set(refused.value.errors) == {field}


def test_an_override_is_counted_on_the_case_and_before_the_custodians_and_ends_by_itself(
    request_override: Callable[..., DisclosureOverride], second: Person, ngo: Keeper
) -> None:
    override = request_override()
    overrides.confirm_override(actor=second.at(ngo), relationship=Relationship.ASSIGNED, override=override)
    told = AuditEntry.objects.filter(act="override.confirm", outcome="overridden")
    assert {e.chain.kind for e in told} == {"case", "keeper"}
    assert "Danger" not in str([e.detail for e in told])
    override.refresh_from_db()
    assert consents.override_is_live(override, override.until)
    assert not consents.override_is_live(override, override.until + timedelta(days=1))

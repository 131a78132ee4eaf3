"""Compartments: opened by role, purpose and living ground; saved without losing anybody's words."""

from __future__ import annotations

import pytest
from django.utils import timezone

from fener.casework.models import Case
from fener.casework.services import cases, compartments
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import InvalidInput, Locked, NeedsConsent, NotGranted, Refused, StaleEdit
from fener.trust.models import AuditEntry, SealedItem, User
from fener.trust.roles import Role
from tests.factories.casework import CONTACT, IDENTITY, CaseFactory, consent_to, shared_with
from tests.factories.network import Mechanism, locked


def read(actor: Actor, case: Case, compartment: str = "identity", purpose: str = "keep") -> dict[str, object]:
    return compartments.open_compartment(actor=actor, case=case, compartment=compartment, purpose=purpose)


def write(
    actor: Actor, case: Case, content: dict[str, object], version: int, compartment: str = "identity"
) -> SealedItem:
    return compartments.save_compartment(
        actor=actor, case=case, compartment=compartment, version=version, content=content
    )


def test_every_opening_is_kept_with_its_purpose(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    read(case_manager, case)
    entry = AuditEntry.objects.get(act="item.open", chain__chain_id=case.pk)
    assert (entry.actor_id, entry.purpose) == (case_manager.user_id, "keep")


def test_a_locked_session_opens_nothing(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    with pytest.raises(Locked):
        read(locked(case_manager), case)


def test_one_purpose_opens_no_other(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager)
    with pytest.raises(InvalidInput):
        read(case_manager, case, purpose="curiosity")
    with pytest.raises(NeedsConsent):
        read(case_manager, case, purpose="research")
    shared_with(case_manager, case, mechanism.shelter)
    worker = mechanism.shelter.actor(Role.CASE_MANAGER)
    assert read(worker, case, purpose="share_service") == IDENTITY
    for purpose in ("keep", "share_police", "research"):
        with pytest.raises(NotGranted):
            read(worker, case, purpose=purpose)


def test_a_recipient_opens_what_was_consented_to_and_nothing_else(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager)
    shared_with(case_manager, case, mechanism.shelter, Compartment.IDENTITY)
    worker = mechanism.shelter.actor(Role.CASE_MANAGER)
    assert read(worker, case, purpose="share_service") == IDENTITY
    with pytest.raises(NotGranted):
        read(worker, case, "contact", "share_service")
    with pytest.raises(Refused):
        write(worker, case, IDENTITY, 1)


def test_what_is_sealed_later_reaches_those_whose_consent_names_it(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager, compartments={"identity": IDENTITY})
    shared_with(case_manager, case, mechanism.shelter)
    shared_with(case_manager, case, mechanism.other_ngo, Compartment.IDENTITY)
    write(case_manager, case, dict(CONTACT), 0, "contact")
    assert read(mechanism.shelter.actor(Role.CASE_MANAGER), case, "contact", "share_service") == CONTACT
    with pytest.raises(NotGranted):
        read(mechanism.other_ngo.actor(Role.CASE_MANAGER), case, "contact", "share_service")


def test_health_is_for_the_health_worker_whom_the_person_was_brought_to(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    case = CaseFactory(actor=case_manager, compartments={"health": {"urgent_needs": "A dentist."}})
    nurse = mechanism.ngo.actor(Role.HEALTH_WORKER)
    with pytest.raises(Refused):  # not theirs yet
        read(nurse, case, "health")
    cases.assign(actor=case_manager, case=case, user=User.objects.get(pk=nurse.user_id))
    assert read(nurse, case, "health") == {"urgent_needs": "A dentist."}
    with pytest.raises(Refused):  # whoever writes it down need not read it again
        read(case_manager, case, "health")
    shared_with(case_manager, case, mechanism.shelter, Compartment.HEALTH)
    with pytest.raises(Refused):
        read(mechanism.shelter.actor(Role.CASE_MANAGER), case, "health", "share_service")
    assert read(mechanism.shelter.actor(Role.HEALTH_WORKER), case, "health", "share_service")
    for role in (Role.SHELTER_WORKER, Role.LAWYER, Role.GUARDIAN):
        with pytest.raises(Refused):
            read(mechanism.ngo.actor(role), case, "health")


def test_the_second_of_two_writers_is_told_what_is_there_now(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager)
    colleague = mechanism.ngo.actor(Role.CASE_MANAGER)
    write(colleague, case, {**IDENTITY, "first_name": "Đurađ"}, 1)
    with pytest.raises(StaleEdit) as stale:
        write(case_manager, case, {**IDENTITY, "first_name": "Georgije"}, 1)
    assert stale.value.current["version"] == 2
    assert stale.value.current["content"]["first_name"] == "Đurađ"
    assert read(case_manager, case)["first_name"] == "Đurađ"


def test_what_cannot_be_sealed_is_named_by_field(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    with pytest.raises(InvalidInput) as refused:
        write(case_manager, case, {"birth_date": "31.31.1990", "shoe_size": 43}, 1)
    assert set(refused.value.errors) == {"birth_date", "shoe_size"}


def test_a_new_name_is_found_and_the_old_one_is_not(case_manager: Actor) -> None:
    from fener.casework.selectors.cases import search

    case = CaseFactory(actor=case_manager)
    assert search(case_manager, "Ђорђе Илић") == [case]
    write(case_manager, case, {"first_name": "Nikola", "second_name": "Petrović"}, 1)
    assert search(case_manager, "Petrovic") == [case]
    assert search(case_manager, "Ilić") == []
    assert search(case_manager, case.code.lower()) == [case]


def test_a_consent_of_another_purpose_lets_the_holder_open_for_it(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager)
    consent_to(case_manager, case, mechanism.police, Compartment.IDENTITY, purpose="share_police")
    assert read(case_manager, case, purpose="share_police") == IDENTITY
    with pytest.raises(NeedsConsent):
        read(case_manager, case, "contact", "share_police")
    assert timezone.localdate() == case.opened_on

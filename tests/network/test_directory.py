"""The service directory: who writes it, what it refuses, what one finds in it."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from fener.network.models import Service, ServiceEntry
from fener.network.selectors import directory
from fener.network.services import change_service
from fener.network.services.directory import describe_service, say_free_places
from fener.trust.actor import ANONYMOUS, Actor
from fener.trust.errors import InvalidInput, Refused
from fener.trust.models import AuditEntry
from fener.trust.roles import Role
from tests.factories.network import Mechanism

FULL = {
    "eligibility": "Everybody who lived through exploitation",
    "areas": ["Novi Brod"],
    "always_open": True,
    "cost": "free",
    "concealed": False,
}


@pytest.fixture
def shelter(mechanism: Mechanism) -> Service:
    """A shelter of which nothing is said yet."""
    return mechanism.shelter.service("shelter", capacity=6, languages=["sr"])


@pytest.fixture
def looks_after(mechanism: Mechanism) -> Actor:
    """Looks after the shelter's own entries."""
    return mechanism.shelter.actor(Role.ORGANISATION_ADMIN)


def test_a_body_describes_its_own_services_and_no_others(mechanism: Mechanism, shelter: Service) -> None:
    with pytest.raises(Refused):
        describe_service(actor=mechanism.ngo.actor(Role.ORGANISATION_ADMIN), service=shelter, fields=FULL)
    describe_service(actor=mechanism.shelter.actor(Role.ORGANISATION_ADMIN), service=shelter, fields=FULL)
    assert AuditEntry.objects.filter(act="directory.change", outcome="done").count() == 1


@pytest.mark.parametrize("role", [Role.SHELTER_WORKER, Role.CASE_MANAGER, Role.MECHANISM_COORDINATOR, Role.AUDITOR])
def test_others_at_the_body_do_not(mechanism: Mechanism, shelter: Service, role: Role) -> None:
    with pytest.raises(Refused):
        describe_service(actor=mechanism.shelter.actor(role), service=shelter, fields=FULL)


def test_a_shelter_is_concealed_until_somebody_says_otherwise(looks_after: Actor, shelter: Service) -> None:
    entry = describe_service(actor=looks_after, service=shelter, fields={"eligibility": "Women with children"})
    assert entry.concealed


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("address", "anything"),
        ("town", "Novi Brod"),
        ("postal_code", "00100"),
        ("public", True),
        ("description", "Ring at Lipova 12"),
        ("apply", "Ulica lipa, drugi ulaz"),
        ("hours_note", "Come to 44.8123, 20.4612"),
        ("website", "https://maps.example.org/lipova"),
        ("areas", ["Novi Brod", "Lipova 12"]),
        ("conditions", ["Ring at Lipova 12"]),
        ("closed_days", [{"day": "2026-05-01", "note": "then at Lipova 12"}]),
        ("contact_name", "Nada, Lipova 12"),
        ("province", "Lipova 12"),
    ],
)
def test_a_concealed_service_holds_nothing_that_looks_like_an_address(
    looks_after: Actor, shelter: Service, field: str, value: object
) -> None:
    with pytest.raises(InvalidInput) as refused:
        describe_service(actor=looks_after, service=shelter, fields={"concealed": True, field: value})
    assert field in refused.value.errors
    assert "Lipova" not in str(refused.value)
    assert not ServiceEntry.objects.exists()


def test_nor_does_the_note_of_a_telephone_or_its_name(looks_after: Actor, shelter: Service) -> None:
    with pytest.raises(InvalidInput):
        describe_service(
            actor=looks_after, service=shelter, fields={}, phones=[("+381 11 000", "porter of Lipova 12", None)]
        )
    with pytest.raises(InvalidInput):
        change_service(actor=looks_after, service=shelter, name="House at Lipova 12")


def test_the_database_itself_keeps_no_address_of_a_concealed_service(looks_after: Actor, shelter: Service) -> None:
    describe_service(actor=looks_after, service=shelter, fields={})
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceEntry.objects.update(address="Lipova 12")


def test_what_was_open_can_be_concealed_only_without_its_address(looks_after: Actor, shelter: Service) -> None:
    describe_service(actor=looks_after, service=shelter, fields={**FULL, "address": "Lipova 12", "town": "Novi Brod"})
    with pytest.raises(InvalidInput):
        describe_service(actor=looks_after, service=shelter, fields={"concealed": True})
    entry = describe_service(
        actor=looks_after, service=shelter, fields={"concealed": True, "address": "", "town": "", "public": False}
    )
    assert entry.concealed


def test_hours_are_replaced_whole_and_keep_their_ids(looks_after: Actor, shelter: Service) -> None:
    span = (0, time(9), time(17))
    first = describe_service(actor=looks_after, service=shelter, fields=FULL, hours=[(span, None, "")])
    kept = first.hours.get().pk
    describe_service(
        actor=looks_after, service=shelter, fields=FULL, hours=[(span, None, ""), ((1, time(9), time(12)), None, "")]
    )
    assert {hours.pk for hours in first.hours.all()} > {kept}
    describe_service(actor=looks_after, service=shelter, fields=FULL)  # says nothing about hours
    assert first.hours.count() == 2


def test_free_places_have_their_moment_and_are_believed_for_a_day(
    mechanism: Mechanism, shelter: Service, today: date
) -> None:
    worker, now = mechanism.shelter.actor(Role.SHELTER_WORKER), timezone.now()
    with pytest.raises(InvalidInput):
        say_free_places(actor=worker, service=shelter, free=7)
    with pytest.raises(Refused):
        say_free_places(actor=mechanism.ngo.actor(Role.CASE_MANAGER), service=shelter, free=1)
    say_free_places(actor=worker, service=shelter, free=2)
    found = directory.service(worker, shelter.pk)
    assert found.free(now) == 2
    assert found.free(now + timedelta(hours=25)) is None


def test_one_finds_by_kind_place_language_hours_and_children(mechanism: Mechanism, shelter: Service) -> None:
    looks_after, reader = mechanism.shelter.actor(Role.ORGANISATION_ADMIN), mechanism.ngo.actor(Role.CASE_MANAGER)
    legal = mechanism.ngo.service("legal_advice", languages=["en"])
    describe_service(actor=looks_after, service=shelter, fields={"areas": ["Ђурђево"], "always_open": True})
    describe_service(
        actor=mechanism.ngo.actor(Role.ORGANISATION_ADMIN),
        service=legal,
        fields={"areas": ["Novi Brod"], "concealed": False},
        hours=[((1, time(9), time(12)), None, "")],  # Tuesdays; the tests' day is a Monday
    )

    def names(**asked: object) -> set[str]:
        return {one.service.name for one in directory.directory(reader, asked)}

    assert names() == {shelter.name, legal.name}
    assert names(kind="housing") == names(kind="shelter") == {shelter.name}
    assert names(place="djurdjevo") == names(place="ĐURĐEV") == {shelter.name}
    assert names(language="en") == {legal.name}
    assert names(open="now") == names(open="night") == {shelter.name}
    assert names(children=True) == set()


def test_a_service_that_ended_is_not_offered(mechanism: Mechanism, looks_after: Actor, shelter: Service) -> None:
    change_service(actor=looks_after, service=shelter, active=False)
    assert directory.directory(looks_after) == []


def test_nobody_reads_it_without_an_account(shelter: Service) -> None:
    with pytest.raises(Refused):
        directory.directory(ANONYMOUS)
    with pytest.raises(Refused):
        directory.service(ANONYMOUS, shelter.pk)


def test_the_public_list_holds_what_bodies_put_there_and_no_concealed_service(
    mechanism: Mechanism, looks_after: Actor, shelter: Service
) -> None:
    legal = mechanism.shelter.service("legal_advice")
    other = mechanism.shelter.service("medical_care")
    describe_service(actor=looks_after, service=shelter, fields={})
    describe_service(actor=looks_after, service=legal, fields={**FULL, "public": True})
    describe_service(actor=looks_after, service=other, fields=FULL)
    assert [one.service for one in directory.public()] == [legal]


def test_a_directory_of_any_length_costs_few_queries(
    mechanism: Mechanism, looks_after: Actor, django_assert_max_num_queries: object
) -> None:
    for number in range(8):
        service = mechanism.shelter.service("legal_advice", name=f"Advice {number}", languages=["sr"])
        describe_service(
            actor=looks_after, service=service, fields=FULL, hours=[((0, time(9), time(17)), None, "")],
            phones=[("+381 11 000", "", None)],
        )  # fmt: skip
    with django_assert_max_num_queries(3):  # type: ignore[operator]
        for one in directory.directory(looks_after):
            assert one.week.stated
            assert not one.gaps

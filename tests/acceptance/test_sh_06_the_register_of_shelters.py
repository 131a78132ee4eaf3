"""SH-06: the register of shelters, trafficking and domestic violence alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fener.casework.models.shelter.house import Shelter, ShelterNight
from fener.casework.selectors.shelter.houses import houses
from fener.casework.services.shelter.houses import HouseTerms, record_night, record_refusal, save_house
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput, Refused
from fener.trust.roles import Role
from tests.factories.network import Body, Mechanism

SignIn = Callable[[Actor], Client]


def house(body: Body, actor: Actor, kind: str = "trafficking") -> Shelter:
    terms = HouseTerms(
        kind=kind, funder="state", procurement="public_tender", cost_per_night=Decimal("31.50"), currency="EUR"
    )
    return save_house(actor=actor, service=body.service("shelter", capacity=12), terms=terms)


@pytest.mark.parametrize("kind", ["trafficking", "domestic_violence"])
def test_sh_06_operator_funder_capacity_occupancy_cost_and_refusals_stand_in_it(
    mechanism: Mechanism, signed_in: SignIn, kind: str
) -> None:
    worker, day = mechanism.shelter.actor(Role.SHELTER_WORKER), timezone.localdate()
    made = house(mechanism.shelter, worker, kind)
    record_night(actor=worker, shelter=made, on=day, residents=5, ineligible=2)
    record_refusal(actor=worker, shelter=made, on=day, reason="with_children")
    (row,) = houses(worker)
    assert (row.residents, row.ineligible, row.refused) == (5, 2, 1)
    page = signed_in(worker).get(reverse("casework:shelters")).content.decode()
    for words in ("Harbour House", "5 of 12", "31.50 EUR", "Public tender"):
        assert words in page


def test_sh_06_another_bodys_house_looks_absent_and_the_co_ordinator_reads_all(
    mechanism: Mechanism, case_manager: Actor, signed_in: SignIn
) -> None:
    worker = mechanism.shelter.actor(Role.SHELTER_WORKER)
    made = house(mechanism.shelter, worker)
    with pytest.raises(Refused):
        record_night(actor=case_manager, shelter=made, on=timezone.localdate(), residents=1)
    assert signed_in(case_manager).get(reverse("casework:shelter_night", args=[made.pk])).status_code == 404
    assert not houses(case_manager)
    assert list(houses(mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR))) == [made]


def test_sh_06_a_count_is_of_a_day_that_has_come_and_stands_once(mechanism: Mechanism, signed_in: SignIn) -> None:
    worker, day = mechanism.shelter.actor(Role.SHELTER_WORKER), timezone.localdate()
    made = house(mechanism.shelter, worker)
    with pytest.raises(InvalidInput):
        record_night(actor=worker, shelter=made, on=day + timedelta(days=1), residents=1)
    with pytest.raises(InvalidInput):
        record_night(actor=worker, shelter=made, on=day, residents=1, ineligible=2)
    client, path = signed_in(worker), reverse("casework:shelter_night", args=[made.pk])
    for residents in ("4", "6"):
        typed = {"once": str(uuid4()), "on": day.isoformat(), "residents": residents, "ineligible": ""}
        assert client.post(path, typed).status_code == 302
    assert [night.residents for night in ShelterNight.objects.all()] == [6]


def test_sh_06_a_house_is_entered_and_a_refusal_recorded_on_pages(mechanism: Mechanism, signed_in: SignIn) -> None:
    worker, service = mechanism.shelter.actor(Role.SHELTER_WORKER), mechanism.shelter.service("shelter", capacity=4)
    client, path = signed_in(worker), reverse("casework:shelter_enter")
    assert client.get(path).status_code == 200
    typed = {"service": service.pk, "kind": "domestic_violence", "funder": "state", "procurement": "grant"}
    assert client.post(path, {"once": str(uuid4()), **typed, "cost_per_night": "20"}).status_code == 422
    typed |= {"cost_per_night": "20", "currency": "eur"}
    assert client.post(path, {"once": str(uuid4()), **typed}).status_code == 302
    path = reverse("casework:shelter_refusal", args=[Shelter.objects.get().pk])
    assert client.get(path).status_code == 200
    typed = {"on": timezone.localdate().isoformat(), "reason": "full"}
    assert client.post(path, {"once": str(uuid4()), **typed}).status_code == 302
    assert [row.refused for row in houses(worker)] == [1]

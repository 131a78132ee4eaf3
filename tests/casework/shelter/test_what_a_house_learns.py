"""Who works in a house learns nothing of who testifies: no charges, interviews, papers or answers to conditions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from fener.casework.models import Case
from fener.casework.models.justice.development import Development
from fener.casework.models.safety.incident import Incident
from fener.casework.models.safety.interest import InterestConflict
from fener.casework.services.residence import regimes
from fener.trust.actor import Actor
from fener.trust.errors import Refused
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.hearings import happened
from tests.factories.interests import conflict
from tests.factories.interviews import held
from tests.factories.justice import charged, owed
from tests.factories.network import Mechanism
from tests.factories.residence import known
from tests.web.pages import words

SignIn = Callable[[Actor], Client]


def at(name: str, *args: Any) -> str:
    return reverse(f"casework:{name}", args=args)


@pytest.fixture
def case(case_manager: Actor) -> Case:
    """Charges, an interview by police without advice, a Belgian stay and what is known of its conditions."""
    made: Case = CaseFactory(actor=case_manager)
    charged(case_manager, made)
    owed(case_manager, made)
    held(case_manager, made)
    happened(case_manager, made, "indictment")
    happened(case_manager, made, "release")
    conflict(case_manager, made, aim="early_interview")
    regimes.begin_regime(actor=case_manager, case=made, code="BE", starts_on=date(2025, 11, 1))
    known(case_manager, made, "cooperates", "statement_indispensable")
    return made


@pytest.fixture
def house(mechanism: Mechanism, signed_in: SignIn) -> Client:
    return signed_in(mechanism.ngo.actor(Role.SHELTER_WORKER))


def everything(client: Client, case: Case) -> str:
    """The page of the case, its chapters and Today, as one text."""
    pages = [client.get(at("case", case.code))]
    pages += [client.get(at("chapter", case.code, one)) for one in ("justice", "residence", "safety")]
    pages.append(client.get(reverse("web:today")))
    return " ".join(words(page.content.decode()) for page in pages if page.status_code == 200)


TELLING = (
    "Charge:",
    "Interview",
    "co-operates",
    "indispensable importance",
    "complaint or makes a statement",
    "Belgian residence scheme",
    "Declaration of arrival",
    "statement was taken",
    "Indictment",
    "An early interview",
)


@pytest.mark.parametrize("telling", TELLING)
def test_nothing_of_proceedings_stands_on_any_page_of_a_house(house: Client, case: Case, telling: str) -> None:
    assert telling not in everything(house, case)


def test_whoever_carries_the_case_reads_all_of_it(case_manager: Actor, signed_in: SignIn, case: Case) -> None:
    text = everything(signed_in(case_manager), case)
    assert [telling for telling in TELLING if telling not in text] == []


def test_a_house_reads_the_right_to_work(house: Client, case: Case) -> None:
    text = words(house.get(at("chapter", case.code, "residence")).content.decode())
    assert "May work from" in text


def test_a_house_learns_of_a_release_and_opens_no_other_development(
    house: Client, case_manager: Actor, signed_in: SignIn, case: Case
) -> None:
    assert "A suspect was released" in everything(house, case)
    told = Development.objects.get(case=case, kind="indictment")
    early = InterestConflict.objects.get(case=case)
    for name, row in (("development_tell", told), ("interest_prevails", early), ("interest_told", early)):
        path = at(name, case.code, row.pk)
        assert house.get(path).status_code == 404
        assert signed_in(case_manager).get(path).status_code == 200


@pytest.mark.parametrize(
    "address", ["charge_new", "interview_plan", "interview_new", "regime_new", "residence_fact_new"]
)
def test_a_house_records_none_of_it(house: Client, case: Case, address: str) -> None:
    assert house.get(at(address, case.code)).status_code == 403


def test_an_incident_of_proceedings_looks_absent_to_a_house(
    house: Client, case_manager: Actor, signed_in: SignIn, case: Case
) -> None:
    incident = Incident.objects.get(case=case, right="statement_without_advice")
    path = at("incident_follow_up", case.code, incident.pk)
    assert house.get(path).status_code == 404
    assert signed_in(case_manager).get(path).status_code == 200


def test_a_service_refuses_what_a_house_types(mechanism: Mechanism, case: Case) -> None:
    worker = mechanism.ngo.actor(Role.SHELTER_WORKER)
    for act in (charged, held):
        with pytest.raises(Refused):
            act(worker, case)
    with pytest.raises(Refused):
        known(worker, case, "cooperates")

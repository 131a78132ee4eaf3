"""Two bodies, two people each body trusts, and a person's file."""

from __future__ import annotations

import uuid

import pytest

from fener.trust.models import Keeper
from tests.trust.people import Person, make_keeper, make_person


@pytest.fixture
def mira(db: None) -> Person:
    return make_person("mira", full_name="Mira Savić")


@pytest.fixture
def arben(db: None) -> Person:
    return make_person("arben", full_name="Arben Kola")


@pytest.fixture
def ngo(mira: Person) -> Keeper:
    return make_keeper(mira)


@pytest.fixture
def shelter(arben: Person) -> Keeper:
    return make_keeper(arben)


@pytest.fixture
def subject_id() -> uuid.UUID:
    return uuid.uuid4()

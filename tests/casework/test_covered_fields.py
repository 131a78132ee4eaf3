"""Numbers that are easily read over a shoulder stay covered in an open part until somebody asks for one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from fener.casework.models import Case
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.models import AuditEntry
from fener.trust.privacy import masking
from tests.factories.casework import CaseFactory

SignIn = Callable[[Actor], Client]
NUMBER = "0101990-750077"


@pytest.fixture
def case(case_manager: Actor) -> Case:
    content = {"first_name": "Đorđe", "identity_number": NUMBER}
    found: Case = CaseFactory(actor=case_manager, compartments={Compartment.IDENTITY: content})
    return found


def opened(client: Client, case: Case, **more: str) -> str:
    answer = client.post(
        reverse("casework:compartment_open", args=[case.code, "identity"]), {"purpose": "keep", **more}
    )
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_open_part_shows_the_name_and_covers_the_number(case_manager: Actor, signed_in: SignIn, case: Case) -> None:
    page = opened(signed_in(case_manager), case)
    assert "Đorđe" in page
    assert NUMBER not in page
    assert "•••••• 77" in page
    assert not AuditEntry.objects.filter(act="field.show").exists()


def test_showing_it_is_an_act_of_its_own(case_manager: Actor, signed_in: SignIn, case: Case) -> None:
    page = opened(signed_in(case_manager), case, show="identity_number")
    assert NUMBER in page
    entry = AuditEntry.objects.get(act="field.show")
    assert entry.detail == {"field": "identity.identity_number"}
    assert AuditEntry.objects.filter(act="item.open").exists()


def test_a_field_that_is_not_there_shows_nothing(case_manager: Actor, signed_in: SignIn, case: Case) -> None:
    page = opened(signed_in(case_manager), case, show="no_such_field")
    assert NUMBER not in page


@pytest.mark.parametrize(("value", "seen"), [("123456", "•••••• 56"), ("1234", "••••••"), ("", "••••••")])
def test_a_cover_tells_neither_the_length_nor_much_of_the_value(value: str, seen: str) -> None:
    assert masking.cover(value) == seen

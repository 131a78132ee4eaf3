"""What people are told about their data, and the register of processing: both from the declaration alone."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

import pytest
from django.test import Client
from openpyxl import load_workbook

from fener.norms.fields import compartment_fields
from fener.trust.actor import Actor
from fener.trust.privacy import register, registry
from fener.trust.roles import Role
from tests.factories.network import Mechanism

SignIn = Callable[[Actor], Client]
pytestmark = pytest.mark.django_db


def test_everybody_may_read_what_is_kept(client: Client) -> None:
    page = client.get("/privacy/").content.decode()
    for spec in compartment_fields():
        assert spec.label.replace("'", "&#x27;") in page, spec.label
    for words in ("What you can ask for", "How long", "Whom to ask", "On which ground", "Leave this page"):
        assert words in page
    assert "unknown in law" in page, "no period is invented"


def test_the_page_has_a_neutral_title(client: Client) -> None:
    assert "<title>Information" in client.get("/privacy/").content.decode()


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.AUDITOR, 200),
        (Role.MECHANISM_COORDINATOR, 200),
        (Role.ORGANISATION_ADMIN, 200),
        (Role.CASE_MANAGER, 404),
        (Role.STATISTICIAN, 404),
    ],
)
def test_the_register_is_for_a_few(mechanism: Mechanism, signed_in: SignIn, role: Role, status: int) -> None:
    client = signed_in(mechanism.co_ordination.actor(role))
    assert client.get("/register/").status_code == status
    for kind in ("csv", "xlsx", "json"):
        assert client.get(f"/register/{kind}/").status_code == status
    assert client.get("/register/pdf/").status_code == 404


def test_the_register_lists_every_declared_field_in_every_form(mechanism: Mechanism, signed_in: SignIn) -> None:
    client = signed_in(mechanism.co_ordination.actor(Role.AUDITOR))
    names = {name for name, _one in registry.declared()}
    rows = list(csv.DictReader(io.StringIO(client.get("/register/csv/").content.decode("utf-8-sig"))))
    assert {row["Field"] for row in rows} == names
    assert {line["field"] for line in json.loads(client.get("/register/json/").content)["fields"]} == names
    sheet = load_workbook(io.BytesIO(client.get("/register/xlsx/").content)).active
    assert sheet is not None
    assert {row[1].value for row in sheet.iter_rows(min_row=2)} == names


def test_what_the_sources_do_not_say_is_called_unknown() -> None:
    assert "unknown" in register.basis_words("staff")
    assert "own law is unknown" in register.basis_words("victims")
    assert "Article 11(1)" in register.basis_words("victims")


@pytest.mark.parametrize("text", ["=1+1", "+381", "-5", "@cmd", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert register.neutral(text) == f"'{text}"
    assert register.neutral("plain = text") == "plain = text"

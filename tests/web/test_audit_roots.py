"""The daily roots on the auditor's page."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from fener.trust.actor import SYSTEM, Actor
from fener.trust.anchoring import roots
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism

pytestmark = pytest.mark.django_db
SignedIn = Callable[..., Client]
PAGE = reverse("web:audit_roots")


@pytest.fixture
def auditor(mechanism: Mechanism) -> Actor:
    return mechanism.co_ordination.actor(Role.AUDITOR)


def test_before_the_first_root_the_page_says_what_makes_one(signed_in: SignedIn, auditor: Actor) -> None:
    client = signed_in(auditor)
    shown = client.get(PAGE).content.decode()
    assert "No root yet" in shown
    assert "public key" not in shown


def test_the_auditor_reads_the_roots_and_takes_them_as_a_file_that_verifies(
    signed_in: SignedIn, auditor: Actor, case_manager: Actor
) -> None:
    case = CaseFactory(actor=case_manager)
    made = roots.make_root(actor=SYSTEM, at=datetime(2026, 3, 1, 12, tzinfo=UTC))
    assert made is not None
    client = signed_in(auditor)
    shown = client.get(PAGE).content.decode()
    assert made.statement["root"][:4] + " " + made.statement["root"][4:8] in shown
    file = client.get(PAGE, {"as": "file"})
    assert file["Content-Disposition"] == 'attachment; filename="roots.jsonl"'
    (said,) = map(json.loads, file.content.splitlines())
    assert roots.verify_everything(published=[said]) == []
    assert str(case.pk) not in shown + file.content.decode()


def test_nobody_else_sees_them(signed_in: SignedIn, case_manager: Actor) -> None:
    client = signed_in(case_manager)
    assert client.get(PAGE).status_code in {403, 404}

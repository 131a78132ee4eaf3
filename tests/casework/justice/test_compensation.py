"""Compensation on the pages of a case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fener.casework.models.justice.claim import Claim, ClaimPayment
from fener.casework.services.justice import compensation
from fener.casework.services.person_copy import make_copy
from fener.norms.compensation import REQUIRED
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput
from fener.trust.models import AuditEntry
from fener.trust.roles import Role
from tests.casework.test_referral_race import _at_once
from tests.factories.casework import CaseFactory
from tests.factories.justice import awarded, claimed, paid, told
from tests.factories.network import Mechanism
from tests.factories.returns import days_ago
from tests.web.pages import words

SignIn = Callable[[Actor], Client]


def at(name: str, *args: Any) -> str:
    return reverse(f"casework:{name}", args=args)


def test_from_the_telling_to_the_payments_on_the_pages(case_manager: Actor, signed_in: SignIn) -> None:
    case, client = CaseFactory(actor=case_manager), signed_in(case_manager)
    chapter = at("chapter", case.code, "justice")
    assert "was not told of the routes" in words(client.get(chapter).content.decode())

    def post(name: str, *args: Any, status: int = 302, **typed: Any) -> str:
        assert client.get(at(name, case.code, *args)).status_code == 200
        answer = client.post(at(name, case.code, *args), {"once": str(uuid4()), **typed})
        assert answer.status_code == status, words(answer.content.decode())[:800]
        return words(answer.content.decode())

    facts = {f"fact_{name}": "unknown" for name in compensation.fact_names()}
    typed = {"told_on": days_ago(90), "language": "ro", "interpreter": "Ana", **facts}
    assert "Tell of every route" in post("compensation_tell", status=422, routes=["fund"], **typed)
    post("compensation_tell", routes=list(REQUIRED), **typed)
    typed = {"route": "civil_court", "claimed_on": days_ago(80), "currency": "RSD", "asked": "90000", "words": "Goran"}
    post("claim_new", **typed)
    claim = Claim.objects.get()
    post("claim_award", claim.pk, awarded="60000.50", on=days_ago(60))
    assert "This is more than what is outstanding" in post(
        "claim_payment", claim.pk, status=422, amount="60000.51", on=days_ago(5)
    )
    post("claim_payment", claim.pk, amount="20000.25", on=days_ago(5))
    post("claim_insolvent", claim.pk, on=days_ago(2))
    page = words(client.get(chapter).content.decode())
    assert "Outstanding: 40000.25 RSD" in page
    assert "No instalments are agreed" in page
    assert "The offender cannot pay: claim from the fund" in page
    assert "Goran" not in page
    assert "Ana" not in page
    assert "part of it is paid" in words(client.get(at("case", case.code)).content.decode())
    assert "60000.50" in repr(make_copy(actor=case_manager, case=case, language="en"))
    assert "Goran" not in repr(list(AuditEntry.objects.values()))


def test_nobody_else_reads_claims_neither_the_node_nor_a_stranger(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case, other = CaseFactory(actor=case_manager), CaseFactory(actor=case_manager)
    told(case_manager, case)
    claim = claimed(case_manager, case)
    node = signed_in(mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR))
    page = node.get(at("chapter", case.code, "justice"))
    assert "Claim" not in words(page.content.decode())
    assert "EUR" not in words(page.content.decode())
    for client in (node, signed_in(mechanism.shelter.actor(Role.CASE_MANAGER))):
        for path in (at("claim_new", case.code), at("claim_award", case.code, claim.pk)):
            assert client.get(path).status_code in (403, 404)
    assert signed_in(case_manager).get(at("claim_award", other.code, claim.pk)).status_code == 404


def test_the_chapter_asks_the_same_few_questions_however_much_is_claimed(
    case_manager: Actor, signed_in: SignIn
) -> None:
    case, client = CaseFactory(actor=case_manager), signed_in(case_manager)
    told(case_manager, case)
    path = at("chapter", case.code, "justice")
    client.get(path)
    counts = []
    for number in (1, 6):
        for _each in range(number):
            paid(case_manager, awarded(case_manager, claimed(case_manager, case)), "5")
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)
def test_two_payments_at_once_never_pay_more_than_the_award() -> None:
    mechanism = Mechanism(since=date(2020, 1, 1))
    actor = mechanism.ngo.actor(Role.CASE_MANAGER)
    case = CaseFactory(actor=actor)
    told(actor, case)
    claim = awarded(actor, claimed(actor, case))
    answers = _at_once(*[lambda: paid(actor, claim, "600")] * 3)
    assert sum(isinstance(each, ClaimPayment) for each in answers) == 1
    assert sum(isinstance(each, InvalidInput) for each in answers) == 2
    assert compensation.paid(Claim.objects.get()) == Decimal("600.00")


def test_instalments_beyond_the_calendar_have_no_next_day(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    told(case_manager, case)
    claim = Claim(
        case=case,
        currency="RSD",
        awarded=Decimal(900_000),
        instalment=Decimal("0.01"),
        every=120,
        first_on=date(2026, 5, 1),
    )
    claim._prefetched_objects_cache = {"payments": [ClaimPayment(amount=Decimal(500_000))]}  # type: ignore[attr-defined]
    assert compensation.next_on(claim) is None
    plan = compensation.projected(claim, date(2026, 6, 1))
    assert plan is not None
    assert plan.last_on is None

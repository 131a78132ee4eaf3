"""Charges and owed outcomes on the pages of a case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fener.casework.models import Case
from fener.casework.models.justice.charge import Charge, OwedOutcome
from fener.casework.services.justice import outcomes
from fener.casework.services.person_copy import make_copy
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput
from fener.trust.roles import Role
from tests.casework.test_referral_race import _at_once
from tests.factories.assessing import assess
from tests.factories.casework import CaseFactory
from tests.factories.justice import charged, owed
from tests.factories.network import Mechanism
from tests.factories.returns import days_ago
from tests.web.pages import words

SignIn = Callable[[Actor], Client]


def at(name: str, *args: Any) -> str:
    return reverse(f"casework:{name}", args=args)


def test_from_a_charge_to_its_outcome_on_the_pages(case_manager: Actor, signed_in: SignIn) -> None:
    case, client = CaseFactory(actor=case_manager), signed_in(case_manager)
    assess(case_manager, case)
    chapter = at("chapter", case.code, "justice")
    assert at("charge_new", case.code) in client.get(chapter).content.decode()

    def post(name: str, *args: Any, status: int = 302, **typed: Any) -> str:
        assert client.get(at(name, case.code, *args)).status_code == 200
        answer = client.post(at(name, case.code, *args), {"once": str(uuid4()), **typed})
        assert answer.status_code == status, words(answer.content.decode())[:800]
        return words(answer.content.decode())

    typed = {"kind": "procuring", "branch": "criminal", "scale": "several", "act_on": days_ago(300), "least": "36"}
    typed |= {"article": "184", "words": "Goran", "law_from": days_ago(200)}
    assert "was not in force on the day of the act" in post("charge_new", status=422, **typed)
    post("charge_new", **{**typed, "law_from": days_ago(900)}, reason="plea", costs=["no_permit"])
    charge = Charge.objects.get()
    post("charge_stage", charge.pk, stage="trial", on=days_ago(100))
    post("charge_evidence", charge.pk, evidence=["testimony"], measure_search="unknown")
    page = words(client.get(chapter).content.decode())
    assert "rests on the person's testimony alone" in page
    assert "Agreement with the accused" in page
    assert "No permit to stay" in page
    assert "Search: the consent of a judge is not recorded" in page
    assert "Goran" not in page
    post("charge_decide", charge.pk, outcome="convicted", on=days_ago(9), sentence_kind="prison", months="6")
    assert "below what the law asks for" in words(client.get(chapter).content.decode())
    assert "Charge: Procuring" in words(client.get(at("case", case.code)).content.decode())

    post("owed_outcome_new", office="police", on=days_ago(200))
    assert "overdue" in words(client.get(chapter).content.decode())
    post("owed_outcome_answer", OwedOutcome.objects.get().pk, answer="dropped", on=days_ago(1))
    assert "procuring" in repr(make_copy(actor=case_manager, case=case, language="en")).casefold()


def test_the_co_ordinator_reads_office_and_days_and_no_charge(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case = CaseFactory(actor=case_manager)
    charge, late = charged(case_manager, case), owed(case_manager, case)
    outcomes.answer_outcome(actor=case_manager, owed=late, answer="acquitted", on=days_ago(3))
    client = signed_in(mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR))
    page = client.get(at("chapter", case.code, "justice")).content.decode()
    assert "the prosecution" in words(page).casefold()
    for hidden in ("Extortion", "Acquitted", "/charges/", "/outcomes/", "/words/"):
        assert hidden not in page
    for path in (at("charge_new", case.code), at("charge_decide", case.code, charge.pk)):
        assert client.get(path).status_code in (403, 404)


def test_to_a_stranger_and_under_another_case_it_looks_absent(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case, other = CaseFactory(actor=case_manager), CaseFactory(actor=case_manager)
    charge, late = charged(case_manager, case), owed(case_manager, case)
    client = signed_in(mechanism.shelter.actor(Role.CASE_MANAGER))
    assert client.get(at("chapter", case.code, "justice")).status_code == 404
    assert client.get(at("charge_new", case.code)).status_code == 404
    mine = signed_in(case_manager)
    for name in ("charge_stage", "charge_evidence", "charge_decide"):
        assert mine.get(at(name, other.code, charge.pk)).status_code == 404
    assert mine.get(at("owed_outcome_answer", other.code, late.pk)).status_code == 404


def test_the_chapter_asks_the_same_few_questions_however_much_is_charged(
    case_manager: Actor, signed_in: SignIn
) -> None:
    case, client = CaseFactory(actor=case_manager), signed_in(case_manager)
    path = at("chapter", case.code, "justice")
    client.get(path)
    counts = []
    for number in (1, 9):
        for _each in range(number):
            charged(case_manager, case)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)
def test_two_who_give_the_case_to_one_office_at_once_leave_one_debt() -> None:
    mechanism = Mechanism(since=date(2020, 1, 1))
    actor = mechanism.ngo.actor(Role.CASE_MANAGER)
    case: Case = CaseFactory(actor=actor)
    answers = _at_once(*[lambda: owed(actor, case)] * 3)
    assert sum(isinstance(each, OwedOutcome) for each in answers) == 1
    assert sum(isinstance(each, InvalidInput) for each in answers) == 2
    assert OwedOutcome.objects.count() == 1

"""Interviews on the pages of a case."""

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

from fener.casework.chapters.justice.interviews import lines
from fener.casework.domain.machine import NotPossibleNow
from fener.casework.models import Case
from fener.casework.models.justice.interview import Interview
from fener.casework.models.line import CaseLine
from fener.casework.services.justice.interviews import end_plan, hold_interview
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput
from fener.trust.roles import Role
from tests.casework.test_referral_race import _at_once
from tests.factories.casework import CaseFactory
from tests.factories.hearings import safe
from tests.factories.interviews import answers, held, held_terms, in_days, planned
from tests.factories.network import Mechanism
from tests.factories.returns import days_ago
from tests.factories.statements import lawyer, told
from tests.web.pages import words

SignIn = Callable[[Actor], Client]


def at(name: str, *args: Any) -> str:
    return reverse(f"casework:{name}", args=args)


def test_from_a_plan_to_a_held_interview_on_the_pages(case_manager: Actor, signed_in: SignIn) -> None:
    case, client = CaseFactory(actor=case_manager), signed_in(case_manager)
    told(case_manager, case, by=lawyer(case_manager, case))
    safe(case_manager, case)
    chapter = at("chapter", case.code, "justice")

    def post(name: str, *args: Any, status: int = 302, **typed: Any) -> str:
        assert client.get(at(name, case.code, *args)).status_code == 200
        answer = client.post(at(name, case.code, *args), {"once": str(uuid4()), **typed})
        assert answer.status_code == status, words(answer.content.decode())[:800]
        return words(answer.content.decode())

    asks = {"asked_by": "prosecutor", "purpose": "prosecution", "words": "Ana Kos"}
    post("interview_plan", on=in_days(3), **asks)
    row = Interview.objects.get()
    standard = {f"item_{code}": answer for code, answer in answers(private="no").items()}
    post("interview_hold", row.pk, on=days_ago(0), language="ro", present=["lawyer"], minutes="30", **standard)
    page = words(client.get(chapter).content.decode())
    assert "Not kept: In private: nobody overheard it" in page
    assert "Kos" not in page
    assert "Held before Prosecution (Prosecution," in words(
        client.get(at("interview_plan", case.code)).content.decode()
    )
    assert "This was asked before" in post("interview_plan", status=422, on=in_days(3), **asks)
    post("interview_plan", on=in_days(3), again="new_facts", **asks)
    other = Interview.objects.get(state="planned")
    assert "No earlier" not in words(client.get(at("interview_spare", case.code, other.pk)).content.decode())
    post("interview_end", other.pk, step="decline", on=days_ago(0))
    assert "Interviews held: 1" in words(client.get(at("case", case.code)).content.decode())


def test_to_the_co_ordinator_and_to_strangers_the_interviews_look_absent(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case = CaseFactory(actor=case_manager)
    row = held(case_manager, case)
    node = mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR)
    for who, answer in ((node, 403), (mechanism.shelter.actor(Role.CASE_MANAGER), 404)):
        client = signed_in(who)
        assert client.get(at("interview_plan", case.code)).status_code == answer
        assert client.get(at("interview_hold", case.code, row.pk)).status_code == answer
        assert "Interviews held" not in client.get(at("case", case.code)).content.decode()


def test_an_interview_of_another_case_looks_absent(case_manager: Actor, signed_in: SignIn) -> None:
    one, other = CaseFactory(actor=case_manager), CaseFactory(actor=case_manager)
    row = planned(case_manager, one)
    assert signed_in(case_manager).get(at("interview_hold", other.code, row.pk)).status_code == 404


def test_lines_say_what_the_rows_say_after_each_act(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)

    def agree() -> None:
        kept = {
            (one.what, one.about, str(one.params))
            for one in CaseLine.objects.filter(case=case, record="justice.interviews")
        }
        assert kept == {(one.what, one.about, str(dict(one.params))) for one in lines(case)}

    row = planned(case_manager, case)
    agree()
    hold_interview(actor=case_manager, interview=row, held=held_terms())
    agree()
    other = planned(case_manager, case, again="new_facts")
    agree()
    end_plan(actor=case_manager, interview=other, step="call_off", on=days_ago(0))
    agree()
    with pytest.raises(NotPossibleNow):
        hold_interview(actor=case_manager, interview=other, held=held_terms())


def test_the_chapter_asks_the_same_few_questions_however_often_somebody_was_asked(
    case_manager: Actor, signed_in: SignIn
) -> None:
    case, client = CaseFactory(actor=case_manager), signed_in(case_manager)
    path = at("chapter", case.code, "justice")
    client.get(path)
    counts = []
    for number in (1, 9):
        for _each in range(number):
            held(case_manager, case, again="no_reason")
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_record_the_same_at_once_one_has_to_say_why_it_was_asked_again() -> None:
    mechanism = Mechanism(since=date(2020, 1, 1))
    actor = mechanism.ngo.actor(Role.CASE_MANAGER)
    case: Case = CaseFactory(actor=actor)
    found = _at_once(*[lambda: held(actor, case)] * 3)
    assert sum(isinstance(each, Interview) for each in found) == 1
    assert sum(isinstance(each, InvalidInput) for each in found) == 2

"""A lawyer, what was told, and statements on the pages of a case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fener.casework.chapters.justice import advice, statements
from fener.casework.models.justice.advice import LegalMandate
from fener.casework.models.line import CaseLine
from fener.casework.services.justice.advice import end_mandate
from fener.casework.services.person_copy import make_copy
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.children import child, guarded
from tests.factories.network import Mechanism
from tests.factories.returns import days_ago
from tests.factories.statements import BEFORE, lawyer, opinion, procedure, stated, told
from tests.web.pages import words

SignIn = Callable[[Actor], Client]


def at(name: str, *args: Any) -> str:
    return reverse(f"casework:{name}", args=args)


def test_from_a_lawyer_to_a_statement_on_the_pages(case_manager: Actor, signed_in: SignIn) -> None:
    case, client = CaseFactory(actor=case_manager), signed_in(case_manager)
    chapter = at("chapter", case.code, "justice")

    def post(name: str, *args: Any, status: int = 302, **typed: Any) -> str:
        assert client.get(at(name, case.code, *args)).status_code == 200
        answer = client.post(at(name, case.code, *args), {"once": str(uuid4()), **typed})
        assert answer.status_code == status, words(answer.content.decode())[:800]
        return words(answer.content.decode())

    given = {"kind": "complaint", "to": "police", "on": days_ago(1), "reference": "KU 9"}
    answer = client.post(at("statement_new", case.code), {"once": str(uuid4()), **given})
    assert "Independent and competent legal advice was given." in words(answer.content.decode())
    assert "The right to refuse was told." in words(client.get(chapter).content.decode())
    post("legal_mandate_new", since=days_ago(9), alone="yes", competent="yes", words="Vera Ilić")
    who = LegalMandate.objects.get()
    post("legal_told_new", items=BEFORE, on=days_ago(8), language=case.language, mandate=str(who.pk))
    post("statement_new", **given)
    post("legal_mandate_end", who.pk, on=days_ago(0))
    page = words(client.get(chapter).content.decode())
    assert "The right to refuse was told." not in page
    assert "No lawyer acts for the person." in page
    assert "Ilić" not in page
    assert "KU 9" not in page
    assert "Statement given: Complaint" in words(client.get(at("case", case.code)).content.decode())
    assert "Statement given: Complaint" in repr(make_copy(actor=case_manager, case=case, language="en"))


def test_a_child_is_weighed_on_the_pages(case_manager: Actor, signed_in: SignIn) -> None:
    case, client = child(case_manager), signed_in(case_manager)
    guarded(case_manager, case, since=days_ago(100))

    def post(name: str, **typed: Any) -> None:
        answer = client.post(at(name, case.code), {"once": str(uuid4()), **typed})
        assert answer.status_code == 302, words(answer.content.decode())[:800]

    post("statement_opinion", by="guardian", favours="yes", on=days_ago(3), words="She wants it.")
    how = {"asked_by": "court", "times": "1", "recorded_once": "yes", "on": days_ago(3), "words": "The blue room."}
    post("statement_procedure", **how)
    page = words(client.get(at("chapter", case.code, "justice")).content.decode())
    assert "Opinion of the guardian in favour" in page
    assert "blue room" not in page


@pytest.mark.parametrize("address", ["legal_mandate_new", "legal_told_new", "statement_new", "statement_opinion"])
def test_a_shelter_worker_and_the_co_ordinator_are_refused_and_strangers_see_nothing(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn, address: str
) -> None:
    case = CaseFactory(actor=case_manager)
    lawyer(case_manager, case)
    for who, answer in (
        (mechanism.ngo.actor(Role.SHELTER_WORKER), 403),
        (mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR), 403),
        (mechanism.shelter.actor(Role.CASE_MANAGER), 404),
    ):
        client = signed_in(who)
        assert client.get(at(address, case.code)).status_code == answer
        assert "A lawyer acts" not in client.get(at("case", case.code)).content.decode()


def test_a_mandate_ends_once_and_that_of_another_case_looks_absent(case_manager: Actor, signed_in: SignIn) -> None:
    case, other = CaseFactory(actor=case_manager), CaseFactory(actor=case_manager)
    who = lawyer(case_manager, case)
    assert signed_in(case_manager).get(at("legal_mandate_end", other.code, who.pk)).status_code == 404
    end_mandate(actor=case_manager, mandate=who, on=days_ago(1))
    with pytest.raises(AlreadyDone):
        end_mandate(actor=case_manager, mandate=who, on=days_ago(0))


def test_lines_say_what_the_rows_say_and_the_chapter_asks_the_same_few_questions(
    case_manager: Actor, signed_in: SignIn
) -> None:
    case, client = child(case_manager), signed_in(case_manager)
    guarded(case_manager, case, since=days_ago(100))
    path, counts = at("chapter", case.code, "justice"), []
    client.get(path)
    for number in (1, 7):
        for _each in range(number):
            told(case_manager, case, by=lawyer(case_manager, case))
            opinion(case_manager, case, "guardian")
            opinion(case_manager, case, "prosecutor")
            procedure(case_manager, case)
            stated(case_manager, case)
        kept = {(one.what, one.about) for one in CaseLine.objects.filter(case=case, record__startswith="justice.")}
        assert kept == {(one.what, one.about) for part in (advice, statements) for one in part.lines(case)}
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_doors_for_a_child_stand_on_a_childs_case_alone(case_manager: Actor, signed_in: SignIn) -> None:
    client = signed_in(case_manager)
    for case, there in ((child(case_manager), True), (CaseFactory(actor=case_manager), False)):
        page = client.get(at("chapter", case.code, "justice")).content.decode()
        assert ("For a child: an opinion" in page, "For a child: how it is heard" in page) == (there, there)


def test_where_something_is_missing_the_page_does_not_say_besides_that_nothing_is_recorded(
    case_manager: Actor, signed_in: SignIn
) -> None:
    page = signed_in(case_manager).get(at("chapter", CaseFactory(actor=case_manager).code, "justice")).content.decode()
    section = words(page.split('<section id="statements"')[1].split("</section>")[0])
    assert "The consequences of testifying were told." in section
    assert "Nothing is recorded here." not in section

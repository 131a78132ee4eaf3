"""Promises on the pages of a case, and the form of one that is left unfinished."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fener.casework.models import Case
from fener.casework.models.line import CaseLine, FormDraft
from fener.casework.models.safety.promise import Promise
from fener.casework.services.person_copy import make_copy
from fener.casework.services.safety.promises import PromiseTerms, record_promise
from fener.trust.actor import Actor
from fener.trust.models import SealedItem
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism
from tests.web.pages import words

SignIn = Callable[[Actor], Client]
TYPED = {"kind": "payment", "by": "court", "made_on": "2026-03-02", "due_on": "2026-04-01", "words": "Judge Lukić"}


def at(name: str, *args: Any) -> str:
    return reverse(f"casework:{name}", args=args)


def promised(actor: Actor, case: Case) -> Promise:
    terms = PromiseTerms(kind="permit", by="police", made_on=date(2026, 3, 2), due_on=date(2026, 3, 20))
    return record_promise(actor=actor, case=case, terms=terms)


def read(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, words(answer.content.decode())[:600]
    return words(answer.content.decode())


def test_a_promise_is_recorded_in_two_clicks_from_the_case_and_stands_on_it(
    case_manager: Actor, signed_in: SignIn
) -> None:
    case, client = CaseFactory(actor=case_manager), signed_in(case_manager)
    assert at("chapter", case.code, "safety") in client.get(at("case", case.code)).content.decode()
    assert at("promise_new", case.code) in client.get(at("chapter", case.code, "safety")).content.decode()
    answer = client.post(at("promise_new", case.code), {"once": str(uuid4()), **TYPED})
    assert answer.status_code == 302
    assert "Promised by a court: money" in read(client.get(at("case", case.code)))
    page = read(client.get(answer["Location"]))
    assert "Promised by a court on" in page
    assert "Lukić" not in page


def test_the_case_page_asks_the_same_few_questions_however_much_is_promised(
    case_manager: Actor, signed_in: SignIn
) -> None:
    case, client = CaseFactory(actor=case_manager), signed_in(case_manager)
    for _ in range(20):
        promised(case_manager, case)
    for path, most in ((at("case", case.code), 30), (at("chapter", case.code, "safety"), 18)):
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            read(client.get(path))
        assert len(asked) <= most, [query["sql"][:150] for query in asked.captured_queries]


def test_the_co_ordinator_reads_the_chapter_without_a_word_of_it(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case = CaseFactory(actor=case_manager)
    record_promise(
        actor=case_manager,
        case=case,
        terms=PromiseTerms(
            kind="permit", by="police", made_on=date(2026, 3, 2), due_on=date(2026, 3, 20), words="Inspector Marić"
        ),
    )
    client = signed_in(mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR))
    assert "Promised by the police" in read(client.get(at("case", case.code)))
    page = client.get(at("chapter", case.code, "safety"))
    assert "Promised by the police" in read(page)
    assert "/words/" not in page.content.decode()
    assert "/settle/" not in page.content.decode()


def test_to_a_stranger_the_chapter_looks_absent(case_manager: Actor, mechanism: Mechanism, signed_in: SignIn) -> None:
    case = CaseFactory(actor=case_manager)
    client = signed_in(mechanism.shelter.actor(Role.CASE_MANAGER))
    assert client.get(at("chapter", case.code, "safety")).status_code == 404
    assert client.get(at("promise_new", case.code)).status_code == 404
    assert signed_in(case_manager).get(at("chapter", case.code, "weather")).status_code == 404


def test_a_promise_of_another_case_looks_absent(case_manager: Actor, signed_in: SignIn) -> None:
    one, other = CaseFactory(actor=case_manager), CaseFactory(actor=case_manager)
    promise = promised(case_manager, one)
    client = signed_in(case_manager)
    assert client.get(at("promise_settle", other.code, promise.pk)).status_code == 404


def test_what_was_left_unfinished_is_found_again_by_its_writer_alone(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case, client = CaseFactory(actor=case_manager), signed_in(case_manager)
    path = at("promise_new", case.code)
    unfinished = {**TYPED, "due_on": "", "no_day_named": "on"}
    assert client.post(path, {"once": str(uuid4()), "leave": "1", **unfinished}).status_code == 302
    draft = FormDraft.objects.get()
    assert b"Luki" not in bytes(draft.item.ciphertext)
    page = client.get(path).content.decode()
    assert "Judge Lukić" in page
    assert "Error" not in words(page)
    assert path in client.get(at("case", case.code)).content.decode()

    colleague = signed_in(mechanism.ngo.actor(Role.CASE_MANAGER))
    assert "Lukić" not in colleague.get(path).content.decode()
    assert f'href="{path}"' not in colleague.get(at("case", case.code)).content.decode()
    assert colleague.post(at("draft_throw_away", case.code, draft.pk)).status_code == 404
    assert "Lukić" not in repr(make_copy(actor=case_manager, case=case, language="en"))

    assert client.post(path, {"once": str(uuid4()), **TYPED}).status_code == 302
    assert not FormDraft.objects.exists()
    assert not SealedItem.objects.filter(slot__startswith="draft:").exists()


def test_what_was_left_unfinished_can_be_thrown_away(case_manager: Actor, signed_in: SignIn) -> None:
    case, client = CaseFactory(actor=case_manager), signed_in(case_manager)
    client.post(at("promise_new", case.code), {"once": str(uuid4()), "leave": "1", **TYPED})
    client.post(at("promise_new", case.code), {"once": str(uuid4()), "leave": "1", **TYPED, "words": "Another"})
    draft = FormDraft.objects.get()  # the later one in place of the earlier
    assert client.post(at("draft_throw_away", case.code, draft.pk)).status_code == 302
    assert not SealedItem.objects.filter(slot__startswith="draft:").exists()


def test_lines_say_what_the_rows_say(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    promise = promised(case_manager, case)
    (line,) = CaseLine.objects.filter(case=case)
    assert (line.about, line.what, line.params) == (promise.pk, "open", {"kind": "permit", "by": "police"})
    case.refresh_from_db()
    assert case.next_due is not None
    assert case.next_due <= line.due

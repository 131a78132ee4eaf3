"""Marks, the checklist, parents and dependants on the pages of a case."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fener.casework.chapters.children import checklists, dependants, marks, parents
from fener.casework.models.line import CaseLine
from fener.casework.services.children.care import check_needs
from fener.trust.actor import Actor
from tests.acceptance.test_ch_14_marks_of_a_child import marked
from tests.acceptance.test_ch_16_dependants_of_their_own import depends
from tests.acceptance.test_ch_17_each_thing_that_a_child_needs import GIVEN
from tests.acceptance.test_ch_20_what_the_parents_do import agreed
from tests.casework.children.test_guardians import at, read
from tests.factories.casework import CaseFactory
from tests.factories.children import DAY, child

SignIn = Callable[[Actor], Client]
FORMS: list[tuple[str, dict[str, object], str]] = [
    ("child_marks", {"alone": "yes", "without_parents": "unknown"}, "A mark is missing: Unaccompanied"),
    (
        "child_checklist",
        {"on": "2026-03-02", **{f"item_{code}": answer for code, answer in (GIVEN | {"schooling": "missing"}).items()}},
        "Schooling: Missing",
    ),
    (
        "parents_plan_new",
        {"on": "2026-03-02", "duties": ["school"], "poverty": "no", "review_on": "2026-04-02"},
        "By sending the child to school.",
    ),
]


@pytest.mark.parametrize(("name", "typed", "shown"), FORMS, ids=[one[0] for one in FORMS])
def test_each_is_recorded_from_the_chapter(
    case_manager: Actor, signed_in: SignIn, name: str, typed: dict[str, object], shown: str
) -> None:
    case, client = child(case_manager), signed_in(case_manager)
    assert at(name, case.code) in client.get(at("chapter", case.code, "children")).content.decode()
    answer = client.post(at(name, case.code), {"once": str(uuid4()), **typed})
    assert answer.status_code == 302, read(answer)
    assert shown in read(client.get(answer["Location"]))


def test_a_dependant_of_an_adult_is_recorded_without_a_name_on_the_page(case_manager: Actor, signed_in: SignIn) -> None:
    case, client = CaseFactory(actor=case_manager), signed_in(case_manager)
    typed = {"kind": "child", "under_18": "yes", "papers": "missing", "since": "2026-03-02"}
    sent = {"once": str(uuid4()), "who": "Lana Kos", "needs": "A kindergarten", **typed}
    answer = client.post(at("dependant_new", case.code), sent)
    assert answer.status_code == 302, read(answer)
    page = read(client.get(answer["Location"]))
    assert "no plan yet" in page
    assert "Lana" not in page
    assert "Depends on the person: Child (no plan yet)" in read(client.get(at("case", case.code)))


def test_the_lines_are_what_the_rows_say(case_manager: Actor) -> None:
    case = child(case_manager)
    marked(case_manager, case, "separated")
    check_needs(actor=case_manager, case=case, answers=GIVEN, on=DAY)
    agreed(case_manager, case)
    depends(case_manager, case)
    for record in (marks, checklists, parents, dependants):
        kept = CaseLine.objects.filter(case=case, record=record.CODE)
        assert sorted(str(one.about) for one in kept) == sorted(str(one.about) for one in record.lines(case))
        assert kept.exists()


def test_the_whole_chapter_asks_a_fixed_number_of_questions(case_manager: Actor, signed_in: SignIn) -> None:
    case, client = child(case_manager), signed_in(case_manager)
    for _ in range(8):
        depends(case_manager, case)
        check_needs(actor=case_manager, case=case, answers=GIVEN, on=DAY)
    client.get(at("chapter", case.code, "children"))
    with CaptureQueriesContext(connection) as asked:
        read(client.get(at("chapter", case.code, "children")))
    assert len(asked) <= 30, [query["sql"][:150] for query in asked.captured_queries]

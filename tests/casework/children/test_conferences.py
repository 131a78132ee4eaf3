"""Case conferences on the pages of a case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fener.casework.chapters.children.conferences import lines
from fener.casework.models.children.conference import Conference
from fener.casework.models.line import CaseLine
from fener.casework.services.children.conferences import agree_measure, finish_measure
from fener.norms.path.conference import members
from fener.trust.actor import Actor
from tests.acceptance.test_ch_13_a_monthly_case_conference import held
from tests.casework.children.test_guardians import at, read
from tests.factories.children import DAY, child

SignIn = Callable[[Actor], Client]


def test_a_conference_is_recorded_and_says_who_was_absent(case_manager: Actor, signed_in: SignIn) -> None:
    case, client = child(case_manager), signed_in(case_manager)
    there = [code for code in members() if code != "health"]
    typed = {"held_on": "2026-03-02", "present": there, "chair": "child_protection", "level": "high", "words": "Aunt"}
    answer = client.post(at("conference_new", case.code), {"once": str(uuid4()), **typed})
    assert answer.status_code == 302, read(answer)
    page = read(client.get(answer["Location"]))
    assert "Absent: Health." in page
    assert "does not hold" in page
    assert "Aunt" not in page
    row = Conference.objects.get(case=case)
    sent = {"once": str(uuid4()), "words": "A place in class", "sector": "school", "due_on": "2026-03-09"}
    assert client.post(at("conference_measure", case.code, row.pk), sent).status_code == 302
    assert "By 9 March 2026." in read(client.get(answer["Location"]))


def test_the_chapter_asks_the_same_few_questions_however_much_was_agreed(
    case_manager: Actor, signed_in: SignIn
) -> None:
    case, client = child(case_manager), signed_in(case_manager)
    row = held(case_manager, case)
    for _ in range(12):
        agree_measure(actor=case_manager, conference=row, sector="school", due_on=DAY, words="A place in class.")
    client.get(at("chapter", case.code, "children"))
    with CaptureQueriesContext(connection) as asked:
        read(client.get(at("chapter", case.code, "children")))
    assert len(asked) <= 30, [query["sql"][:150] for query in asked.captured_queries]


def test_the_lines_are_what_the_rows_say(case_manager: Actor) -> None:
    case = child(case_manager)
    row = held(case_manager, case)
    terms = {"sector": "school", "due_on": DAY + timedelta(days=2), "words": "A place in class."}
    measures = [agree_measure(actor=case_manager, conference=row, **terms) for _ in range(2)]  # type: ignore[arg-type]
    finish_measure(actor=case_manager, measure=measures[0], on=DAY)
    kept = CaseLine.objects.filter(case=case, record="children.conferences")
    assert sorted(str(one.about) for one in kept) == sorted(str(one.about) for one in lines(case))
    assert kept.count() == 2

"""Decisions on a child on the pages of the case."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from django.test import Client

from fener.casework.chapters.children.decisions import lines
from fener.casework.models.children.decision import ChildDecision
from fener.casework.models.line import CaseLine, FormDraft
from fener.casework.services.children.decisions import carry_out
from fener.casework.services.person_copy import make_copy
from fener.norms.vocab import vocabulary
from fener.trust.actor import Actor
from tests.acceptance.test_ch_12_a_durable_solution import chosen
from tests.casework.children.test_guardians import at, read
from tests.factories.children import child, heard

SignIn = Callable[[Actor], Client]
VIEW = {"about": "solution", "heard": "yes", "on": "2026-03-02", "words": "I want to stay with my sister."}


def test_a_solution_is_chosen_after_the_child_was_heard(case_manager: Actor, signed_in: SignIn) -> None:
    case, client = child(case_manager), signed_in(case_manager)
    typed = {
        "solution": "local_integration",
        "decided_on": "2026-03-02",
        "panel": ["child_protection", "health"],
        "family_first": "yes",
        "family_in_interests": "unknown",
        "words": "School and friends are here.",
        **{f"criterion_{code}": "yes" for code in vocabulary("solution_criterion").codes()},
    }
    refused = client.post(at("child_solution_new", case.code), {"once": str(uuid4()), **typed})
    assert refused.status_code != 302
    assert not ChildDecision.objects.filter(case=case).exists()
    assert client.post(at("child_view_new", case.code), {"once": str(uuid4()), **VIEW}).status_code == 302
    answer = client.post(at("child_solution_new", case.code), {"once": str(uuid4()), **typed})
    assert answer.status_code == 302, read(answer)
    page = read(client.get(answer["Location"]))
    assert "Staying here" in page
    assert "my sister" not in page
    assert "Durable solution chosen: Staying here" in read(client.get(at("case", case.code)))


def test_the_lines_are_what_the_rows_say(case_manager: Actor) -> None:
    case = child(case_manager)
    heard(case_manager, case, about="solution")
    carry_out(actor=case_manager, decision=chosen(case_manager, case), on=chosen(case_manager, case).decided_on)
    kept = CaseLine.objects.filter(case=case, record="children.decisions")
    assert sorted(row.what for row in kept) == sorted(one.what for one in lines(case)) == ["carried_out", "decided"]


def test_the_persons_copy_says_it_in_words(case_manager: Actor) -> None:
    case = child(case_manager)
    heard(case_manager, case, about="solution")
    chosen(case_manager, case)
    copy = make_copy(actor=case_manager, case=case, language="en")
    told = " ".join(str(entry.words) for section in copy.sections for row in section.rows for entry in row)
    assert "Staying here" in told
    assert "local_integration" not in told


def test_the_criteria_of_a_solution_stand_on_the_page_and_nothing_of_how_it_is_drawn(
    case_manager: Actor, signed_in: SignIn
) -> None:
    case = child(case_manager)
    heard(case_manager, case, about="solution")
    chosen(case_manager, case)
    page = read(signed_in(case_manager).get(at("chapter", case.code, "children")))
    assert "Safety there: yes" in page
    assert "It is certain that there is no violence or abuse in the family: yes" in page
    assert "Violence or abuse in the family: yes" not in page
    assert "{" not in page
    assert "[" not in page


def test_both_forms_of_a_decision_are_left_and_each_is_found_again_by_itself(
    case_manager: Actor, signed_in: SignIn
) -> None:
    case, client = child(case_manager), signed_in(case_manager)
    for name, words in (("child_solution_new", "School is here"), ("child_decision_new", "Ask the aunt")):
        sent = {"once": str(uuid4()), "leave": "1", "words": words}
        assert client.post(at(name, case.code), sent).status_code == 302
    assert FormDraft.objects.filter(case=case).count() == 2
    page = client.get(at("child_solution_new", case.code)).content.decode()
    assert "School is here" in page
    assert "Ask the aunt" not in page

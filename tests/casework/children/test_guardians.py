"""Guardians on the pages of a case, and how many children each has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from fener.casework.chapters.children.guardians import lines
from fener.casework.models import Case
from fener.casework.models.children.guardianship import Guardianship
from fener.casework.models.line import CaseLine
from fener.casework.selectors.children.guardians import caseload
from fener.casework.services.children.guardians import change_guardian
from fener.trust.actor import Actor
from fener.trust.errors import Refused
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.children import child, guarded, guardian_terms
from tests.factories.network import Body, Mechanism
from tests.web.pages import words

SignIn = Callable[[Actor], Client]


def at(name: str, *args: Any) -> str:
    return reverse(f"casework:{name}", args=args)


def read(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, words(answer.content.decode())[:600]
    return words(answer.content.decode())


def kept(case: Case) -> list[tuple[str, str]]:
    return sorted((row.what, str(row.about)) for row in CaseLine.objects.filter(case=case, record="children.guardians"))


def test_a_guardian_is_named_in_two_clicks_from_the_case(case_manager: Actor, signed_in: SignIn) -> None:
    case, client = child(case_manager), signed_in(case_manager)
    assert at("chapter", case.code, "children") in client.get(at("case", case.code)).content.decode()
    page = client.get(at("chapter", case.code, "children")).content.decode()
    assert at("guardian_new", case.code) in page
    assert "Nobody answers for this child." in words(page)
    typed = {"kind": "guardian", "mandate": "whole", "who": "Jasna Petrović", "legal_basis": "Family Act, article 124"}
    sent = {"once": str(uuid4()), "since": "2026-03-02", **typed}
    answer = client.post(at("guardian_new", case.code), sent)
    assert answer.status_code == 302, read(answer)
    told = read(client.get(answer["Location"]))
    assert "Legal basis: Family Act, article 124." in told
    assert "Petrović" not in told
    assert "The whole of the child's interests" in read(client.get(at("case", case.code))).replace("’", "'")


def test_an_adults_case_shows_nothing_of_guardians(case_manager: Actor, signed_in: SignIn) -> None:
    case, client = CaseFactory(actor=case_manager), signed_in(case_manager)
    page = read(client.get(at("chapter", case.code, "children")))
    assert "Who depends on the person" in page
    for other in ("Guardian", "best", "Turning 18", "Where the child lives", "Case conferences"):
        assert other not in page.replace("Who answers for a child, what it says", "")


def test_a_refused_end_shows_the_conditions(case_manager: Actor, signed_in: SignIn) -> None:
    case, client = child(case_manager), signed_in(case_manager)
    row = guarded(case_manager, case)
    sent = {"once": str(uuid4()), "reason": "durable_solution", "on": "2026-03-02"}
    answer = client.post(at("guardian_end", case.code, row.pk), sent)
    assert answer.status_code in (409, 422), answer.status_code
    assert Guardianship.objects.get(pk=row.pk).ended_on is None


def test_the_lines_are_what_the_rows_say(case_manager: Actor) -> None:
    case = child(case_manager)
    row = guarded(case_manager, case)
    change_guardian(actor=case_manager, guardianship=row, reason="died", terms=guardian_terms(who="Ivo Marić"))
    assert kept(case) == sorted((one.what, str(one.about)) for one in lines(case))


def test_the_number_of_children_of_each_guardian_says_nothing_about_them(
    case_manager: Actor, ngo: Body, mechanism: Mechanism, signed_in: SignIn
) -> None:
    guardian = ngo.actor(Role.GUARDIAN)
    cases = [child(case_manager) for _ in range(3)]
    for case in cases:
        guarded(case_manager, case, person_id=guardian.user_id, organisation_id=ngo.organisation.pk)
    for actor in (case_manager, mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR)):
        (load,) = caseload(actor)
        assert load.children == 3
        page = signed_in(actor).get(at("guardian_load"))
        assert not any(case.code in page.content.decode() for case in cases)
    assert caseload(mechanism.shelter.actor(Role.CASE_MANAGER)) == []
    with pytest.raises(Refused):
        caseload(guardian)


def test_a_guardianship_of_another_case_looks_absent(case_manager: Actor, signed_in: SignIn) -> None:
    row, other = guarded(case_manager, child(case_manager)), child(case_manager)
    read(signed_in(case_manager).get(at("guardian_change", other.code, row.pk)), 404)

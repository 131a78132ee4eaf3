"""Exits of the path: what is kept is said, and a death ends every contact."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from fener.casework.domain import closing
from fener.casework.models.line import CaseLine
from fener.casework.models.returns.recontact import Recontact
from fener.casework.services import cases
from fener.casework.services.returns import recontact
from fener.norms.path.exits import exits
from fener.trust.actor import Actor
from tests.factories.casework import CaseFactory
from tests.factories.returns import days_ago
from tests.web.pages import words


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("lost_contact", "nobody looks for the person without their consent"),
        ("died", "Nobody gets in touch any more"),
        ("own_wish", "The offer stays"),
        ("duplicate", ""),
    ],
)
def test_a_closed_case_says_what_is_kept(
    case_manager: Actor, signed_in: Callable[[Actor], Client], reason: str, said: str
) -> None:
    case = CaseFactory(actor=case_manager)
    cases.close_case(actor=case_manager, case=case, version=case.version, reason=reason)
    page = words(signed_in(case_manager).get(reverse("casework:case", args=[case.code])).content.decode())
    assert "This case is closed" in page
    assert said in page


def test_every_reason_leads_to_an_exit_that_the_pack_has() -> None:
    assert set(closing.EXIT_OF) <= set(closing.REASONS)
    assert set(closing.EXIT_OF.values()) <= set(exits())


@pytest.mark.parametrize(("reason", "ends"), [("died", True), ("lost_contact", False)])
def test_a_death_ends_contact_and_nothing_else_does(case_manager: Actor, reason: str, ends: bool) -> None:
    case = CaseFactory(actor=case_manager)
    recontact.agree(
        actor=case_manager, case=case, channel="telephone", how="Mornings.", on=days_ago(3), until=days_ago(-90)
    )
    cases.close_case(actor=case_manager, case=case, version=case.version, reason=reason)
    assert (Recontact.objects.get().ended_on is not None) is ends
    assert CaseLine.objects.filter(case=case, record="returns.recontact").exists() is not ends

"""RP-04: on a case harm and risk carry a permit without a word about co-operation, and what falls short stands with its
critic."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from fener.casework.services.residence.regimes import begin_regime
from fener.trust.actor import Actor
from tests.factories.casework import CaseFactory
from tests.factories.residence import START, known, phases
from tests.web.pages import words


@pytest.mark.parametrize("ground", ["harm_suffered", "risk_on_return"])
def test_rp_04_harm_or_risk_is_enough_and_refusing_to_co_operate_takes_nothing(
    case_manager: Actor, ground: str
) -> None:
    case = CaseFactory(actor=case_manager)
    begin_regime(actor=case_manager, case=case, code="HUMANITARIAN", starts_on=START)
    known(case_manager, case, "cooperates", answer="no")
    assert phases(case)["humanitarian"].available == "unknown"
    known(case_manager, case, ground)
    assert phases(case)["humanitarian"].available == "yes"
    assert phases(case)["humanitarian"].extendable is True


@pytest.mark.parametrize(
    ("code", "critic", "standard"),
    [
        ("PROCEEDINGS", "Ban Ying", "Residence is separate from testimony"),
        ("TIED", "Ban Ying", "A work permit is not tied to one employer"),
        ("BE", "Payoke, as a main shortcoming", "not on co-operation"),
    ],
)
def test_rp_04_the_case_shows_what_falls_short_and_who_says_so(
    case_manager: Actor, signed_in: Callable[[Actor], Client], code: str, critic: str, standard: str
) -> None:
    case = CaseFactory(actor=case_manager)
    begin_regime(actor=case_manager, case=case, code=code, starts_on=START)
    page = signed_in(case_manager).get(reverse("casework:chapter", args=[case.code, "residence"]))
    shown = words(page.content.decode())
    assert "This rule falls short" in shown
    assert critic in shown
    assert standard in shown


def test_rp_04_where_sources_are_silent_the_case_says_unknown(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    begin_regime(actor=case_manager, case=case, code="RS", starts_on=START)
    assert {phase.available for name, phase in phases(case).items() if name != "recovery"} <= {"unknown"}

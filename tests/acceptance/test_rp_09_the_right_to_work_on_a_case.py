"""RP-09: the case says from when until when the person may work, computed from its regime and never claimed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.test import Client
from django.urls import reverse

from fener.casework.models.line import CaseLine
from fener.casework.services.residence.regimes import begin_regime
from fener.trust.actor import Actor
from tests.factories.casework import CaseFactory
from tests.factories.residence import START, known
from tests.web.pages import words


def test_rp_09_none_in_recovery_then_longer_than_the_document(case_manager: Actor) -> None:
    # Second phase from 15 April 2025: work for seven months, until 15 November, though the document ends on 15 July.
    # Third phase from 15 July: work for twelve months, until 15 July 2026, though its six months end in January.
    case = CaseFactory(actor=case_manager)
    begin_regime(actor=case_manager, case=case, code="BE", starts_on=START)
    work = CaseLine.objects.filter(case=case, what="work")
    assert not work.exists()
    known(case_manager, case, "cooperates", on=date(2025, 4, 10))
    assert work.get().params == {"from": "2025-04-15", "until": "2026-07-15"}
    known(case_manager, case, "cooperates", answer="no", on=date(2026, 2, 1))
    assert not work.exists()


def test_rp_09_a_country_of_which_nothing_is_known_claims_no_right_to_work(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    begin_regime(actor=case_manager, case=case, code="RS", starts_on=START)
    assert not CaseLine.objects.filter(case=case, what="work").exists()


def test_rp_09_the_page_claims_no_right_to_work_from_what_nobody_knows(
    case_manager: Actor, signed_in: Callable[[Actor], Client]
) -> None:
    case, client = CaseFactory(actor=case_manager), signed_in(case_manager)
    begin_regime(actor=case_manager, case=case, code="BE", starts_on=START)
    page = reverse("casework:chapter", args=[case.code, "residence"])
    assert "May work" not in words(client.get(page).content.decode())
    known(case_manager, case, "cooperates", on=date(2025, 4, 10))
    assert "May work until 15 November 2025" in words(client.get(page).content.decode())

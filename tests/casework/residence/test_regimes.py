"""Residence regimes on a case: dates by hand, the path, the right to work, what age closes, who sees it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.models.residence.regime import RegimeFact
from fener.casework.services.children.leaving import set_eighteenth
from fener.casework.services.residence import regimes, standing
from fener.norms.regimes import regime_codes, regime_fact_names
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, InvalidInput
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism
from tests.web.pages import words

SignIn = Callable[[Actor], Client]


def known(actor: Actor, case: Case, fact: str, answer: str = "yes", on: date = date(2026, 3, 1)) -> None:
    regimes.record_fact(actor=actor, case=case, fact=fact, answer=answer, on=on, says="paper")


def test_every_condition_of_every_regime_can_be_answered() -> None:
    asked = {name for code in regime_codes() for name in regime_fact_names(code)}
    assert asked <= set(RegimeFact.Fact.values)


def test_rp_07_belgium_to_phase_four_on_a_case(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    start = date(2025, 3, 1)  # + 45 days: 15 April; + three months: 15 July; + six months: 15 January 2026
    stay = regimes.begin_regime(actor=case_manager, case=case, code="BE", starts_on=start)
    ((_stay, found),) = standing.of_case(case)
    assert standing.work_periods(found) == []  # nothing is known yet: no right to work is claimed
    known(case_manager, case, "cooperates", on=date(2025, 4, 10))
    known(case_manager, case, "summons", on=date(2025, 12, 1))
    ((_stay, found),) = standing.of_case(case)
    assert [p.start for p in found] == [start, date(2025, 4, 15), date(2025, 7, 15), date(2026, 1, 15)]
    assert found[3].available == "unknown"  # a summons alone is not enough
    known(case_manager, case, "statement_indispensable", on=date(2025, 12, 20))
    ((_stay, found),) = standing.of_case(case)
    assert found[3].available == "yes"
    assert not any(p.removable for p in found)
    # 15 April + 7 months reaches beyond 15 July, when a year begins; the permanent permit has no end.
    assert standing.work_periods(found) == [(date(2025, 4, 15), None)]
    bands = CaseLine.objects.filter(case=case, what="phase", about=stay.pk).order_by("starts")
    assert [band.starts for band in bands] == [p.start for p in found]


def test_rp_06_the_change_of_path_moves_no_date(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    stay = regimes.begin_regime(actor=case_manager, case=case, code="IT-18-social", starts_on=date(2025, 12, 1))
    for fact in ("exploitation", "danger", "statement_submitted", "programme_start"):
        known(case_manager, case, fact, on=date(2025, 12, 1))
    ((_stay, before),) = standing.of_case(case)
    assert [p.available for p in before[:2]] == ["yes", "yes"]
    regimes.change_path(actor=case_manager, stay=stay, on=date(2026, 2, 1))
    ((_stay, after),) = standing.of_case(case)
    assert [(p.start, p.end, p.work_until, p.available) for p in after] == [
        (p.start, p.end, p.work_until, p.available) for p in before
    ]
    assert (after[0].end, after[1].path) == (date(2026, 6, 1), "judicial")
    with pytest.raises(InvalidInput):
        regimes.change_path(actor=case_manager, stay=stay, on=date(2026, 2, 1))
    with pytest.raises(InvalidInput):
        regimes.change_path(actor=case_manager, stay=stay, on=date(2026, 3, 3))  # tomorrow


def test_rp_10_the_last_day_stands_on_the_case_years_ahead(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager, child=True)
    regimes.begin_regime(actor=case_manager, case=case, code="IT-minor", starts_on=date(2026, 3, 1))
    assert not CaseLine.objects.filter(case=case, what="closes").exists()
    set_eighteenth(actor=case_manager, case=case, on=date(2029, 6, 20))  # three years back: 20 June 2026
    line = CaseLine.objects.get(case=case, what="closes")
    assert line.params["last_day"] == "2026-06-20"
    known(case_manager, case, "programme_start")
    assert not CaseLine.objects.filter(case=case, what="closes").exists()


def test_what_ended_is_ended_once_and_two_of_a_kind_do_not_run(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    day = date(2026, 3, 1)
    stay = regimes.begin_regime(actor=case_manager, case=case, code="RS", starts_on=day)
    with pytest.raises(AlreadyDone):
        regimes.begin_regime(actor=case_manager, case=case, code="RS", starts_on=day)
    with pytest.raises(InvalidInput):
        regimes.end_regime(actor=case_manager, stay=stay, on=day - timedelta(days=1), reason="left")
    regimes.end_regime(actor=case_manager, stay=stay, on=day, reason="left")
    with pytest.raises(AlreadyDone):
        regimes.end_regime(actor=case_manager, stay=stay, on=day, reason="left")
    assert not CaseLine.objects.filter(case=case, record=regimes.RECORD).exists()


def test_the_pages_and_who_sees_them(case_manager: Actor, mechanism: Mechanism, signed_in: SignIn) -> None:
    case, client = CaseFactory(actor=case_manager), signed_in(case_manager)
    page, new = (
        reverse(f"casework:{n}", args=a)
        for n, a in (("chapter", [case.code, "residence"]), ("regime_new", [case.code]))
    )
    assert new in client.get(page).content.decode()
    typed = {"once": str(uuid4()), "code": "BE", "starts_on": "2026-03-01"}
    assert client.post(new, typed).status_code == 302
    shown = words(client.get(page).content.decode())
    assert "May be removed: no." in shown
    assert "This rule falls short" in shown
    assert "does not mean that the person may be removed" in shown
    on_case = client.get(reverse("casework:case", args=[case.code])).content.decode()
    assert "Belgian residence scheme" in words(on_case)
    for other, answer in (
        (mechanism.shelter.actor(Role.CASE_MANAGER), 404),
        (mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR), 403),
    ):
        stranger = signed_in(other)
        assert stranger.get(page).status_code == 404
        assert stranger.get(new).status_code == answer

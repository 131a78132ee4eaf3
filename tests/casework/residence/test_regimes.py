"""Residence regimes on a case: dates by hand, the path, the right to work, what age closes, who sees it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from fener.casework.models.line import CaseLine
from fener.casework.models.residence.regime import PathChange, RegimeFact, RegimeStay
from fener.casework.services.residence import regimes
from fener.norms.regimes import regime_codes, regime_fact_names
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, InvalidInput
from fener.trust.roles import Role
from tests.casework.erasing import close, erased
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism
from tests.web.pages import words

SignIn = Callable[[Actor], Client]


def test_every_condition_of_every_regime_can_be_answered() -> None:
    asked = {name for code in regime_codes() for name in regime_fact_names(code)}
    assert asked <= set(RegimeFact.Fact.values)


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


def test_a_year_that_is_a_slip_of_the_hand_is_refused_and_what_ended_computes_nothing(
    case_manager: Actor, signed_in: SignIn
) -> None:
    case, early = CaseFactory(actor=case_manager), date(205, 3, 1)
    with pytest.raises(InvalidInput) as said:
        regimes.begin_regime(actor=case_manager, case=case, code="RS", starts_on=early)
    assert set(said.value.errors) == {"starts_on"}
    with pytest.raises(InvalidInput):
        regimes.record_fact(
            actor=case_manager, case=case, fact="programme_start", answer="yes", on=date(1, 1, 1), says="paper"
        )
    stay = regimes.begin_regime(actor=case_manager, case=case, code="RS", starts_on=date(2026, 3, 1))
    regimes.end_regime(actor=case_manager, stay=stay, on=date(2026, 3, 2), reason="mistake")
    RegimeStay.objects.filter(pk=stay.pk).update(starts_on=date(1, 1, 1))  # as it was written before the floor
    RegimeFact.objects.create(
        case=case, fact="programme_start", answer="yes", on=date(1, 1, 1), says="paper", recorded_by=stay.recorded_by
    )
    client = signed_in(case_manager)
    assert client.get(reverse("casework:chapter", args=[case.code, "residence"])).status_code == 200


def test_a_file_with_two_changes_of_path_in_a_year_is_erased(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager)
    stay = regimes.begin_regime(actor=case_manager, case=case, code="IT-18-social", starts_on=date(2026, 1, 10))
    for day in (date(2026, 1, 20), date(2026, 2, 10)):
        regimes.change_path(actor=case_manager, stay=stay, on=day)
    close(case_manager, case)
    erased(case_manager, case, mechanism)
    assert not PathChange.objects.filter(stay=stay).exists()

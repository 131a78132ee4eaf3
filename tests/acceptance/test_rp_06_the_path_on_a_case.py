"""RP-06: on a case the path changes, and back, and the permit becomes one for work or study; no right is lost."""

from __future__ import annotations

from datetime import date

import pytest

from fener.casework.models import Clock
from fener.casework.services.residence.regimes import begin_regime, change_path
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput
from tests.factories.casework import CaseFactory
from tests.factories.residence import known, phases

MET = ("exploitation", "danger", "statement_submitted", "programme_start")


def test_rp_06_no_change_of_path_takes_a_day_a_right_or_a_running_period(case_manager: Actor) -> None:
    case, start = CaseFactory(actor=case_manager), date(2025, 12, 1)
    stay = begin_regime(actor=case_manager, case=case, code="IT-18-social", starts_on=start)
    known(case_manager, case, *MET, on=start)
    clocks = list(Clock.objects.filter(case=case).values_list("pk", "due_on", "ended_at"))

    def rights() -> list[tuple[object, ...]]:
        return [(p.start, p.end, p.work, p.work_until, p.entitlements, p.available) for p in phases(case).values()]

    before = rights()
    assert phases(case)["permit"].end == date(2026, 6, 1)
    for on, path in ((date(2026, 1, 10), "judicial"), (date(2026, 2, 10), "social")):
        change_path(actor=case_manager, stay=stay, on=on)
        assert rights() == before
        assert phases(case)["renewal"].path == path
    assert list(Clock.objects.filter(case=case).values_list("pk", "due_on", "ended_at")) == clocks
    with pytest.raises(InvalidInput):
        change_path(actor=case_manager, stay=stay, on=date(2026, 2, 10))


@pytest.mark.parametrize("becomes", ["works", "studies"])
def test_rp_06_the_permit_becomes_one_for_work_or_study(case_manager: Actor, becomes: str) -> None:
    case, start = CaseFactory(actor=case_manager), date(2024, 3, 1)  # 18 months: 1 September 2025
    begin_regime(actor=case_manager, case=case, code="IT-18-social", starts_on=start)
    known(case_manager, case, *MET, on=start)
    known(case_manager, case, becomes)
    last = phases(case)["work_or_study"]
    assert (last.start, last.available, last.work, last.removable) == (date(2025, 9, 1), "yes", "allowed", False)
    assert set(phases(case)["permit"].entitlements) <= set(last.entitlements)

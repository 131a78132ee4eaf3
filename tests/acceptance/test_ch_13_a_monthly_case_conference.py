"""CH-13: children at medium or high risk come before a monthly case conference that child protection chairs."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from fener.casework.models import Case, Clock
from fener.casework.models.children.conference import Conference
from fener.casework.models.line import CaseLine
from fener.casework.selectors.worklist import today
from fener.casework.services import clocks
from fener.casework.services.children.conferences import (
    CLOCK,
    ConferenceTerms,
    agree_measure,
    call_conference,
    finish_measure,
    hold_conference,
    result_of,
)
from fener.norms.path.conference import members
from fener.norms.path.flags import codes_of
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput, Refused
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.children import DAY, child
from tests.factories.network import Mechanism


def held(actor: Actor, case: Case, **changes: Any) -> Conference:
    terms: dict[str, Any] = {
        "held_on": DAY,
        "present": members(),
        "chair": "child_protection",
        "level": "high",
        "words": "The aunt was mentioned.",
        **changes,
    }
    return hold_conference(actor=actor, case=case, terms=ConferenceTerms(**terms))


def due(case: Case) -> list[date]:
    running = Clock.objects.filter(case=case, code=CLOCK, ended_at__isnull=True)
    return [timezone.localdate(one.due_on) for one in running]


@pytest.mark.parametrize(
    ("level", "expected"), [("low", []), ("medium", [date(2026, 4, 2)]), ("high", [date(2026, 4, 2)])]
)
def test_ch_13_a_conference_is_due_within_a_month_at_medium_or_high_risk(
    case_manager: Actor, level: str, expected: list[date]
) -> None:
    case = child(case_manager)
    call_conference(actor=case_manager, case=case, level=level, on=DAY)
    assert due(case) == expected


def test_ch_13_the_month_runs_from_the_last_conference_and_ends_when_the_risk_is_low(case_manager: Actor) -> None:
    case = child(case_manager)
    call_conference(actor=case_manager, case=case, level="high", on=DAY)
    with time_machine.travel(datetime(2026, 3, 30, 12, tzinfo=timezone.get_default_timezone()), tick=False):
        held(case_manager, case, held_on=date(2026, 3, 30))
        assert due(case) == [date(2026, 4, 30)]
        held(case_manager, case, held_on=date(2026, 3, 30), level="low")
        assert due(case) == []


def test_ch_13_one_without_health_or_another_chair_is_kept_and_does_not_hold(case_manager: Actor) -> None:
    case = child(case_manager)
    call_conference(actor=case_manager, case=case, level="high", on=DAY)
    before = Clock.objects.get(case=case, code=CLOCK, ended_at__isnull=True).pk
    without = tuple(code for code in members() if code != "health")
    row = held(case_manager, case, present=without)
    assert "sector_absent" in codes_of(result_of(row).flags)
    assert "health" in result_of(row).missing
    other = held(case_manager, case, chair="ngo")
    assert "not_chaired" in codes_of(result_of(other).flags)
    few = held(case_manager, case, present=("child_protection", "health"))
    assert "no_quorum" in codes_of(result_of(few).flags)
    assert Clock.objects.get(case=case, code=CLOCK, ended_at__isnull=True).pk == before
    line = CaseLine.objects.get(case=case, what="held", about=row.pk)
    assert line.params["missing"] == ["health"]


def test_ch_13_a_measure_says_who_and_by_when_and_an_overdue_one_is_shown(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    case = child(case_manager)
    row = held(case_manager, case)
    for lacking in ({"sector": "aunt"}, {"due_on": DAY - timedelta(days=1)}, {"words": " "}):
        terms: dict[str, Any] = {"sector": "school", "due_on": DAY, "words": "A place in class.", **lacking}
        with pytest.raises(InvalidInput):
            agree_measure(actor=case_manager, conference=row, **terms)
    measure = agree_measure(
        actor=case_manager, conference=row, sector="school", due_on=DAY + timedelta(days=3), words="A place in class."
    )
    at = timezone.now() + timedelta(days=4)
    co_ordinator = mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR)
    for actor in (case_manager, co_ordinator):
        (task,) = [one for one in today(actor, at) if one.kind == "children.conferences"]
        assert task.overdue(at)
        assert "class" not in str(task.text)
    finish_measure(actor=case_manager, measure=measure, on=DAY)
    assert [one for one in today(case_manager, at) if one.kind == "children.conferences"] == []


def test_ch_13_it_is_for_children_where_the_file_is_kept(case_manager: Actor, mechanism: Mechanism) -> None:
    with pytest.raises(InvalidInput):
        held(case_manager, CaseFactory(actor=case_manager))
    with pytest.raises(Refused):
        held(mechanism.shelter.actor(Role.CASE_MANAGER), child(case_manager))


def test_ch_13_nobody_clicks_the_conference_away(case_manager: Actor) -> None:
    case = child(case_manager)
    call_conference(actor=case_manager, case=case, level="high", on=DAY)
    with pytest.raises(InvalidInput):
        clocks.end_clock(actor=case_manager, clock=Clock.objects.get(case=case, code=CLOCK), reason="not_needed")
    call_conference(actor=case_manager, case=case, level="low", on=DAY)
    assert due(case) == []

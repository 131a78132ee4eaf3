"""Clocks: dates that explain themselves."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fener.norms.clocks import (
    FLOOR,
    NOT_EXTENDABLE,
    UnknownClock,
    clock_codes,
    clocks_pack,
    due,
    series,
)
from fener.norms.fields import age_on
from fener.norms.jurisdictions import UnknownJurisdiction, get_jurisdiction, jurisdiction_codes
from fener.norms.packs import load_packs
from tests.norms.rules_made_up import with_pack

HERE = ZoneInfo("Europe/Belgrade")
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=HERE)
days = st.dates(date(2015, 1, 1), date(2045, 12, 31))
places = st.sampled_from(jurisdiction_codes())


def test_a_date_tells_start_rule_length_and_end_step_by_step() -> None:
    found = due("recovery_reflection", jurisdiction="BE", start=date(2026, 3, 2))
    assert found.explanation.startswith("It starts on 2026-03-02.")
    assert "45 days are added" in found.explanation
    assert found.explanation.endswith("It ends on 2026-04-16.")
    assert found.why[0].params == {"start": date(2026, 3, 2)}, "dates stay dates, so that a page can print its own way"
    json.dumps(found.to_json())


def test_a_referral_is_answered_in_hours_when_it_is_urgent_and_in_working_days_otherwise() -> None:
    def answer(**facts: str) -> Any:
        return due("referral_answer", jurisdiction="RS", start=NOON, facts=facts).end

    assert answer(kind="shelter", urgency="now") == datetime(2026, 3, 2, 13, 0, tzinfo=HERE)
    assert answer(kind="shelter", urgency="urgent") == datetime(2026, 3, 2, 18, 0, tzinfo=HERE)
    assert answer(kind="shelter", urgency="normal") == datetime(2026, 3, 4, 12, 0, tzinfo=HERE)
    assert answer(kind="legal", urgency="normal") == datetime(2026, 3, 5, 12, 0, tzinfo=HERE)


def test_a_kind_that_the_table_does_not_know_gets_the_default_time() -> None:
    found = due("referral_answer", jurisdiction="RS", start=NOON, facts={"kind": "kite_flying", "urgency": "urgent"})
    assert found.rule == "clocks/referral_answer/default/urgent"


def test_an_urgency_that_nobody_recorded_does_not_lengthen_the_wait() -> None:
    found = due("referral_answer", jurisdiction="RS", start=NOON, facts={"kind": "shelter"})
    assert (
        found.end
        == due("referral_answer", jurisdiction="RS", start=NOON, facts={"kind": "shelter", "urgency": "now"}).end
    )


def test_an_unanswered_referral_goes_to_the_next_desk_and_the_co_ordinator() -> None:
    found = due("referral_answer", jurisdiction="RS", start=NOON, facts={"kind": "shelter", "urgency": "now"})
    assert "escalates" in found.effects
    assert found.escalates_to == ("next_desk", "mechanism_coordinator")


def test_the_shortest_time_of_a_row_stands_first() -> None:
    for entry in clocks_pack().data.values():
        for row in entry["length"].get("by_kind", {}).values() if isinstance(entry["length"], dict) else ():
            assert next(iter(row)) == "now"


def test_an_extension_counts_and_is_told() -> None:
    facts = {"extensions": [{"days": 10}]}
    found = due("recovery_reflection", jurisdiction="COE", start=date(2026, 3, 2), facts=facts)
    assert found.end == date(2026, 4, 11)
    assert "It was extended:" in found.explanation


def test_an_extension_that_the_rule_forbids_is_not_counted_and_this_is_told() -> None:
    facts = {"until": date(2026, 6, 1), "extensions": [{"days": 10}]}
    found = due("consent_end", jurisdiction="RS", start=date(2026, 3, 2), facts=facts)
    assert found.end == date(2026, 6, 1)
    assert NOT_EXTENDABLE in [step.text for step in found.why]


def test_a_clock_without_its_recorded_date_has_no_end_and_says_so() -> None:
    found = due("promise", jurisdiction="RS", start=date(2026, 3, 2))
    assert found.end is None
    assert "not recorded" in found.explanation


def test_a_shelter_stay_without_a_known_limit_has_no_end() -> None:
    assert due("shelter_stay", jurisdiction="RS", start=date(2026, 3, 2)).end is None
    assert due("shelter_stay", jurisdiction="XK", start=date(2026, 3, 2)).end == date(2027, 3, 2)
    assert due("shelter_stay", jurisdiction="BE", start=date(2026, 3, 2)).end == date(2026, 9, 2)


def test_retention_runs_apart_from_its_reminder() -> None:
    facts = {"retain_until": date(2031, 3, 2)}
    end = due("retention", jurisdiction="RS", start=date(2026, 3, 2), facts=facts)
    reminder = due("retention_reminder", jurisdiction="RS", start=date(2026, 3, 2), facts=facts)
    assert end.effects == ("proposes_erasure",)
    assert reminder.effects == ("reminder",)
    assert reminder.end == date(2031, 1, 31)


def test_the_eighteenth_birthday_is_announced_years_ahead() -> None:
    facts = {"birth_date": date(2014, 5, 20)}
    found = due("ageing_out", jurisdiction="RS", start=date(2026, 3, 2), facts=facts)
    assert found.end == date(2032, 5, 20)
    assert found.warn_on == date(2029, 5, 21)


def test_follow_up_after_return_comes_at_one_three_six_twelve_and_twenty_four_months() -> None:
    found = series("follow_up_after_return", jurisdiction="RS", start=date(2026, 3, 2))
    assert [d.end for d in found] == [
        date(2026, 4, 2),
        date(2026, 6, 2),
        date(2026, 9, 2),
        date(2027, 3, 2),
        date(2028, 3, 2),
    ]
    with pytest.raises(ValueError, match="no series"):
        series("promise", jurisdiction="RS", start=date(2026, 3, 2))


def test_a_case_conference_falls_on_a_working_day() -> None:
    # One month after 2 April 2026 is Saturday, 2 May.
    assert due("case_conference", jurisdiction="RS", start=date(2026, 4, 2)).end == date(2026, 5, 4)


def test_a_national_rule_below_the_floor_is_lifted_to_the_floor() -> None:
    packs = load_packs()
    short = with_pack(packs, "jurisdiction", "RS", recovery_period=recovery({"days": 10, "count": "calendar"}))
    found = due("recovery_reflection", jurisdiction="RS", start=date(2026, 3, 2), packs=short)
    assert found.end == date(2026, 4, 1)
    assert FLOOR in [step.text for step in found.why]


def test_a_national_rule_in_working_days_counts_that_countrys_holidays() -> None:
    packs = with_pack(load_packs(), "jurisdiction", "RS", recovery_period=recovery({"days": 30, "count": "working"}))
    found = due("recovery_reflection", jurisdiction="RS", start=date(2026, 4, 1), packs=packs)
    # 10 and 13 April and 1 May are public holidays.
    assert found.end == date(2026, 5, 18)
    assert not found.generic


def recovery(length: dict[str, object]) -> dict[str, object]:
    return {"length": length, "unconditional": "yes", "extendable": "no", "source": {"id": "fener"}}


def test_unknown_codes_are_named() -> None:
    with pytest.raises(UnknownClock, match="no clock"):
        due("no_such_clock", jurisdiction="RS", start=NOON)
    with pytest.raises(UnknownJurisdiction, match="'QQ' is no jurisdiction"):
        due("recovery_reflection", jurisdiction="QQ", start=NOON)


@settings(deadline=None)  # the first call loads packs and holidays
@given(st.sampled_from(clock_codes()), places, days, st.sampled_from(["now", "urgent", "normal", None]))
def test_no_clock_ends_before_it_starts_and_each_cites_its_rule(code: str, place: str, day: date, urgency: Any) -> None:
    start = datetime(day.year, day.month, day.day, 9, 30, tzinfo=HERE)
    later = date(day.year + 20, 1, 1)
    facts = {"urgency": urgency, "until": later, "promised_for": later, "retain_until": later, "birth_date": day}
    found = due(code, jurisdiction=place, start=start, facts=facts)
    assert found.rule
    assert found.version
    assert found.source
    assert found.why
    if found.end is not None:
        end = found.end.date() if isinstance(found.end, datetime) else found.end
        assert end >= day
        assert str(end) in found.explanation
    if found.warn_on is not None:
        assert found.warn_on >= day


@settings(deadline=None)  # the first call loads packs and holidays
@given(places, days)
def test_an_answer_counted_in_working_days_is_never_due_on_a_holiday(place: str, day: date) -> None:
    facts = {"kind": "legal", "urgency": "normal"}
    found = due(
        "referral_answer", jurisdiction=place, start=datetime(day.year, day.month, day.day, 9, tzinfo=HERE), facts=facts
    )
    assert isinstance(found.end, datetime)
    assert get_jurisdiction(place).calendar.is_working_day(found.end.date())


@pytest.mark.parametrize(
    ("chosen", "hours"),
    [({}, 72), ({"hours": 24}, 24), ({"hours": 48}, 48), ({"hours": 96}, 72), ({"hours": True}, 72)],
)
def test_a_returned_child_waits_as_long_as_the_place_chose_and_never_longer_than_was_practised(
    chosen: dict[str, Any], hours: int
) -> None:
    found = due("child_temporary_placement", jurisdiction="RO", start=NOON, facts=chosen)
    assert found.end == NOON + timedelta(hours=hours)
    assert "alarm" in found.effects


@given(st.sampled_from(["low", "medium", "high", "immediate"]), days)
def test_a_higher_risk_is_never_reviewed_later_than_a_lower_one(level: str, day: date) -> None:
    def ends(**facts: str) -> Any:
        return due("risk_review", jurisdiction="COE", start=day, facts=facts).end

    rising = [ends(kind=kind) for kind in ("low", "medium", "high", "immediate")]
    assert rising == sorted(rising, reverse=True)
    if level != "immediate":
        assert ends() <= ends(kind=level), "a level that nobody recorded waits no longer than a high one"


def test_a_release_is_told_within_hours_and_other_news_within_working_days() -> None:
    assert due(
        "told_of_developments", jurisdiction="RS", start=NOON, facts={"kind": "release"}
    ).end == NOON + timedelta(hours=4)
    # Monday 2 March and five working days.
    assert due("told_of_developments", jurisdiction="RS", start=date(2026, 3, 2)).end == date(2026, 3, 9)


def test_outcomes_are_asked_after_six_twelve_and_twenty_four_months() -> None:
    ends = [found.end for found in series("outcome_measured", jurisdiction="RS", start=date(2026, 1, 31))]
    assert ends == [date(2026, 7, 31), date(2027, 1, 31), date(2028, 1, 31)]


def test_a_health_result_is_due_a_week_before_the_departure() -> None:
    facts = {"departure_on": date(2026, 6, 20)}
    found = due("health_result_delivery", jurisdiction="RS", start=date(2026, 5, 1), facts=facts)
    assert found.end == date(2026, 6, 13)
    assert found.warn_on == date(2026, 6, 6)
    assert found.effects == ("alarm",)


def test_a_clock_with_a_length_of_our_own_says_that_it_is_our_own() -> None:
    ours = {
        "child_met_alone",
        "detention_transfer",
        "told_of_developments",
        "risk_review",
        "prosecution_outcome",
        "limbo",
        "non_punishment_review",
        "incident_follow_up",
        "complaint_answer",
        "supervision",
        "arrival_confirmed",
        "leaving_care_follow_up",
    }
    for code in ours:
        notes = " ".join(s.get("note", "") for s in clocks_pack().data[code]["sources"])
        assert "own default" in notes, code


@given(st.dates(date(1990, 1, 1), date(2030, 12, 31)))
def test_the_clocks_of_a_birthday_agree_with_the_age(birth: date) -> None:
    for code, years in (("ageing_out", 18), ("leaving_care_plan", 17)):
        end = due(code, jurisdiction="COE", start=birth, facts={"birth_date": birth}).end
        assert isinstance(end, date)
        assert (age_on(birth, end), age_on(birth, end - timedelta(days=1))) == (years, years - 1)


def test_somebody_born_on_a_leap_day_is_a_child_until_the_end_of_february() -> None:
    found = due("ageing_out", jurisdiction="COE", start=date(2020, 1, 1), facts={"birth_date": date(2008, 2, 29)})
    assert found.end == date(2026, 3, 1)
    assert "no 29 February" in found.explanation

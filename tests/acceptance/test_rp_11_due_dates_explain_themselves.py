"""RP-11: every due date counts working days, holidays and extensions from the pack and explains itself."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from fener.norms.clocks import clock_codes, due
from fener.norms.jurisdictions import get_jurisdiction, jurisdiction_codes
from fener.norms.packs import load_packs
from tests.norms.rules_made_up import with_pack

HERE = ZoneInfo("Europe/Belgrade")
THURSDAY = datetime(2026, 4, 30, 15, 0, tzinfo=HERE)


def test_rp_11_working_days_leave_out_the_holidays_of_the_pack_and_name_them() -> None:
    facts = {"kind": "legal", "urgency": "normal"}
    found = due("referral_answer", jurisdiction="RS", start=THURSDAY, facts=facts)
    # Three working days after 30 April: the 1st is a holiday, the 2nd and 3rd a weekend; so the 4th, 5th and 6th.
    assert found.end == datetime(2026, 5, 6, 15, 0, tzinfo=HERE)
    assert "2026-05-01" in found.explanation

    calendar = {**load_packs().get("jurisdiction", "RS").data["calendar"]}
    calendar["extra"] = [{"date": "2026-05-05", "name": "Day of mourning"}]
    packs = with_pack(load_packs(), "jurisdiction", "RS", calendar=calendar)
    later = due("referral_answer", jurisdiction="RS", start=THURSDAY, facts=facts, packs=packs)
    assert later.end == datetime(2026, 5, 7, 15, 0, tzinfo=HERE)
    assert "Day of mourning" in later.explanation


def test_rp_11_an_extension_moves_the_date_and_is_part_of_the_explanation() -> None:
    facts = {"extensions": [{"days": 5, "count": "working"}]}
    found = due("recovery_reflection", jurisdiction="RS", start=date(2026, 3, 31), facts=facts)
    # Thirty days from 31 March end on 30 April; five working days more end on 8 May.
    assert found.end == date(2026, 5, 8)
    assert "It was extended:" in found.explanation
    assert "5 working days are added" in found.explanation


@settings(deadline=None)  # the first call loads packs and holidays
@given(
    st.sampled_from(clock_codes()), st.sampled_from(jurisdiction_codes()), st.dates(date(2020, 1, 1), date(2040, 1, 1))
)
def test_rp_11_every_clock_in_every_place_says_how_its_date_came_about(code: str, place: str, day: date) -> None:
    found = due(code, jurisdiction=place, start=datetime(day.year, day.month, day.day, 8, tzinfo=HERE))
    assert str(day) in found.explanation
    assert found.rule
    assert found.source
    if found.end is None:
        assert "not recorded" in found.explanation or "no length" in found.explanation
    else:
        assert found.explanation.endswith(f"{found.end.isoformat()}.")


@settings(deadline=None)  # the first call loads packs and holidays
@given(st.sampled_from(jurisdiction_codes()), st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_rp_11_a_date_in_working_days_is_never_a_holiday(place: str, day: date) -> None:
    found = due("status_review", jurisdiction=place, start=day)
    assert found.end is not None
    assert get_jurisdiction(place).calendar.is_working_day(found.end)

"""RP-05: Italy's article 18 gives six months and one year more, on abuse or severe exploitation and danger, with
participation in a programme and access to social services, education and the employment office."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from fener.norms.regimes import Phase, timeline

# 1 March 2004 and six months: 1 September 2004. A year more: 1 September 2005, eighteen months in all.
START, FIRST, LAST = date(2004, 3, 1), date(2004, 9, 1), date(2005, 9, 1)
ALL = {"exploitation": "yes", "danger": "yes", "programme_start": "2004-03-10"}
BOTH = pytest.mark.parametrize(
    ("code", "own"), [("IT-18-social", {"statement_submitted": "yes"}), ("IT-18-judicial", {"cooperates": "yes"})]
)


def phases(code: str, facts: dict[str, Any], start: date = START) -> dict[str, Phase]:
    return {phase.phase: phase for phase in timeline(code, start, facts)}


@BOTH
def test_rp_05_six_months_and_one_year_more(code: str, own: dict[str, str]) -> None:
    found = phases(code, {**ALL, **own})
    assert (found["permit"].start, found["permit"].end) == (START, FIRST)
    assert (found["renewal"].start, found["renewal"].end) == (FIRST, LAST)
    assert found["permit"].available == found["renewal"].available == "yes"
    assert "6 months are added." in found["permit"].to_json()["why"]
    assert found["permit"].source.at == "S06a L4479-4484"


def test_rp_05_six_months_from_the_last_of_august_end_on_the_last_of_february() -> None:
    # 31 August 2003 and six months is 31 February: the month ends on the 29th in 2004, on the 28th in 2005.
    assert phases("IT-18-social", {}, date(2003, 8, 31))["permit"].end == date(2004, 2, 29)
    assert phases("IT-18-social", {}, date(2004, 8, 31))["permit"].end == date(2005, 2, 28)


@BOTH
@pytest.mark.parametrize("lacking", ["exploitation", "danger"])
def test_rp_05_abuse_or_severe_exploitation_and_danger_are_both_needed(
    code: str, own: dict[str, str], lacking: str
) -> None:
    assert phases(code, {**ALL, **own, lacking: "no"})["permit"].available == "no"
    assert phases(code, {**ALL, **own, lacking: "unknown"})["permit"].available == "unknown"


@BOTH
def test_rp_05_the_programme_is_a_condition_of_the_permit_and_refusing_it_ends_no_help(
    code: str, own: dict[str, str]
) -> None:
    without = phases(code, {**ALL, **own, "programme_start": None})["permit"]
    assert {c.condition: c.met for c in without.conditions}["programme_participation"] == "unknown"
    text = next(c.text for c in without.conditions if c.condition == "programme_participation")
    assert "never ends help by itself" in text
    assert without.entitlements == phases(code, {**ALL, **own})["permit"].entitlements


@BOTH
def test_rp_05_social_services_education_and_the_employment_office_are_open_and_work_is_allowed(
    code: str, own: dict[str, str]
) -> None:
    for name, until in (("permit", FIRST), ("renewal", LAST)):
        phase = phases(code, {**ALL, **own})[name]
        assert {"social_services", "education", "employment_office"} <= set(phase.entitlements)
        assert (phase.work, phase.work_until) == ("allowed", until)
        assert phase.removable is False

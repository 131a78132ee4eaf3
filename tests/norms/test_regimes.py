"""Residence regimes. The dates were reckoned by hand from the texts of the sources."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from dateutil.relativedelta import relativedelta
from hypothesis import given, settings
from hypothesis import strategies as st

from fener.cli import main
from fener.norms.facts_input import InputError
from fener.norms.packs import PackError, load_packs
from fener.norms.regimes import CORE, ENTITLEMENTS, Phase, UnknownRegime, check_regimes, regime_codes, timeline
from tests.norms.rules_made_up import with_pack

START = date(2004, 3, 1)
MET = {"yes", "no", "unknown", "impossible"}


def phases(code: str, start: date = START, **facts: Any) -> dict[str, Phase]:
    return {phase.phase: phase for phase in timeline(code, start, facts)}


def met(phase: Phase) -> dict[str, str]:
    return {c.condition: c.met for c in phase.conditions}


# --- Belgium -----------------------------------------------------------------------------------------------------


def test_belgium_runs_forty_five_days_three_months_six_months_and_then_without_end() -> None:
    found = [(p.phase, p.start, p.end) for p in timeline("BE", START)]
    assert found == [
        ("reflection", date(2004, 3, 1), date(2004, 4, 15)),
        ("arrival_declaration", date(2004, 4, 15), date(2004, 7, 15)),
        ("registration", date(2004, 7, 15), date(2005, 1, 15)),
        ("permanent", date(2005, 1, 15), None),
    ]


def test_belgian_work_permits_outlast_the_residence_document() -> None:
    found = phases("BE")
    assert (found["reflection"].work, found["reflection"].work_until) == ("none", None)
    assert found["arrival_declaration"].work_until == date(2004, 11, 15), "seven months from 15 April"
    assert found["registration"].work_until == date(2005, 7, 15), "a year from 15 July"
    for name in ("arrival_declaration", "registration"):
        phase = found[name]
        assert phase.end is not None
        assert phase.work_until is not None
        assert phase.work_until > phase.end


def test_the_belgian_order_to_leave_does_not_make_anybody_removable() -> None:
    reflection = phases("BE")["reflection"]
    assert reflection.document == "Order to leave the country"
    assert reflection.removable is False
    assert "does not mean that the person may be removed" in reflection.to_json()["why"]


def test_belgian_registration_lasts_as_long_as_the_proceedings_but_its_work_permit_one_year() -> None:
    found = phases("BE", proceedings_end="2006-01-10")
    assert found["registration"].end == date(2006, 1, 10)
    assert found["registration"].work_until == date(2005, 7, 15)
    assert found["permanent"].start == date(2006, 1, 10)


def test_proceedings_that_end_early_do_not_shorten_the_six_months() -> None:
    assert phases("BE", proceedings_end="2004-09-01")["registration"].end == date(2005, 1, 15)


@pytest.mark.parametrize(
    ("conviction", "summons", "indispensable", "available"),
    [
        ("yes", "no", "yes", "yes"),
        ("no", "yes", "yes", "yes"),
        ("yes", "yes", "no", "no"),
        ("no", "no", "yes", "no"),
        ("no", "unknown", "yes", "unknown"),
        ("yes", "unknown", "unknown", "unknown"),
        ("unknown", "unknown", "no", "no"),
    ],
)
def test_the_belgian_permanent_permit_needs_conviction_or_summons_and_an_indispensable_statement(
    conviction: str, summons: str, indispensable: str, available: str
) -> None:
    found = phases("BE", conviction=conviction, summons=summons, statement_indispensable=indispensable)
    assert found["permanent"].available == available


def test_belgium_drops_whoever_files_no_complaint_and_this_is_shown_with_its_critic() -> None:
    found = phases("BE", cooperates="no")
    assert found["reflection"].available == "yes"
    assert met(found["arrival_declaration"]) == {"complaint_filed": "no"}
    assert found["arrival_declaration"].work == "none", "no right to work follows from a phase that is not reached"
    assert "Payoke" in found["arrival_declaration"].falls_short[0].by


# --- Italy, article 18 --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["IT-18-social", "IT-18-judicial"])
def test_italy_gives_six_months_and_one_year_and_then_work_or_study(code: str) -> None:
    found = [(p.phase, p.start, p.end) for p in timeline(code, START)]
    assert found == [
        ("permit", date(2004, 3, 1), date(2004, 9, 1)),
        ("renewal", date(2004, 9, 1), date(2005, 9, 1)),
        ("work_or_study", date(2005, 9, 1), None),
    ]


def test_italian_permits_open_work_the_employment_office_and_education() -> None:
    permit = phases("IT-18-social")["permit"]
    assert (permit.work, permit.work_until) == ("allowed", date(2004, 9, 1))
    assert {"social_benefits", "employment_office", "education"} <= set(permit.entitlements)
    assert permit.removable is False


def test_the_social_path_asks_for_no_co_operation() -> None:
    social, judicial = phases("IT-18-social", cooperates="no"), phases("IT-18-judicial", cooperates="no")
    assert "cooperates" not in met(social["permit"])
    assert social["permit"].available == "unknown"
    assert met(judicial["permit"])["cooperates"] == "no"


def test_whoever_has_begun_the_programme_takes_part_in_it() -> None:
    assert met(phases("IT-18-social", programme_start="2004-03-15")["permit"])["programme_participation"] == "yes"
    assert met(phases("IT-18-social")["permit"])["programme_participation"] == "unknown"
    late = phases("IT-18-social", programme_start="2004-10-01")
    assert met(late["permit"])["programme_participation"] == "no"
    assert met(late["renewal"])["programme_participation"] == "yes"


def test_changing_from_the_social_to_the_judicial_path_moves_no_date_and_takes_no_right() -> None:
    before, after = phases("IT-18-social"), phases("IT-18-social", path_changed_on="2004-06-01")
    for name, phase in before.items():
        changed = after[name]
        assert (changed.start, changed.end, changed.work, changed.work_until) == (
            phase.start,
            phase.end,
            phase.work,
            phase.work_until,
        )
        assert changed.entitlements == phase.entitlements
    assert (after["permit"].path, after["renewal"].path) == ("social", "judicial")
    assert "cooperates" in met(after["renewal"])
    assert "2004-06-01" in after["permit"].to_json()["why"]


def test_a_change_of_path_before_the_start_cannot_be() -> None:
    with pytest.raises(InputError, match="path_changed_on"):
        timeline("IT-18-social", START, {"path_changed_on": "2004-02-29"})


# --- Italy, minors ------------------------------------------------------------------------------------------------


def test_a_minors_permit_lasts_until_the_eighteenth_birthday() -> None:
    found = phases("IT-minor", birth_date="1989-06-20")
    assert found["minor"].end == date(2007, 6, 20)
    assert met(found["minor"]) == {"under_18": "yes"}


@pytest.mark.parametrize(
    ("born", "joined", "answer"),
    [
        ("1989-06-20", "2004-06-20", "yes"),  # on the fifteenth birthday: just three years
        ("1989-06-20", "2004-06-21", "impossible"),  # a day later
        ("1989-06-20", None, "unknown"),  # may still begin in time
        ("1989-02-28", None, "impossible"),  # already past fifteen when the permit starts
        ("1989-03-01", None, "unknown"),  # fifteen on that very day
        (None, "2004-06-20", "unknown"),
    ],
)
def test_three_years_in_a_programme_by_eighteen(born: str | None, joined: str | None, answer: str) -> None:
    facts: dict[str, Any] = {k: v for k, v in (("birth_date", born), ("programme_start", joined)) if v}
    assert met(phases("IT-minor", **facts)["after_18"]) == {"three_years_in_programme_by_18": answer}


def test_a_rule_that_a_child_can_no_longer_meet_is_said_years_ahead() -> None:
    after = phases("IT-minor", birth_date="1988-01-15", programme_start="2004-03-15")["after_18"]
    assert after.available == "impossible"
    assert after.removable is True
    assert after.work == "none"
    assert "has to begin by 2003-01-15" in after.to_json()["why"]
    assert after.falls_short


def test_a_programme_that_nobody_recorded_makes_nobody_removable() -> None:
    after = phases("IT-minor", birth_date="1988-01-15")["after_18"]
    assert (after.available, after.removable) == ("impossible", False)
    assert "Unless one began earlier" in after.to_json()["why"]


def test_an_unknown_age_makes_nobody_removable() -> None:
    found = phases("IT-minor")
    assert found["minor"].end is None
    assert found["after_18"].start is None
    assert not any(p.removable for p in found.values())


def test_an_adult_cannot_have_a_minors_permit() -> None:
    found = phases("IT-minor", birth_date="1980-01-01")
    assert met(found["minor"]) == {"under_18": "impossible"}
    assert found["minor"].end == START


# --- Tirana, Council of Europe, countries -------------------------------------------------------------------------


def test_tirana_gives_up_to_three_months_on_no_condition() -> None:
    found = phases("TIRANA", date(2026, 3, 1), cooperates="no")
    assert (found["recovery"].end, found["recovery"].conditions) == (date(2026, 6, 1), ())
    assert met(found["temporary_residence"]) == {"willing_to_testify_or_appropriate": "unknown"}


def test_the_tirana_permit_lasts_until_the_proceedings_end() -> None:
    found = phases("TIRANA", date(2026, 3, 1), cooperates="yes", proceedings_end="2027-05-05")
    assert found["temporary_residence"].end == date(2027, 5, 5)
    assert found["temporary_residence"].available == "yes"


def test_the_council_of_europe_standard_is_thirty_days_on_no_condition() -> None:
    recovery = phases("COE", date(2026, 3, 1))["recovery"]
    assert (recovery.end, recovery.conditions, recovery.removable) == (date(2026, 3, 31), (), False)


def test_a_country_without_a_rule_of_its_own_has_the_generic_recovery_period() -> None:
    recovery, residence = timeline("RS", date(2026, 3, 1))
    assert recovery.end == date(2026, 3, 31)
    assert "generic standard applies" in recovery.to_json()["why"]
    assert recovery.rule == "jurisdictions/COE/recovery_period"
    assert (residence.start, residence.end, residence.available) == (date(2026, 3, 31), None, "unknown")
    assert residence.rule == "regimes/COE/residence"
    assert "sources don't say which permit" in residence.to_json()["why"]


def test_a_country_with_regimes_of_its_own_points_to_them() -> None:
    (recovery,) = timeline("IT", date(2026, 3, 1))
    assert "IT-18-social, IT-18-judicial, IT-minor" in recovery.to_json()["why"]


def test_a_permit_before_its_law_is_in_force_is_not_available() -> None:
    # The law is in force from 1 January 2004: a recovery period from 1 December 2003 ends 31 December, a day too early.
    assert met(phases("HR", date(2003, 12, 1))["residence"])["in_force"] == "no"
    assert met(phases("HR", date(2003, 12, 2))["residence"])["in_force"] == "yes"


def test_two_permits_of_a_country_stand_beside_each_other_not_one_after_the_other() -> None:
    source = {"id": "fener", "at": "a made-up law"}
    permits = [{"document": name, "length": {"months": 6}, "source": source} for name in ("First", "Second")]
    packs = with_pack(load_packs(), "jurisdiction", "RS", residence=permits)
    _, first, second = timeline("RS", date(2026, 3, 1), packs=packs)
    assert first.start == second.start == date(2026, 3, 31)
    assert first.end == second.end == date(2026, 9, 30)


def test_a_permit_that_the_sources_only_name_has_no_invented_length() -> None:
    residence = phases("HR", date(2026, 3, 1))["residence"]
    assert (residence.start, residence.end, residence.available) == (date(2026, 3, 31), None, "unknown")


# --- everything ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", regime_codes())
def test_every_phase_carries_the_core_entitlements_and_a_source(code: str) -> None:
    for phase in timeline(code, START):
        assert set(CORE) <= set(phase.entitlements) <= set(ENTITLEMENTS)
        assert phase.source.id
        assert phase.rule


def test_a_pack_whose_phase_lacks_an_entitlement_is_refused() -> None:
    packs = load_packs()
    first = {**packs.get("regime", "BE").data["phases"][0], "entitlements": ["housing"]}
    bad = with_pack(packs, "regime", "BE", phases=[first])
    with pytest.raises(PackError, match="lacks legal_help"):
        check_regimes(bad)


@st.composite
def any_facts(draw: st.DrawFn) -> dict[str, Any]:
    names = ("cooperates", "conviction", "summons", "statement_indispensable")
    facts: dict[str, Any] = {n: draw(st.sampled_from(["yes", "no", "unknown"])) for n in names}
    for name in ("birth_date", "proceedings_end", "programme_start"):
        day = draw(st.none() | st.dates(date(1980, 1, 1), date(2040, 12, 31)))
        if day is not None:
            facts[name] = day.isoformat()
    changes = draw(st.lists(st.dates(date(2000, 1, 1), date(2035, 12, 31)), unique=True, max_size=3))
    if changes:
        facts["path_changed_on"] = [day.isoformat() for day in sorted(changes)]
    return facts


@settings(deadline=None)  # the first call loads packs and holidays
@given(st.sampled_from(regime_codes()), st.dates(date(1990, 1, 1), date(2030, 12, 31)), any_facts())
def test_phases_follow_each_other_and_end_after_they_start(code: str, start: date, facts: dict[str, Any]) -> None:
    with suppress(InputError):  # some of these dates can't be together; that is tried below
        check_order(timeline(code, start, facts), start)


def check_order(found: list[Phase], start: date) -> None:
    assert found[0].start == start
    for phase, following in pairwise(found):
        assert following.start == phase.end
    for phase in found:
        if phase.start and phase.end:
            assert phase.end >= phase.start
        if phase.work_until and phase.start:
            assert phase.work_until >= phase.start
        if phase.work == "none":
            assert phase.work_until is None
        assert {c.met for c in phase.conditions} <= MET
        if phase.removable:
            assert phase.available in ("no", "impossible")
            assert phase.phase not in ("recovery", "reflection")
            assert "order to leave" not in phase.document.casefold()
        json.dumps(phase.to_json())


@settings(deadline=None)  # the first call loads packs and holidays
@given(st.dates(date(1990, 1, 1), date(2030, 12, 31)), st.dates(date(1975, 1, 1), date(2029, 12, 31)))
def test_three_years_by_eighteen_is_impossible_exactly_after_the_latest_day(start: date, born: date) -> None:
    if born > start:
        return
    latest = born + relativedelta(years=18) - relativedelta(years=3)
    after = phases("IT-minor", start, birth_date=born.isoformat())["after_18"]
    assert (after.available == "impossible") == (start + relativedelta(years=3) > born + relativedelta(years=18))
    if start > latest + relativedelta(days=1):
        assert after.available == "impossible"


# --- facts and command --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "path"),
    [
        ({"birth_date": "2004-02-30"}, "birth_date"),
        ({"birth_date": 20040201}, "birth_date"),
        ({"birth_date": "2004-03-02"}, "birth_date"),
        ({"birth_date": "1000-03-02"}, "birth_date"),
        ({"birth_date": "1990-01-01", "programme_start": "1989-01-01"}, "programme_start"),
        ({"cooperates": "perhaps"}, "cooperates"),
        ({"path_changed_on": ["2004-05-01", "2004-05-01"]}, "path_changed_on/1"),
        ({"path_changed_on": ["2004-05-01", "soon"]}, "path_changed_on/1"),
        ({"path_changed_on": ["unknown"]}, "path_changed_on/0"),
        ({"path_changed_on": "2004-02-29"}, "path_changed_on"),
        ({"co_operates": "yes"}, "co_operates"),
        ([1], ""),
    ],
)
def test_facts_that_cannot_be_are_refused_with_their_place(facts: Any, path: str) -> None:
    with pytest.raises(InputError) as refused:
        timeline("IT-minor", START, facts)
    assert refused.value.path == path


def test_an_unknown_regime_names_the_known_ones() -> None:
    with pytest.raises(UnknownRegime, match="IT-18-social"):
        timeline("QQ", START)


def run(*words: str) -> Any:
    return CliRunner().invoke(main, ["norms", "regime", *words])


def test_the_command_prints_one_json_line_a_phase_with_the_keys_of_the_contract() -> None:
    result = run("BE", "--start", "2004-03-01", "--json")
    assert result.exit_code == 0
    lines = [json.loads(line) for line in result.output.splitlines()]
    assert [line["end"] for line in lines] == ["2004-04-15", "2004-07-15", "2005-01-15", None]
    contract = [
        "phase",
        "document",
        "start",
        "end",
        "extendable",
        "work",
        "work_until",
        "removable",
        "conditions",
        "why",
    ]
    assert all(list(line)[:10] == contract for line in lines)
    assert {line["work"] for line in lines} <= {"none", "allowed"}


def test_the_command_reads_facts_and_prints_a_table_for_people(tmp_path: Path) -> None:
    file = tmp_path / "facts.yaml"
    file.write_text("birth_date: 1988-01-15\ncooperates: no\n", encoding="utf-8")
    result = run("IT-minor", "--start", "2004-03-01", "--facts", str(file))
    assert result.exit_code == 0
    assert "impossible" in result.output
    assert "2006-01-15" in result.output


def test_the_example_of_the_help_works() -> None:
    shown = run("--help").output
    assert "examples/norms/residence.yaml" in " ".join(shown.split())
    file = Path(__file__).resolve().parents[2] / "examples" / "norms" / "residence.yaml"
    result = run("BE", "--start", "2026-03-01", "--facts", str(file), "--json")
    assert result.exit_code == 0
    assert json.loads(result.output.splitlines()[2])["end"] == "2027-05-20"


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["QQ", "--start", "2004-03-01"], "QQ"),
        (["BE", "--start", "01.03.2004"], "01.03.2004"),
        (["BE", "--start", "2004-02-30"], "2004-02-30"),
        (["BE"], "--start"),
        (["BE", "--start", "2004-03-01", "--on", "today"], "--on"),
        (["BE", "--start", "2004-03-01", "--facts", "not-there.yaml"], "not-there.yaml"),
    ],
)
def test_bad_input_gives_one_line_and_exit_code_two(words: list[str], named: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert named in result.output
    assert len(result.output.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"birth_date: 2004-13-01\n", "birth_date"),
        (b"colour: red\n", "colour"),
        (b"- a\n- b\n", "section"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"a: [1, 2\n", "line"),
    ],
)
def test_a_bad_facts_file_is_named_with_the_place_in_it(tmp_path: Path, content: bytes, named: str) -> None:
    file = tmp_path / "facts.yaml"
    file.write_bytes(content)
    result = run("BE", "--start", "2004-03-01", "--facts", str(file))
    assert result.exit_code == 2
    assert "facts.yaml" in result.output
    assert named in result.output
    assert len(result.output.strip().splitlines()) == 1

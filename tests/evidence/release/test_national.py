"""National tables: what is left out, what is rounded, and what no release gives away together with an earlier one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fener.bad_input import BadInput
from fener.evidence.release import audit, plan, publish, read_spec
from fener.evidence.release.microdata import read_microdata
from tests.evidence.release.made_up import COLUMNS, Counts, records, spec, table

PLENTY: Counts = {
    ("f", "labour"): 60,
    ("f", "sexual"): 90,
    ("f", "begging"): 40,
    ("m", "labour"): 80,
    ("m", "sexual"): 30,
    ("m", "begging"): 50,
}
NAMES = ("sex", "form")
PRIVATE = {"epsilon": 1, "ledger": "ledger.jsonl", "method": "geometric"}


def make(folder: Path, counts: Counts, out: str = "out", names: tuple[str, ...] = NAMES, **changes: Any) -> Any:
    data = records(folder / f"{out}.csv", names, counts)
    return publish(data, spec(folder / f"{out}.yaml", **changes), folder / out)


def test_large_counts_are_all_printed_with_their_totals(tmp_path: Path) -> None:
    assert make(tmp_path, PLENTY).hidden == 0
    printed = table(tmp_path / "out", "sex-form")
    assert printed[("Total", "Total")] == 350
    assert printed[("f", "Total")] == 190
    assert printed[("m", "begging")] == 50


def test_a_small_count_and_as_few_others_as_needed_are_left_out(tmp_path: Path) -> None:
    outcome = make(tmp_path, {**PLENTY, ("m", "sexual"): 4})
    printed = table(tmp_path / "out", "sex-form")
    assert printed[("m", "sexual")] is None
    assert outcome.hidden == 4  # the four corners of a rectangle: no fewer protect a cell of two margins
    assert all(printed[total] is not None for total in printed if "Total" in total)


def test_the_minimum_is_the_specifications(tmp_path: Path) -> None:
    counts = {**PLENTY, ("m", "sexual"): 4}
    assert make(tmp_path, counts, national={"minimum": 4, "protection": 3}).hidden == 0
    assert make(tmp_path, counts, out="two", history="other", national={"minimum": 5, "protection": 4}).hidden == 4


def test_a_zero_is_printed_where_it_tells_nothing_of_a_group(tmp_path: Path) -> None:
    columns = {**COLUMNS, "sex": {"codes": ["f", "m", "other"]}}
    others = {("other", form): 20 for form in COLUMNS["form"]["codes"]}
    outcome = make(tmp_path, {**PLENTY, **others, ("m", "sexual"): 0}, columns=columns)
    assert outcome.hidden == 0
    assert table(tmp_path / "out", "sex-form")[("m", "sexual")] == 0


def test_that_everybody_of_a_group_shares_an_attribute_does_not_appear(tmp_path: Path) -> None:
    counts = {**PLENTY, ("m", "sexual"): 0, ("m", "begging"): 0}
    make(tmp_path, counts)
    printed = table(tmp_path / "out", "sex-form")
    assert {printed[("m", form)] for form in ("labour", "sexual", "begging")} != {80, 0}
    make(tmp_path, counts, out="told", history="other", national={"groups": "report"})
    assert table(tmp_path / "told", "sex-form")[("m", "labour")] == 80


def test_zeros_do_not_tell_what_a_group_below_the_minimum_shares(tmp_path: Path) -> None:
    """Nobody knows how many men there are; who knows one must not learn from the zeros that all were in labour."""
    make(tmp_path, {("f", "sexual"): 6, ("m", "labour"): 5})
    printed = table(tmp_path / "out", "sex-form")
    for group in ("f", "m"):
        assert sum(printed[(group, form)] != 0 for form in ("labour", "sexual", "begging")) > 1
    for form in ("labour", "sexual"):
        assert [printed[("f", form)], printed[("m", form)]] == [None, None]
    make(tmp_path, {("f", "sexual"): 6, ("m", "labour"): 5}, out="told", history="other", national={"groups": "report"})
    assert table(tmp_path / "told", "sex-form")[("m", "sexual")] == 0


def test_the_auditor_finds_zeros_around_a_group_below_the_minimum(tmp_path: Path) -> None:
    raw = spec(tmp_path / "spec.yaml")
    data = records(tmp_path / "data.csv", NAMES, {("f", "sexual"): 6, ("m", "labour"): 5})
    planned = plan(read_spec(raw), read_microdata(data, read_spec(raw)), [])
    small = tuple(target for target in planned.published.targets if target.why == "small")
    only = {cell: None if 0 < count < 11 else count for cell, count in planned.true.items()}
    found = audit(replace(planned.published, counts=only, targets=small)).findings
    assert {(f.why, f.cell) for f in found} >= {("group", "sex=f"), ("group", "sex=m"), ("group", "form=labour")}


def test_the_auditor_says_each_finding_once(tmp_path: Path) -> None:
    raw = read_spec(spec(tmp_path / "spec.yaml"))
    data = records(tmp_path / "data.csv", NAMES, {**PLENTY, ("m", "sexual"): 4})
    planned = plan(raw, read_microdata(data, raw), [])
    targets = planned.published.targets
    found = audit(replace(planned.published, counts=planned.true, targets=(*targets, *targets))).findings
    assert found
    assert len({(f.why, f.cell, f.message) for f in found}) == len(found)


def test_a_cell_that_comes_from_one_organisation_is_left_out(tmp_path: Path) -> None:
    counts = {(*key, f"org{n}"): count // 4 for key, count in PLENTY.items() for n in range(4)}
    counts = {k: v for k, v in counts.items() if k[:2] != ("m", "begging")} | {("m", "begging", "org0"): 50}
    national = {"contributor": "organisation", "dominance": 80}
    make(tmp_path, counts, names=(*NAMES, "organisation"), national=national)
    assert table(tmp_path / "out", "sex-form")[("m", "begging")] is None
    make(tmp_path, counts, out="two", history="other", names=(*NAMES, "organisation"))
    assert table(tmp_path / "two", "sex-form")[("m", "begging")] == 50


def test_tables_that_share_a_margin_are_protected_together(tmp_path: Path) -> None:
    """The same count is printed in both tables or in none."""
    columns = {**COLUMNS, "age": {"codes": ["child", "adult"]}}
    counts = {(*key, "adult"): count for key, count in PLENTY.items()} | {("m", "begging", "child"): 7}
    make(tmp_path, counts, names=(*NAMES, "age"), columns=columns, tables=[["sex", "form"], ["age", "sex"]])
    first, second = table(tmp_path / "out", "sex-form"), table(tmp_path / "out", "age-sex")
    assert first[("f", "Total")] == second[("Total", "f")]
    assert second[("child", "Total")] is None
    assert second[("child", "m")] is None


def test_a_limited_table_and_the_whole_do_not_give_the_rest(tmp_path: Path) -> None:
    """The table of labour and the table of all would show, by their difference, the few who are not in it."""
    columns = {**COLUMNS, "status": {"codes": ["open", "closed"]}}
    counts: Counts = {("f", "labour", "open"): 60, ("m", "labour", "open"): 50, ("m", "labour", "closed"): 3}
    tables = [["sex"], {"by": ["sex"], "where": {"status_of": "open"}, "name": "open"}]
    columns["status_of"] = columns.pop("status")
    outcome = make(tmp_path, counts, names=("sex", "form", "status_of"), columns=columns, tables=tables)
    assert outcome.report is not None
    whole, opened = table(tmp_path / "out", "sex"), table(tmp_path / "out", "open")
    assert whole[("m",)] is None or opened[("m",)] is None
    assert whole[("Total",)] is None or opened[("Total",)] is None


def test_rounded_tables_still_add_up_and_stay_near(tmp_path: Path) -> None:
    counts = {**PLENTY, ("m", "sexual"): 4, ("f", "begging"): 1}
    for base in (3, 5):
        make(tmp_path, counts, out=f"b{base}", history=f"h{base}", national={"method": "round", "base": base})
        printed = table(tmp_path / f"b{base}", "sex-form")
        assert all(value is not None and value % base == 0 for value in printed.values())
        for sex in ("f", "m", "Total"):
            assert sum(printed[(sex, f)] or 0 for f in COLUMNS["form"]["codes"]) == printed[(sex, "Total")]
        for form in (*COLUMNS["form"]["codes"], "Total"):
            assert (printed[("f", form)] or 0) + (printed[("m", form)] or 0) == printed[("Total", form)]
        assert all(abs((printed[key] or 0) - count) < base for key, count in counts.items())


# -- with earlier releases --

YEAR = {"period": {"start": "2024-01-01", "end": "2024-12-31"}}


def test_a_later_statement_does_not_show_who_was_added(tmp_path: Path) -> None:
    make(tmp_path, PLENTY, **YEAR, as_of="2025-02-01")
    outcome = make(tmp_path, {**PLENTY, ("m", "sexual"): 32}, out="later", **YEAR, as_of="2025-06-01")
    assert outcome.report is not None
    later = table(tmp_path / "later", "sex-form")
    assert later[("m", "sexual")] is None  # 32 after 30 would say: two men were added
    assert later[("f", "labour")] == 60


def test_a_longer_period_does_not_show_who_was_added(tmp_path: Path) -> None:
    make(tmp_path, PLENTY, **YEAR)
    longer = {"period": {"start": "2024-01-01", "end": "2025-03-31"}}
    outcome = make(tmp_path, {**PLENTY, ("f", "labour"): 63}, out="later", **longer)
    assert outcome.report is not None
    assert table(tmp_path / "later", "sex-form")[("f", "labour")] is None


def test_a_new_table_does_not_open_what_an_old_one_left_out(tmp_path: Path) -> None:
    columns = {**COLUMNS, "age": {"codes": ["child", "adult"]}}
    counts = {(*key, "adult"): count for key, count in PLENTY.items()} | {("m", "begging", "child"): 13}
    counts[("m", "sexual", "adult")] = 4
    names = (*NAMES, "age")
    make(tmp_path, counts, names=names, columns=columns)
    again = make(tmp_path, counts, out="more", names=names, columns=columns, tables=[["sex", "form", "age"]])
    assert again.report is not None
    assert table(tmp_path / "more", "sex-form-age")[("m", "sexual", "Total")] is None
    assert table(tmp_path / "more", "sex-form-age")[("m", "sexual", "adult")] is None


def test_a_release_is_refused_where_the_past_leaves_no_safe_way(tmp_path: Path) -> None:
    """Whole and rest were printed of women and men; now a limited table would give away four by difference."""
    make(tmp_path, PLENTY, national={"minimum": 2, "protection": 1})
    smaller = {"hierarchy": {"work": ["labour", "begging"]}}
    columns = {**COLUMNS, "form": {**COLUMNS["form"], **smaller}}
    outcome = make(tmp_path, {**PLENTY, ("m", "sexual"): 30}, out="more", columns=columns)
    assert outcome.report is not None
    low = make(tmp_path, {("f", "labour"): 5, ("m", "labour"): 60}, out="x", history="h2", national={"minimum": 2})
    assert low.report is not None
    high = make(tmp_path, {("f", "labour"): 5, ("m", "labour"): 60}, out="y", history="h2")
    assert high.report is None
    assert "earlier releases" in high.refused
    assert not (tmp_path / "y").exists()


def test_a_corrected_count_is_not_printed_beside_the_old_one(tmp_path: Path) -> None:
    make(tmp_path, PLENTY, **YEAR, as_of="2025-02-01")
    outcome = make(tmp_path, {**PLENTY, ("m", "sexual"): 28}, out="later", **YEAR, as_of="2025-06-01")
    assert outcome.report is not None
    assert table(tmp_path / "later", "sex-form")[("m", "sexual")] is None


def test_releases_about_other_years_do_not_meet(tmp_path: Path) -> None:
    make(tmp_path, PLENTY, **YEAR)
    other = {"period": {"start": "2025-01-01", "end": "2025-12-31"}}
    assert make(tmp_path, {**PLENTY, ("m", "sexual"): 32}, out="later", **other).hidden == 0


def test_what_was_printed_cannot_be_changed_afterwards(tmp_path: Path) -> None:
    make(tmp_path, PLENTY)
    file = tmp_path / "history" / "release-0001.csv"
    file.write_text(file.read_text().replace("60", "61"))
    with pytest.raises(BadInput, match="is not what release-0001 printed"):
        make(tmp_path, PLENTY, out="later")


def test_the_history_holds_no_count_that_was_left_out(tmp_path: Path) -> None:
    make(tmp_path, {**PLENTY, ("m", "sexual"): 4})
    text = (tmp_path / "history" / "release-0001.csv").read_text()
    assert text.count('"",') + text.count("\n") > 0
    assert [line for line in text.splitlines() if line.endswith(",4")] == []
    assert sum(line.endswith(",") for line in text.splitlines()) == 4


# -- persons, not rows --


def test_somebody_in_several_records_counts_once(tmp_path: Path) -> None:
    counts: Counts = {(*key, f"{key}{n}"): 2 for key, count in PLENTY.items() for n in range(count)}
    make(tmp_path, counts, names=(*NAMES, "id"), person="id")
    assert table(tmp_path / "out", "sex-form")[("Total", "Total")] == 350


def test_records_of_one_person_that_differ_are_refused_or_several(tmp_path: Path) -> None:
    counts: Counts = {
        ("f", "labour", "1"): 1,
        ("f", "sexual", "1"): 1,
        **{("f", "labour", f"x{n}"): 1 for n in range(40)},
    }
    names = (*NAMES, "id")
    with pytest.raises(BadInput, match=r"out\.csv: row 3, column form: differs from row 2"):
        make(tmp_path, counts, names=names, person="id")
    codes = {"codes": ["labour", "sexual", "both"], "several": "both"}
    outcome = make(tmp_path, counts, out="two", names=names, person="id", columns={**COLUMNS, "form": codes})
    assert outcome.report is not None
    assert table(tmp_path / "two", "sex-form")[("Total", "both")] is None


def test_the_families_are_never_mixed_on_the_same_persons(tmp_path: Path) -> None:
    make(tmp_path, PLENTY, **YEAR)
    private = {"family": "private", "rows": "persons", "private": PRIVATE}
    raw = spec(tmp_path / "p.yaml", **private, **YEAR)
    raw.write_text(raw.read_text().replace("national: {}\n", ""))
    with pytest.raises(BadInput, match=r"release-0001: the national family published tables about the same"):
        publish(tmp_path / "out.csv", raw, tmp_path / "p")
    assert not (tmp_path / "p").exists()

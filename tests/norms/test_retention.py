"""Periods of retention, and what is left of facts: pure rules over packs."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fener.norms import retention
from fener.norms.fields import facts_fields
from fener.norms.packs import DEFAULT_ROOT, PackError, Packs, load_packs


def with_law(tmp_path: Path, text: str) -> Packs:
    """The shipped packs with one more that knows a law."""
    root = tmp_path / "packs"
    shutil.copytree(DEFAULT_ROOT, root, ignore=shutil.ignore_patterns("locale"))
    head = "pack: {kind: retention, id: law, version: '1', title: Law, sources: [{id: fener}]}\n"
    (root / "law.yaml").write_text(head + "data:\n  periods:\n    " + text + "\n", encoding="utf-8")
    return load_packs(root)


LAW = "RS: {case_file: {least: 12, most: 60, source: {id: fener}}}"
START = date(2026, 3, 2)


def due(packs: Packs, months: int | None) -> retention.Due:
    own = retention.Own(months, "so") if months is not None else None
    return retention.due("case_file", START, jurisdiction="RS", own=own, packs=packs)


def test_the_law_holds_the_organisation_s_own_period_between_its_two_ends(tmp_path: Path) -> None:
    packs = with_law(tmp_path, LAW)
    assert due(packs, 24).on == date(2028, 3, 2)
    assert due(packs, 24).own
    assert due(packs, 6).on == date(2027, 3, 2), "not before the law allows"
    assert due(packs, 120).on == date(2031, 3, 2), "not after the law forbids"
    assert not due(packs, 120).own
    assert due(packs, None).on == date(2031, 3, 2), "the law's longest, where nothing was set"


def test_a_length_outside_the_law_is_refused_with_the_reason(tmp_path: Path) -> None:
    packs = with_law(tmp_path, LAW)
    for months, said in ((6, "at least 12"), (61, "at most 60")):
        problem = retention.problem_of(months, "case_file", jurisdiction="RS", packs=packs)
        assert problem is not None
        assert said in problem.english()
    assert retention.problem_of(24, "case_file", jurisdiction="RS", packs=packs) is None
    assert retention.problem_of(6, "case_file", jurisdiction="IT", packs=packs) is None, "another country's law"


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("RS: {case_file: {least: 61, most: 60, source: {id: fener}}}", "longer than the most"),
        ("RS: {no_such: {most: 60, source: {id: fener}}}", "no class"),
        ("QQ: {case_file: {most: 60, source: {id: fener}}}", "no jurisdiction"),
        ("RS: {case_file: {most: 60}}", "not valid"),
    ],
)
def test_a_pack_that_cannot_hold_is_refused(tmp_path: Path, text: str, where: str) -> None:
    with pytest.raises(PackError, match=where):
        with_law(tmp_path, text)


@given(months=st.integers(1, 600), start=st.dates(date(2000, 1, 1), date(2040, 1, 1)))
def test_a_longer_period_never_ends_earlier(months: int, start: date) -> None:
    def ends(length: int) -> date:
        found = retention.due("case_file", start, jurisdiction="RS", own=retention.Own(length, "so")).on
        assert found is not None
        return found

    assert start < ends(months) < ends(months + 1)


FACTS = st.fixed_dictionaries(
    {},
    optional={
        "age_at_contact": st.integers(0, 120),
        "gender": st.sampled_from(["Feminine", "Masculine"]),
        "primary_language": st.just("ro"),
        "contacted_on": st.dates(date(2000, 1, 1), date(2030, 1, 1)).map(date.isoformat),
        "number_of_children": st.integers(0, 9),
        "ethnicity": st.just(["roma"]),
    },
)


@given(facts=FACTS)
def test_what_is_left_is_coarse_and_stays_so(facts: dict[str, Any]) -> None:
    left = retention.coarse_facts(facts)
    kept = {spec.code for spec in facts_fields() if spec.residue == "keep"}
    assert all(key in kept or key.endswith(("_year", "_band")) for key in left)
    assert facts.get("contacted_on", "-") not in left.values()
    assert retention.coarse_facts(left) == left, "twice is once"


@pytest.mark.parametrize(
    ("age", "band"), [(0, "0-6"), (6, "0-6"), (7, "7-9"), (17, "15-17"), (18, "18-24"), (64, "50-64"), (99, "65+")]
)
def test_an_age_falls_into_its_band(age: int, band: str) -> None:
    assert retention.age_band(age) == band

"""PU-01: a table is released only after small cells and their complements are suppressed and it was checked against
differencing with every earlier release."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fener.evidence.release import audit, plan, publish, publishing, read_microdata, read_spec
from fener.evidence.release.audit.history import opened
from tests.evidence.release.made_up import records, spec, table
from tests.evidence.release.test_national import NAMES, PLENTY

FEW = {**PLENTY, ("m", "sexual"): 4}
YEAR = {"period": {"start": "2024-01-01", "end": "2024-12-31"}}


def test_pu_01_small_cells_and_their_complements_are_left_out(tmp_path: Path) -> None:
    publish(records(tmp_path / "d.csv", NAMES, FEW), spec(tmp_path / "s.yaml"), tmp_path / "out")
    printed = table(tmp_path / "out", "sex-form")
    assert printed[("m", "sexual")] is None
    for line in ([("m", form) for form in ("labour", "sexual", "begging")], [(sex, "sexual") for sex in ("f", "m")]):
        assert sum(printed[cell] is None for cell in line) >= 2


@pytest.mark.parametrize("added", range(1, 11))
def test_pu_01_the_difference_to_an_earlier_release_is_no_small_cell(tmp_path: Path, added: int) -> None:
    first = records(tmp_path / "first.csv", NAMES, PLENTY)
    publish(first, spec(tmp_path / "s.yaml", **YEAR, as_of="2025-01-15"), tmp_path / "first")
    later = records(tmp_path / "later.csv", NAMES, {**PLENTY, ("f", "begging"): 40 + added})
    publish(later, spec(tmp_path / "s.yaml", **YEAR, as_of="2025-06-15"), tmp_path / "later")
    before, after = table(tmp_path / "first", "sex-form"), table(tmp_path / "later", "sex-form")
    for cell, count in after.items():
        old = before[cell]
        assert count is None or old is None or not 0 < abs(count - old) < 11


def test_pu_01_nothing_goes_out_where_the_attack_succeeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The check does not trust the protection: a plan that prints a small count is stopped."""
    real = publishing.plan

    def careless(*arguments: Any, **named: Any) -> Any:
        planned = real(*arguments, **named)
        return replace(planned, published=replace(planned.published, counts=dict(planned.true)))

    monkeypatch.setattr(publishing, "plan", careless)
    outcome = publish(records(tmp_path / "d.csv", NAMES, FEW), spec(tmp_path / "s.yaml"), tmp_path / "out")
    assert outcome.report is None
    assert "4 stands in print" in " ".join(finding.message for finding in outcome.findings)
    assert not (tmp_path / "out").exists()


def test_pu_01_the_auditor_finds_what_only_two_releases_together_tell(tmp_path: Path) -> None:
    file, specification = records(tmp_path / "d.csv", NAMES, FEW), spec(tmp_path / "s.yaml")
    publish(file, specification, tmp_path / "out")
    made = read_spec(specification)
    planned = plan(made, read_microdata(file, made), [])
    with opened(tmp_path / "history") as history:
        earlier = history.national()
    assert forms_left_out(earlier[0].counts) == {"sexual", "begging"}
    corners = [c for c in planned.true if len(c) == 2 and dict(c)["form"] != frozenset(["begging"])]
    counts = {c: None if c in corners else n for c, n in planned.true.items()}
    second = replace(planned.published, id="second", counts=counts)
    assert audit(second).findings == ()  # safe for itself
    found = audit(second, earlier).findings
    assert {finding.releases for finding in found} == {("release-0001", "second")}
    assert (found[0].low, found[0].high) == (4, 4)


def forms_left_out(counts: Any) -> set[str]:
    return {form for cell, count in counts.items() if count is None for form in dict(cell)["form"]}

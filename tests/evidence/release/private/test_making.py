"""A private release: useful, consistent, whole, and repeatable only with the noise of the tests."""

from __future__ import annotations

import csv
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from fener.bad_input import BadInput
from fener.evidence.output.write import page
from fener.evidence.release import private
from fener.evidence.release.microdata import Coded, Microdata
from fener.evidence.release.private import attack, geometric, ledger, making
from fener.evidence.release.private.accounting import advantage_bound, rho_within
from fener.evidence.release.private.model import fit, nearest_counts
from fener.evidence.release.private.planner import plan
from fener.evidence.release.private.residuals import measure, tabulate
from fener.evidence.release.private.rows import draw, shares
from fener.evidence.release.spec import parse_spec
from tests.evidence.release.private.seeded import SeededNoise

CODES = {"sex": ("f", "m", "x"), "age": ("0-17", "18-29", "30+"), "form": ("labour", "sexual", "begging", "organs")}
TABLES = [("sex",), ("age",), ("sex", "age"), ("age", "form"), ("sex", "age", "form")]


def records(rows: int = 4000, seed: int = 5) -> Microdata:
    """Nobody has the sex "x" or the form "organs"; form depends on sex."""
    random = np.random.default_rng(seed)
    sex = random.choice(2, rows, p=[0.7, 0.3])
    age = random.choice(3, rows, p=[0.2, 0.5, 0.3])
    form = np.where(random.random(rows) < 0.1, 2, np.where(random.random(rows) < 0.2 + 0.6 * (sex == 0), 1, 0))
    columns = {"sex": sex, "age": age, "form": form}
    return Microdata({name: Coded(column.astype(np.int32), CODES[name]) for name, column in columns.items()})


def counts(data: Microdata, by: tuple[str, ...]) -> np.ndarray:
    codes = {name: column.codes for name, column in data.columns.items()}
    return tabulate(codes, by, {name: len(labels) for name, labels in CODES.items()})


def released(seed: int = 1, **more: Any) -> private.PrivateRelease:
    given = {"epsilon": 2, "delta": "1e-6", "noise": SeededNoise(seed)} | more
    return private.make(records(), TABLES, **given)


def test_counts_are_whole_never_negative_and_the_same_in_every_table() -> None:
    made = {table.by: table for table in released().tables}
    for table in made.values():
        assert table.count.dtype == np.int64
        assert table.count.min() >= 0
    assert np.array_equal(made["sex", "age"].count.sum(axis=1), made[("sex",)].count)
    assert np.array_equal(made["sex", "age", "form"].count.sum(axis=0), made["age", "form"].count)


@pytest.mark.parametrize("method", ["marginals", "geometric"])
def test_what_nobody_has_is_published_too_and_intervals_hold_the_truth(method: str) -> None:
    data = records()
    inside, every = 0, 0
    for seed in range(4):
        made = private.make(data, TABLES, epsilon=1, delta="1e-6", method=method, noise=SeededNoise(seed))
        for table in made.tables:
            true = counts(data, table.by)
            assert table.count.shape == true.shape  # the code lists, and not what occurs
            assert ((table.low <= table.count) & (table.count <= table.high)).all()
            inside += int(((table.low <= true) & (true <= table.high)).sum())
            every += true.size
    assert inside / every >= 0.93


def test_the_tables_are_near_the_truth() -> None:
    for table in released().tables:
        true = counts(records(), table.by)
        assert np.abs(table.count - true).mean() < 3 * table.error + 3


def test_invented_records_have_the_tables_of_the_release() -> None:
    made = released(invented_rows=1000)
    assert made.invented is not None
    assert all(len(codes) == 1000 for codes in made.invented.values())
    table = next(one for one in made.tables if one.by == ("sex", "age"))
    there = tabulate(made.invented, ("sex", "age"), made.sizes) * (table.count.sum() / 1000)
    assert np.abs(there - table.count).max() < 60


def test_the_same_seed_gives_the_same_release_and_without_one_none_is_like_another() -> None:
    def all_counts(made: private.PrivateRelease) -> list[int]:
        return [count for table in made.tables for count in table.count.ravel().tolist()]

    once = all_counts(released(3))
    assert all_counts(released(3)) == once
    assert all_counts(released(4)) != once
    free = [private.make(records(), TABLES[:2], epsilon=1, method="geometric") for _ in range(2)]
    assert not np.array_equal(free[0].tables[1].measured, free[1].tables[1].measured)


def test_the_charge_comes_before_the_noise_and_a_refusal_draws_none() -> None:
    for method in ("marginals", "geometric"):
        noise = SeededNoise(1)

        def refuse(cost: ledger.Charge) -> None:
            raise BadInput("no budget")

        with pytest.raises(BadInput, match="no budget"):
            private.make(records(), TABLES, epsilon=1, delta="1e-6", method=method, charge=refuse, noise=noise)
        assert noise.asked == 0


def test_the_charge_is_what_was_asked_for() -> None:
    charged: list[ledger.Charge] = []
    released(epsilon=Fraction(1, 2), charge=charged.append)
    assert (charged[0].epsilon, charged[0].delta) == (Fraction(1, 2), Fraction(1, 10**6))
    assert charged[0].rho == pytest.approx(rho_within(0.5, 1e-6), rel=1e-4)


def test_a_person_in_many_rows_counts_as_often_as_was_said() -> None:
    data = records(300)
    many = Microdata(data.columns, person=np.zeros(300, dtype=np.int64))

    class Silence(SeededNoise):
        def laplace(self, size, scale):
            return np.zeros(size, dtype=np.int64)

    made = private.make(many, TABLES[:1], epsilon=1, method="geometric", rows_per_person=4, noise=Silence(0))
    assert made.tables[0].count.sum() == 4
    assert isinstance(made.plan, geometric.GeometricPlan)
    assert made.plan.scale["sex",] == 4  # four rows, one table, epsilon 1


@pytest.mark.parametrize(
    "wrong,said",
    [
        ({"epsilon": 0}, "epsilon"),
        ({"delta": 0}, "delta"),
        ({"method": "guess"}, "method"),
    ],
)
def test_what_cannot_be_is_refused(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        released(**wrong)


def test_tables_that_are_too_large_are_refused_before_anything_is_charged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "MOST_CELLS", 10)
    charged: list[object] = []
    with pytest.raises(BadInput, match="cells"):
        released(charge=charged.append)
    assert not charged


def test_shares_add_up_and_are_never_more_than_one_off() -> None:
    random = np.random.default_rng(1)
    for rows in (0, 1, 7, 1000):
        weights = random.dirichlet(np.ones(13))
        whole = shares(weights, rows, random)
        assert whole.sum() == rows
        assert np.abs(whole - weights * rows).max() <= 1


def test_the_nearest_counts_are_not_negative_and_keep_the_sum() -> None:
    found = nearest_counts(np.array([5.0, -3.0, 2.0]), 6.0)
    assert np.allclose(found, [4.5, 0.0, 1.5])


def test_an_empty_file_and_one_code_can_be_published_and_tell_nothing() -> None:
    none = np.zeros(0, dtype=np.int32)
    nobody = Microdata({"sex": Coded(none, ("f",)), "age": Coded(none, ("a", "b"))})
    made = private.make(nobody, [("sex", "age")], epsilon=1, delta="1e-6", noise=SeededNoise(2))
    assert made.tables[0].count.shape == (1, 2)


def test_rows_follow_a_strong_dependence() -> None:
    """Two columns that are equal stay equal in nearly all invented rows."""
    random = np.random.default_rng(1)
    one = random.integers(0, 6, 3000).astype(np.int32)
    sizes = {"a": 6, "b": 6, "c": 3}
    codes = {"a": one, "b": one, "c": random.integers(0, 3, 3000).astype(np.int32)}
    noise = SeededNoise(2)
    seen = measure(codes, plan([("a", "b"), ("b", "c")], sizes, 1.0), noise)
    rows = draw(fit(seen, noise), seen, 3000, noise)
    assert (rows["a"] == rows["b"]).mean() > 0.95


def test_the_best_attack_stays_below_the_bound_and_is_not_blind() -> None:
    """Little noise is told apart, much noise is not; never more often than the bound (three standard errors)."""
    world = {name: column.codes for name, column in records(300).columns.items()}
    sizes = {name: len(labels) for name, labels in CODES.items()}
    for epsilon in (0.5, 4.0):
        bound = advantage_bound(epsilon, 1e-6)
        made = plan(TABLES, sizes, rho_within(epsilon, 1e-6))
        found = [attack.on_marginals(world, made, bound, 160, SeededNoise(1))]
        made_geometric = geometric.plan(TABLES, Fraction(epsilon))
        found.append(attack.on_geometric(world, sizes, made_geometric, bound, 160, SeededNoise(1)))
        for one in found:
            assert one.advantage <= bound + 1.5 * one.error
        if epsilon == 4.0:
            assert min(one.advantage for one in found) > 0.2


def test_noise_that_is_too_small_is_caught_by_the_attack() -> None:
    world = {name: column.codes for name, column in records(300).columns.items()}
    sizes = {name: len(labels) for name, labels in CODES.items()}
    cheat = plan(TABLES, sizes, 1000 * rho_within(0.5, 1e-6))
    found = attack.on_marginals(world, cheat, advantage_bound(0.5, 1e-6), 160, SeededNoise(1))
    assert found.advantage > found.bound + found.error


def spec_of(folder: Path, **more: Any) -> Any:
    raw = {
        "family": "private",
        "title": "=Invented region",
        "history": "history",
        "rows": "persons",
        "columns": {name: {"codes": list(codes)} for name, codes in CODES.items()},
        "tables": [list(table) for table in TABLES],
        "private": {
            "epsilon": 1,
            "delta": "1e-6",
            "ledger": "ledger.jsonl",
            "budget": {"epsilon": "1.5", "delta": "1e-5"},
            "synthetic": "yes",
            "attack_runs": 10,
        }
        | more,
    }
    return parse_spec(raw, folder / "spec.yaml")


def test_the_files_have_an_interval_beside_every_count_and_a_page_that_says_what_was_spent(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    report = private.publish(spec_of(tmp_path), records(), out, SeededNoise(1))
    with (out / "tables" / "sex-age.csv").open(encoding="utf-8") as stream:
        lines = list(csv.DictReader(stream))
    assert len(lines) == 9  # with "x", that nobody has
    assert all(0 <= int(line["low"]) <= int(line["count"]) <= int(line["high"]) for line in lines)
    package = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    assert all((out / resource["path"]).exists() for resource in package["resources"])
    assert package["protection"]["epsilon"] == 1
    with (out / "invented-records.csv").open(encoding="utf-8") as stream:
        assert {row["form"] for row in csv.DictReader(stream)} <= set(CODES["form"])
    assert {path.suffix for path in (out / "tables").iterdir()} == {".csv", ".parquet"}
    assert (out / "tables.xlsx").exists()
    text = page(report)
    assert "are left" in text
    assert "advantage" in text


def test_a_release_that_the_budget_does_not_carry_writes_nothing(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    spec = spec_of(tmp_path, method="geometric", attack_runs=0)
    private.publish(spec, records(), first, SeededNoise(1))
    with pytest.raises(BadInput, match="does not carry"):
        private.publish(spec, records(), second, SeededNoise(2))
    assert not list(second.iterdir())

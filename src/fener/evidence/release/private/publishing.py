"""The files and the page of a private release, by a specification."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from fener.bad_input import BadInput
from fener.evidence.output.charts import IntervalChart, Mark
from fener.evidence.output.report import Column, Report, Section, Table
from fener.evidence.release.microdata import Microdata
from fener.evidence.release.private import attack, ledger
from fener.evidence.release.private.accounting import advantage_bound
from fener.evidence.release.private.files import write_files
from fener.evidence.release.private.making import PrivateRelease, make
from fener.evidence.release.private.planner import Plan
from fener.evidence.release.private.residuals import tabulate
from fener.evidence.release.private.samplers import ExactNoise, Noise
from fener.evidence.release.spec import Private, Spec

SHOWN_TABLES, SHOWN_ROWS = 40, 25  # on the page; the files have everything
SOURCES = (
    "OpenDP, discrete Laplace and discrete Gaussian samplers (Canonne, Kamath & Steinke, 2020).",
    "Xiao, He, Zhang & Kifer: An Optimal and Scalable Matrix Mechanism for Noisy Marginals under Convex Loss Functions"
    " (NeurIPS 2023).",
    "Bun & Steinke: Concentrated Differential Privacy (2016).",
)


def publish(spec: Spec, data: Microdata, out: Path, noise: Noise | None = None) -> Report:
    """Charge the ledger, make the release, write its files into the folder ``out``; gives the report for its page.

    ``noise`` is for tests; without it the exact samplers are used. Raises BadInput where the specification does not fit
    or the budget does not carry the release.
    """
    private = spec.private
    if private is None:
        raise BadInput("family: this release is not of the private family")
    for name in spec.columns:
        if name in ("count", "low", "high", "measured"):
            raise BadInput(f"columns/{name}: this name is taken by the tables; name the column otherwise")
    budget = None
    if private.budget_epsilon is not None:
        budget = ledger.Budget(private.budget_epsilon, private.budget_delta or private.delta)
    accounts: list[ledger.Account] = []
    release = make(
        data,
        [table.by for table in spec.tables],
        epsilon=private.epsilon,
        delta=private.delta,
        method=private.method,
        rows_per_person=private.rows_per_person,
        level=float(private.level),
        invented_rows=private.synthetic_rows,
        what=spec.title,
        charge=lambda cost: accounts.append(ledger.charge(private.ledger, cost, budget)),
        noise=noise,
    )
    about = _about(spec, private, release, data)
    wants_rows = private.synthetic and release.invented is not None
    remarks = write_files(out, spec, release, about, wants_rows)
    if private.synthetic and release.invented is None:
        remarks.append("There are no invented records: they need the method 'marginals'.")
    attacked = _attacked(private, release, noise or ExactNoise())
    return _report(spec, private, release, about, accounts[0], attacked, remarks)


def _about(spec: Spec, private: Private, release: PrivateRelease, data: Microdata) -> dict[str, Any]:
    person = "one person" if data.person is not None else "one record"
    return {
        "family": "private",
        "method": private.method,
        "epsilon": float(release.spent.epsilon),
        "delta": float(release.spent.delta),
        "rho": release.spent.rho,
        "protects": person,
        "records of one person that count": private.rows_per_person if data.person is not None else 1,
        "level": float(private.level),
        "population": spec.population.name,
        "neighbours": f"files that differ by everything about {person}",
    }


def _attacked(private: Private, release: PrivateRelease, noise: Noise) -> attack.Attack | None:
    """Attack releases of invented records: of this release, or, without them, of records that all differ."""
    if not private.attack_runs:
        return None
    bound = advantage_bound(float(release.spent.epsilon), float(release.spent.delta))
    world = release.invented
    if world is None or not len(next(iter(world.values()), ())):
        world = {name: np.arange(attack.WORLD, dtype=np.int32) % size for name, size in release.sizes.items()}
    if isinstance(release.plan, Plan):
        return attack.on_marginals(world, release.plan, bound, private.attack_runs, noise)
    return attack.on_geometric(world, release.sizes, release.plan, bound, private.attack_runs, noise)


def _report(
    spec: Spec,
    private: Private,
    release: PrivateRelease,
    about: Mapping[str, Any],
    account: ledger.Account,
    attacked: attack.Attack | None,
    remarks: list[str],
) -> Report:
    level = f"{float(private.level):.0%}"
    cells = sum(table.count.size for table in release.tables)
    lead = (
        f"{len(release.tables)} tables with {cells:,} counts, each with noise and an interval that holds the true count"
        f" in {level} of all cases. Whether {about['protects'].replace('one', 'a')} is among the records changes the"
        f" chance of any result by at most the factor e^{about['epsilon']:g}"
        + (f" (but for a chance of {about['delta']:g})." if about["delta"] else ".")
    )
    sections: tuple[Section, ...] = (
        _counts(spec, release, level),
        _utility(spec, release),
        _attack(attacked, about),
        _budget(private, account),
    )
    if remarks:
        sections = (*sections, Section("Remarks", tuple(remarks)))
    return Report(spec.title, lead, sections, SOURCES, f"Fener, fener publish; {spec.publisher}".rstrip("; "))


def _counts(spec: Spec, release: PrivateRelease, level: str) -> Section:
    tables, charts = [], []
    for named, table in list(zip(spec.tables, release.tables, strict=True))[:SHOWN_TABLES]:
        largest = np.argsort(-table.count.ravel(), kind="stable")[:SHOWN_ROWS]
        rows, marks = [], []
        for place in largest.tolist():
            at = np.unravel_index(place, table.count.shape)
            label = ", ".join(spec.columns[name].codes[int(i)] for name, i in zip(table.by, at, strict=True))
            count, low, high = (int(x.ravel()[place]) for x in (table.count, table.low, table.high))
            rows.append({"code": label, "count": f"{count:,}", "interval": f"{low:,} to {high:,}"})
            marks.append(Mark(label, count, low, high))
        columns = (
            Column("code", named.name),
            Column("count", "Count", True),
            Column("interval", f"{level} interval", True),
        )
        more = table.count.size - len(rows)
        tables.append(
            Table(named.name, columns, tuple(rows), f"And {more:,} smaller counts in the files." if more else "")
        )
        if len(table.by) == 1:
            charts.append(IntervalChart(named.name, tuple(marks), "persons", f"Counts of {named.name} with intervals"))
    text = (
        "Counts are never negative and whole. Codes that nobody has are published too, with noise as all others.",
        "Where two tables show the same count, the method 'marginals' gives the same number.",
    )
    return Section("Counts", text, tuple(tables), tuple(charts))


def _utility(spec: Spec, release: PrivateRelease) -> Section:
    rows = []
    for named, table in list(zip(spec.tables, release.tables, strict=True))[:SHOWN_TABLES]:
        row = {"table": named.name, "cells": f"{table.count.size:,}", "error": f"{table.error:.1f}"}
        row["large"] = f"{float((table.count >= 10 * table.error).mean()):.0%}"
        if release.invented is not None:
            made = tabulate(release.invented, table.by, release.sizes)
            scale = table.count.sum() / max(1, int(made.sum()))
            row["invented"] = f"{float(np.abs(made * scale - table.count).mean()):.1f}"
        rows.append(row)
    columns = [
        Column("table", "Table"),
        Column("cells", "Counts", True),
        Column("error", "Expected error before rounding", True),
        Column("large", "Counts at least ten times that", True),
    ]
    if release.invented is not None:
        columns.append(Column("invented", "Mean distance of the invented records", True))
    text = (
        "The expected error follows from the noise alone. It is not a comparison with the true counts: that would"
        " itself have to be paid for.",
    )
    return Section("How useful", text, (Table("Utility", tuple(columns), tuple(rows)),))


def _attack(attacked: attack.Attack | None, about: Mapping[str, Any]) -> Section:
    bound = advantage_bound(about["epsilon"], about["delta"])
    text = [
        f"Whoever knows everything but one person recognises that person's presence at most {bound:.0%} of the time"
        " more often than by mistake; this is the bound of the protection, whatever the method of attack."
    ]
    if attacked is None:
        return Section("Attack", (*text, "No attack was run (private/attack_runs)."))
    text.append(
        f"{attacked.runs} releases of invented records were attacked with the best test there is: {attacked.hits:.1%}"
        f" recognised, {attacked.alarms:.1%} false alarms; advantage {attacked.advantage:.1%} ±"
        f" {attacked.error:.1%}, bound {attacked.bound:.1%}."
    )
    return Section("Attack", tuple(text))


def _budget(private: Private, account: ledger.Account) -> Section:
    budget = account.budget
    if budget is None:  # pragma: no cover (a charge always has a budget)
        return Section("Budget")
    spent = account.spent(budget.delta)
    rest = max(0.0, float(budget.epsilon) - spent) if math.isfinite(spent) else 0.0
    return Section(
        "Budget",
        (
            f"Release {len(account.charges)} of this ledger. Of epsilon {float(budget.epsilon):g} (at delta"
            f" {float(budget.delta):g}) {spent:.4g} are spent, {rest:.4g} are left. What does not fit is refused.",
        ),
    )

"""What a national release says of itself, for everybody who reads it; it never tells why a cell was left out."""

from __future__ import annotations

from typing import Any

from fener.evidence.output.report import Column, Report, Section, Table
from fener.evidence.release.audit.auditor import Audit
from fener.evidence.release.exports.tables import Printed
from fener.evidence.release.national.plan import Plan
from fener.evidence.release.spec import Spec

SOURCES = (
    "Fischetti, M. and Salazar-González, J. J. (2001): Solving the cell suppression problem on tabular data with linear"
    " constraints. Management Science 47(7).",
    "Cox, L. H. (1987): A constructive procedure for unbiased controlled rounding. JASA 82.",
    "Hundepool, A. et al. (2012): Statistical Disclosure Control. Wiley.",
)


def about(spec: Spec, plan: Plan) -> dict[str, Any]:
    """How the tables were protected, in the words that stand in every file."""
    rules = spec.national
    if rules is None:
        raise ValueError("not a specification of the national family")
    facts: dict[str, Any] = {"family": "national", "method": rules.method}
    if rules.method == "round":
        facts |= {"base": rules.base, "note": f"every count is rounded to a multiple of {rules.base}; sums hold"}
    else:
        facts |= {
            "minimum": rules.minimum,
            "note": f"counts from 1 to {rules.minimum - 1} are left out, and others so that they cannot be computed",
        }
    period = spec.population
    if period.start and period.end:
        facts["period"] = f"{period.start.isoformat()}/{period.end.isoformat()}"
    if period.as_of:
        facts["as_of"] = period.as_of.isoformat()
    return facts


def report(spec: Spec, plan: Plan, audit: Audit, tables: list[Printed]) -> Report:
    """The page that goes with the release."""
    facts = about(spec, plan)
    hidden = sum(count is None for count in plan.published.counts.values())
    cells = len(plan.published.counts)
    lead = f"{cells:,} different counts in {len(tables)} tables; {facts['note']}."
    sections = [Section("How it was protected", tuple(_protection(spec, audit, hidden, cells)))]
    sections += [Section("Tables", tables=tuple(_table(spec, printed) for printed in tables))]
    return Report(title=spec.title, lead=lead, sections=tuple(sections), sources=SOURCES)


def _protection(spec: Spec, audit: Audit, hidden: int, cells: int) -> list[str]:
    rules = spec.national
    if rules is None:
        return []
    if rules.method == "round":
        said = [f"Each count was moved to a near multiple of {rules.base} so that all sums still hold."]
    else:
        said = [
            f"{hidden} of {cells} counts are left out. An empty cell does not say that its count is small: some are"
            " left out only so that small ones cannot be computed from totals."
        ]
    earlier = len(audit.together) + len(audit.apart) - 1
    joint = "the joint table of all columns" if audit.joint else "the sums inside the tables"
    said.append(
        f"Before the release it was attacked by linear programming over {joint}, together with"
        f" {earlier} earlier release{'' if earlier == 1 else 's'}; each sensitive count stayed uncertain over at least"
        f" {rules.protection} persons."
    )
    return said


def _table(spec: Spec, printed: Printed) -> Table:
    columns = [Column(name, spec.columns[name].title) for name in printed.table.by]
    columns.append(Column("count", "Persons", right=True))
    rows = tuple(
        {**dict(zip(printed.table.by, nodes, strict=True)), "count": "left out" if count is None else str(count)}
        for nodes, count in printed.rows
    )
    limits = "; ".join(f"{column} = {node}" for column, node in printed.table.where.items())
    return Table(printed.table.name, tuple(columns), rows, note=limits)

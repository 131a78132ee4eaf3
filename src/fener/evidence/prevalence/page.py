"""The answers as a report: a chart and a table of all methods, sensitivity, groups, assumptions, dispute, sources."""

from __future__ import annotations

from collections.abc import Sequence

from fener.evidence.output.charts import IntervalChart, Mark
from fener.evidence.output.report import Column, Report, Section, Table
from fener.evidence.prevalence import reading, refusals
from fener.evidence.prevalence.assumptions import ASSUMPTIONS, DISPUTE, METHOD_ASSUMPTIONS, SOURCES
from fener.evidence.prevalence.estimate import Estimate
from fener.evidence.prevalence.model import members

COLUMNS = (
    Column("method", "Method"),
    Column("estimate", "Estimate", right=True),
    Column("interval", "Interval", right=True),
    Column("kind", "Kind"),
    Column("identified", "Identified", right=True),
    Column("model", "Model"),
    Column("said", "Refused, or to be said with it"),
)
KINDS = {"bca": "BCa bootstrap", "profile": "profile likelihood", "credible": "credible", "none": "none"}


def count(value: float) -> str:
    """A number of cases: whole, thousands spaced."""
    return f"{round(value):,}".replace(",", " ")


def ends(answer: Estimate) -> str:
    """``1 293 to 3 670``; an open end is said."""
    if answer.low is None:
        return ""
    return f"{count(answer.low)} to {count(answer.high)}" if answer.high is not None else f"{count(answer.low)} or more"


def share(answer: Estimate) -> str:
    """What share of the estimate was identified, with the interval's ends: ``14 % (9 to 28)``."""
    point, least, most = answer.identified
    if point is None or most is None:
        return ""
    low = "0" if least is None else f"{100 * least:.0f}"
    return f"{100 * point:.0f} % ({low} to {100 * most:.0f})"


def row(answer: Estimate, without: frozenset[str] = frozenset()) -> dict[str, str]:
    """One row of the table; a refusal has no number and says why. Warnings ``without`` stand elsewhere."""
    said = [f"Refused: {answer.refused}"] if answer.refused else []
    about = ", ".join(answer.about.values())
    return {
        "about": about,
        "method": answer.method,
        "estimate": "" if answer.estimate is None else count(answer.estimate),
        "interval": ends(answer),
        "kind": "" if answer.refused else KINDS[answer.interval],
        "identified": share(answer),
        "model": answer.model or "",
        "said": "; ".join([*said, *(w for w in answer.warnings if w not in without)]),
    }


def table_of(answers: Sequence[Estimate], title: str = "") -> Table:
    """All answers, side by side, in the order of the methods. What is to be said of all of them is said once."""
    varied = any(a.about for a in answers)
    about = (Column("about", "What"),) if varied else ()
    level = f"{100 * answers[0].level:.0f} %" if answers else ""
    note = f"Estimates are numbers of cases in all, those observed within them; intervals are at {level}."
    rows: list[dict[str, str]] = []
    before: dict[str, str] | None = None
    for answer in answers:
        common = frozenset.intersection(*(frozenset(a.warnings) for a in answers if a.about == answer.about))
        cells = row(answer, common)
        if common and answer.about != before:
            said = "of every method: " + "; ".join(w for w in answer.warnings if w in common)
            if varied:
                cells["said"] = "; ".join(text for text in (said, cells["said"]) if text)
            else:
                note += f" To be said {said}."
        before = answer.about
        rows.append(cells)
    return Table(title, (*about, *COLUMNS), tuple(rows), note)


def chart_of(answers: Sequence[Estimate], title: str, observed: int | None) -> IntervalChart:
    """A point and an interval a method; refusals stand in it by name."""
    marks = [] if observed is None else [Mark("Observed (on at least one list)", float(observed))]
    for a in answers:
        label = ", ".join([*a.about.values(), a.method])
        if a.estimate is None:
            marks.append(Mark(label, None, text="refused"))
        else:
            marks.append(Mark(label, a.estimate, a.low, a.high, open_high=a.high is None))
    given = [a for a in answers if a.estimate is not None and a.low is not None]
    spread = f"{len(given)} of {len(answers)} answers have a number"
    if given:
        least = min(a.low for a in given if a.low is not None)
        most = max(a.high if a.high is not None else float("inf") for a in given)
        spread += f"; the intervals reach from {count(least)} to {'no end' if most == float('inf') else count(most)}"
    return IntervalChart(title, tuple(marks), unit="cases", alt=f"{title}: {spread}.")


def _overlaps(table: reading.Table) -> Table:
    rows = [
        {"history": " + ".join(table.lists[j] for j in members(h)), "count": count(int(table.counts[h]))}
        for h in sorted(range(1, len(table.counts)), key=lambda h: (h.bit_count(), h))
        if table.counts[h]
    ]
    columns = (Column("history", "On exactly these lists"), Column("count", "Cases", right=True))
    return Table("The data", columns, tuple(rows), "Combinations that are not named were not observed.")


def lead_of(answers: Sequence[Estimate], table: reading.Table) -> str:
    """The first sentence: the range over all methods, or that nothing can be said."""
    given = [a for a in answers if a.estimate is not None and a.low is not None]
    seen = f"{count(table.observed)} cases stand on at least one of {len(table.lists)} lists, "
    seen += f"{count(refusals.overlapping(table))} of them on two or more."
    if not given:
        return f"{seen} No method gives an estimate: {answers[0].refused if answers else 'none was asked'}."
    low = min(a.low for a in given if a.low is not None)
    open_end = any(a.high is None for a in given)
    high = "no upper end" if open_end else count(max(a.high for a in given if a.high is not None))
    return (
        f"{seen} By {len(given)} methods the whole number lies between {count(low)} and {high}; "
        "no single one of these figures is the answer."
    )


def report(
    overlap: reading.Overlap, answers: Sequence[Estimate], changed: Sequence[Estimate], grouped: Sequence[Estimate]
) -> Report:
    """The whole page."""
    table = overlap.total
    named = {a.method for a in answers}
    assumed = tuple({"method": n, "assumes": text} for n, text in METHOD_ASSUMPTIONS.items() if n in named)
    columns = (Column("method", "Method"), Column("assumes", "Assumes besides"))
    first = Section(
        "All methods, side by side",
        charts=(chart_of(answers, "Estimates by method", table.observed),),
        tables=(table_of(answers, "Estimates by method"),),
    )
    sections = [first, *_further(changed, grouped)]
    sections += [
        Section("What every estimate assumes", ASSUMPTIONS, tables=(Table("", columns, assumed),)),
        Section("What is disputed", DISPUTE),
        Section("The data", tables=(_overlaps(table),)),
    ]
    made = f"fener prevalence estimate, from {overlap.file}"
    return Report("The hidden population", lead_of(answers, table), tuple(sections), SOURCES, made)


def _further(changed: Sequence[Estimate], grouped: Sequence[Estimate]) -> list[Section]:
    """Sensitivity and groups, each only where something was asked."""
    found = []
    for answers, title, text, name in (
        (
            changed,
            "Sensitivity to the lists",
            "What the estimates become without each list, and with two lists taken as one.",
            "Estimates with lists left out or merged",
        ),
        (
            grouped,
            "By group",
            "Each group is modelled by itself: the estimates of the groups do not add up to that of all cases.",
            "Estimates by group",
        ),
    ):
        if answers:
            found.append(
                Section(title, (text,), charts=(chart_of(answers, name, None),), tables=(table_of(answers, name),))
            )
    return found

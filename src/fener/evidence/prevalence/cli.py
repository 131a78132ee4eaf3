"""``fener prevalence``: estimates of the hidden population, and whether a model has one."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from fener.bad_input import BadInput

if TYPE_CHECKING:
    from fener.evidence.prevalence.estimate import Options
    from fener.evidence.prevalence.reading import Overlap


@click.group(epilog="Example: fener prevalence estimate examples/prevalence/korea.csv")
def prevalence() -> None:
    """The hidden population, from lists that overlap."""


@prevalence.command(
    epilog="Example: fener prevalence estimate examples/prevalence/korea.csv --json",
    short_help="Every method's estimate side by side, with intervals, or a refusal.",
)
@click.argument("file", type=click.Path())
@click.option("--method", "methods", multiple=True, help="Only this method (may be given several times).")
@click.option("--order", type=click.IntRange(min=1), help="Most lists that interact, for bic_all and bic_downhill.")
@click.option("--level", type=click.FloatRange(0.5, 0.999), default=0.95, show_default=True, help="Of the intervals.")
@click.option(
    "--resamples", type=click.IntRange(0, 100_000), default=1000, show_default=True, help="0: profile intervals."
)
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Of all that is drawn.")
@click.option("--interval", type=click.Choice(["bca", "profile"]), default="bca", show_default=True, help="Kind.")
@click.option("--threshold", type=click.FloatRange(0, 1), default=0.02, show_default=True, help="Stepwise p-value.")
@click.option("--group", "groups", multiple=True, help="A column that divides the cases (sex, age, ... are known).")
@click.option("--sensitivity", is_flag=True, help="Also without each list, and with each two lists as one.")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines, one a method, instead of a table.")
@click.option("--html", "html", type=click.Path(), help="Also write the page to this file.")
def estimate(
    file: str,
    methods: tuple[str, ...],
    order: int | None,
    level: float,
    resamples: int,
    seed: int,
    interval: str,
    threshold: float,
    groups: tuple[str, ...],
    sensitivity: bool,
    as_json: bool,
    html: str | None,
) -> None:
    """Estimate how many cases there are in all, with those on none of the lists of FILE.

    FILE is CSV: one column a list with 0 and 1, and count; one row a capture history that was observed. Columns sex,
    age, nationality and form divide the cases into groups, which are estimated as well.
    """
    from fener.evidence.prevalence.estimate import METHODS, Options
    from fener.evidence.prevalence.reading import read_overlap

    for name in methods:
        if name not in METHODS:
            raise BadInput(f"--method {name}: is none of {', '.join(METHODS)}")
    overlap = read_overlap(file, groups)
    for name in groups:
        if name not in overlap.groups:
            raise BadInput(f"{file}: row 1, column {name}: --group names it, but it is missing")
    options = Options(level, resamples, seed, order, interval, threshold)
    _say(overlap, options, methods, sensitivity=sensitivity, as_json=as_json, html=html)


def _say(
    overlap: Overlap, options: Options, methods: tuple[str, ...], *, sensitivity: bool, as_json: bool, html: str | None
) -> None:
    """Everything computed, then everything written: a run that fails leaves nothing half-written."""
    from fener.evidence.output.write import atomic, json_lines, page, print_table
    from fener.evidence.prevalence.estimate import METHODS, QUICK, estimate_all
    from fener.evidence.prevalence.page import lead_of, report, table_of
    from fener.evidence.prevalence.sensitivity import by_group, merged_each, without_each

    answers = estimate_all(overlap.total, options, methods or METHODS)
    quick = methods or QUICK
    changed = []
    if sensitivity:
        changed = [*without_each(overlap.total, options, quick), *merged_each(overlap.total, options, quick)]
    grouped = by_group(overlap, options, quick)
    if html:
        with atomic(html) as part:
            part.write_text(page(report(overlap, answers, changed, grouped)), encoding="utf-8")
    if as_json:
        json_lines([a.to_json() for a in (*answers, *changed, *grouped)], sys.stdout)
        return
    click.echo(lead_of(answers, overlap.total))
    for title, found in (("By method", answers), ("Other lists", changed), ("By group", grouped)):
        if found:
            click.echo()
            print_table(table_of(found, title), sys.stdout)


@prevalence.command(
    epilog='Example: fener prevalence exists examples/prevalence/artificial_3.csv --model "[A,B][C]"',
    short_help="0, 1 or 2: is there an estimate of this model, and only one?",
)
@click.argument("file", type=click.Path())
@click.option("--model", "text", required=True, help="Like [A,B][C]: the lists that interact in brackets together.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line with the meaning.")
def exists(file: str, text: str, as_json: bool) -> None:
    """Print 0 (fine), 1 (no extended maximum-likelihood estimate) or 2 (not identifiable) for a model on FILE."""
    from fener.evidence.output.write import json_lines
    from fener.evidence.prevalence.existence import WORDS, code
    from fener.evidence.prevalence.model import ModelError, notation, parse
    from fener.evidence.prevalence.reading import read_overlap

    table = read_overlap(file).total
    try:
        model = parse(text, table.lists)
    except ModelError as error:
        raise BadInput(f"--model: {error}") from error
    answer = code(model, table.counts)
    if as_json:
        json_lines([{"model": notation(model, table.lists), "code": answer, "meaning": WORDS[answer]}], sys.stdout)
        return
    click.echo(str(answer))
    click.echo(WORDS[answer], err=True)

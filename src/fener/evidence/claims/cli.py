"""``fener claims``: contradictions in published figures, and what may be computed of them."""

from __future__ import annotations

import gc
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from fener.evidence.output.report import Report
from fener.evidence.output.write import atomic, json_lines, page, print_table


@click.group(epilog="Example: fener claims check examples/claims/bulgaria.csv")
def claims() -> None:
    """Published figures: contradictions, recomputed rates and changes."""


@contextmanager
def _uncollected() -> Iterator[None]:
    """A million figures that all stay: looking for garbage among them again and again takes longer than the checks."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _write(html: str | None, report: Report) -> None:
    if html:
        with atomic(html) as part:
            part.write_text(page(report), encoding="utf-8")
        click.echo(f"Written: {html}", err=True)


@claims.command(
    epilog="Example: fener claims check examples/claims/bulgaria.csv --html bulgaria.html",
    short_help="Contradictions and traps in published figures.",
)
@click.argument("file", type=click.Path())
@click.option("--json", "as_json", is_flag=True, help="One JSON line a finding instead of a table.")
@click.option("--html", type=click.Path(), help="Also write the findings as a page that can be sent.")
def check(file: str, as_json: bool, html: str | None) -> None:
    """Find what FILE contradicts, within itself or by arithmetic. It asks; it never corrects.

    FILE is a CSV file with one published figure a row. Exit code 0: nothing found; 1: findings; 2: the file cannot be
    used, with the row and column that is wrong.
    """
    from fener.evidence.claims.checks import check as run
    from fener.evidence.claims.pages import findings_report, findings_table
    from fener.evidence.claims.reading import read_claims

    with _uncollected():
        book = read_claims(file)
        found = run(book)
    _write(html, findings_report(book, found))
    if as_json:
        json_lines((one.to_json() for one in found), sys.stdout)
    else:
        print_table(findings_table(book, found), sys.stdout)
    if found:
        raise SystemExit(1)


@claims.command(
    epilog="Example: fener claims derive examples/claims/bulgaria.csv --kind change --inputs bg-2002,bg-2003",
    short_help="Recomputed rates, changes and shares, or why they cannot be.",
)
@click.argument("file", type=click.Path())
@click.option("--json", "as_json", is_flag=True, help="One JSON line a value instead of a table.")
@click.option("--html", type=click.Path(), help="Also write the values as a page that can be sent.")
@click.option("--kind", type=click.Choice(["change", "share", "rate", "ratio", "sum", "difference"]), help="One kind.")
@click.option("--inputs", multiple=True, help="Ids in the order of the formula (from,to; part,whole), by commas.")
@click.option("--acknowledged-by", help="Who answers for figures that overlap or change their meaning.")
def derive(
    file: str, as_json: bool, html: str | None, kind: str | None, inputs: tuple[str, ...], acknowledged_by: str | None
) -> None:
    """Recompute from FILE what its figures allow, each value with its inputs or the reason why it is refused.

    Without more: the share of each part in its whole and base, what the parts leave over, each change between periods
    of one series, and the rates of the catalogue of metrics.
    """
    from fener.evidence.claims.deriving import derive as run
    from fener.evidence.claims.pages import values_report, values_table
    from fener.evidence.claims.reading import read_claims

    with _uncollected():
        book = read_claims(file)
        ids = [name for given in inputs for name in _ids(book.by_id, given)]
        values = run(book, kind=kind, inputs=ids, acknowledged_by=acknowledged_by)
    _write(html, values_report(book, values))
    if as_json:
        json_lines((value.to_json() for value in values), sys.stdout)
    else:
        print_table(values_table(values), sys.stdout)


def _ids(known: Any, given: str) -> list[str]:
    """The ids of one ``--inputs``: as it stands if that is an id, else parted at commas, semicolons and spaces."""
    return [given] if given in known else [name for name in re.split(r"[,;\s]+", given) if name]

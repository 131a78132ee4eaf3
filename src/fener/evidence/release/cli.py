"""``fener publish``: safe tables and microdata from records about persons. Needs no database."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import click

from fener.bad_input import BadInput


@click.command(
    epilog="Example: fener publish examples/publish/cases.csv --spec examples/publish/national.yaml --out release"
)
@click.argument("file", type=click.Path())
@click.option("--spec", "spec_file", required=True, type=click.Path(), help="What to publish, and how (YAML).")
@click.option("--out", required=True, type=click.Path(), help="A new folder for the release.")
@click.option("--json", "as_json", is_flag=True, help="JSON lines instead of text.")
@click.option("--html", "html_file", type=click.Path(), help="Write the release's page here too.")
def publish(file: str, spec_file: str, out: str, as_json: bool, html_file: str | None) -> None:
    """Publish records about persons from FILE (CSV) as tables that endanger nobody.

    The specification chooses the family: national tables (small counts are left out or rounded, and the release is
    attacked together with every earlier one before it goes out) or differential privacy for larger products. Exit
    code 1 and no release where an attack succeeds.
    """
    from fener.evidence.output.write import atomic, json_lines, page
    from fener.evidence.release.publishing import publish as make

    if html_file and Path(html_file).is_dir():
        raise BadInput(f"{html_file}: is a folder; the page needs the name of a file")
    # The page's place is taken before anything is published or charged: neither can be undone.
    with atomic(html_file) if html_file else nullcontext() as part:
        outcome = make(Path(file), Path(spec_file), Path(out))
        if as_json:
            json_lines(_records(outcome, out), sys.stdout)
        else:
            for line in _text(outcome, out):
                click.echo(line)
        if outcome.report is None:
            raise SystemExit(1)
        if part:
            try:
                part.write_text(page(outcome.report), encoding="utf-8")
            except OSError as error:
                why = error.strerror or "cannot be written"
                raise BadInput(f"{html_file}: {why}; the release stands in {out}, with its page") from error


def _records(outcome: Any, out: str) -> list[dict[str, Any]]:
    findings = [
        {
            "finding": f.why,
            "cell": f.cell,
            "low": f.low,
            "high": None if f.high == float("inf") else f.high,
            "width": f.width,
            "releases": list(f.releases),
            "message": f.message,
        }
        for f in outcome.findings
    ]
    summary = {
        "release": outcome.id,
        "family": outcome.family,
        "published": outcome.report is not None,
        "out": out if outcome.report is not None else None,
        "cells": outcome.cells,
        "left_out": outcome.hidden,
        "attacked": outcome.attacked,
        "gap": round(outcome.gap, 3),
        "refused": outcome.refused or None,
    }
    return [*findings, summary]


def _text(outcome: Any, out: str) -> list[str]:
    if outcome.refused:
        return [f"Nothing was published. {outcome.refused}"]
    if outcome.findings:
        return [
            "Nothing was published: the attack on the release succeeds.",
            *dict.fromkeys(f"- {finding.message}" for finding in outcome.findings),
        ]
    lines = [f"{outcome.id} stands in {out}: {outcome.report.lead}"]
    if outcome.family == "national":
        lines.append(
            f"{outcome.hidden} of {outcome.cells} counts are left out; {outcome.attacked} attacks were tried, none"
            " succeeded."
        )
        if outcome.gap:
            lines.append(f"A cheaper pattern may exist (by at most {outcome.gap:.1f} of information lost).")
    return lines

"""``fener norms regime``: the time line of a residence regime."""

from __future__ import annotations

import json

import click

from fener.bad_input import BadInput
from fener.norms.cli import read_facts_file
from fener.norms.facts_input import InputError
from fener.norms.packs import PackError
from fener.norms.regime_facts import read_date
from fener.norms.regimes import GROUNDS, Phase, PhaseCondition, UnknownRegime, timeline


@click.command(
    epilog="Example: fener norms regime BE --start 2026-03-01 --facts examples/norms/residence.yaml",
    short_help="A residence regime's phases: documents, dates, work, conditions.",
)
@click.argument("code")
@click.option("--start", metavar="DATE", help="First day of the regime, written YYYY-MM-DD (needed).")
@click.option("--on", metavar="DATE", help="The day on which you ask; the start if it is left out.")
@click.option("--facts", type=click.Path(), help="YAML or JSON file with what is known of the person.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line a phase instead of a table.")
def regime(code: str, start: str | None, on: str | None, facts: str | None, as_json: bool) -> None:
    """The time line of the residence regime CODE (such as BE, IT-18-social, COE, or a country's code).

    Facts that may be given: birth_date, programme_start, proceedings_end, path_changed_on (dates; the last one also a
    list of them); cooperates, conviction, summons, statement_indispensable (yes, no, unknown), and what a regime's
    conditions read besides. What is absent is unknown. Nobody is decided upon.
    """
    try:
        day = read_date(start, "--start")
        if day is None:
            raise InputError("--start", "must be a date written YYYY-MM-DD")
        asked = read_date(on, "--on")
    except InputError as error:
        raise BadInput(str(error)) from error
    given = read_facts_file(facts) if facts is not None else {}
    try:
        phases = timeline(code, day, given, on=asked)
    except UnknownRegime as error:
        raise BadInput(f"CODE: {error}") from error
    except InputError as error:
        raise BadInput(f"{facts}: {error}") from error
    except PackError as error:
        raise BadInput(str(error)) from error
    if as_json:
        for phase in phases:
            click.echo(json.dumps(phase.to_json(), ensure_ascii=False))
    else:
        click.echo("\n\n".join(as_text(phase) for phase in phases))


def as_text(phase: Phase) -> str:
    """One phase for people: what, from when to when, work, conditions, reasons, critics."""
    work = f"allowed{f' until {phase.work_until}' if phase.work_until else ''}" if phase.work == "allowed" else "none"
    rows = [
        ("Document", phase.document),
        ("From", str(phase.start or "not known")),
        ("Until", str(phase.end or "open or not known")),
        ("Can be extended", {True: "yes", False: "no", None: "unknown"}[phase.extendable]),
        *((("Ground", ", ".join(GROUNDS[g] for g in phase.grounds)),) if phase.grounds else ()),
        ("Work", work),
        ("May be removed", "yes, by this rule" if phase.removable else "no"),
        ("Conditions", phase.available if phase.conditions else "none"),
        *(("", _condition(c)) for c in phase.conditions),
        ("Entitled to", ", ".join(phase.entitlements).replace("_", " ")),
        ("Why", " ".join(step.english() for step in phase.why)),
        ("Rule", f"{phase.rule} {phase.version} ({phase.source})"),
        *(("Falls short", f"{s.text} (so says: {s.by}) {s.generic}".rstrip()) for s in phase.falls_short),
    ]
    title = phase.phase.replace("_", " ").capitalize()
    return "\n".join([title, *(f"  {label:<15}  {value}" for label, value in rows)])


def _condition(condition: PhaseCondition) -> str:
    last = f" Last day: {condition.last_day}." if condition.last_day and condition.met != "impossible" else ""
    since = f" Impossible since {condition.impossible_since}." if condition.impossible_since else ""
    return f"{condition.met}: {condition.text}{last}{since}"

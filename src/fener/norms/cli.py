"""``fener norms``: ask the packs. Needs no database and no Django."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from fener.bad_input import BadInput
from fener.lazy_group import LazyGroup
from fener.norms.facts_input import InputError
from fener.norms.packs import PackError, read_yaml

COMMANDS = {
    "regime": ("fener.norms.cli_regime:regime", "The time line of a residence regime."),
}


@click.group(cls=LazyGroup, lazy=COMMANDS, epilog="Example: fener norms qualify examples/norms/workshop.yaml")
def norms() -> None:
    """Ask the rules: definitions, residence regimes."""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    seen: dict[str, Any] = {}
    for key, value in pairs:
        if key in seen:
            raise ValueError(f"key {key!r} occurs twice")
        seen[key] = value
    return seen


def read_facts_file(file: str) -> Any:
    """Parse a facts file (YAML, or JSON by its ending). Raises BadInput with file, place and reason."""
    path = Path(file)
    try:
        if path.suffix.lower() != ".json":
            return read_yaml(path)
        return json.loads(path.read_text(encoding="utf-8-sig"), object_pairs_hook=_unique)
    except PackError as error:
        raise BadInput(f"{file}: {error.path or '(top)'}: {error.reason}") from error
    except OSError as error:
        raise BadInput(f"{file}: {error.strerror or 'cannot be read'}") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"{file}: is not UTF-8 (byte {error.start})") from error
    except json.JSONDecodeError as error:
        raise BadInput(f"{file}: line {error.lineno}, column {error.colno}: {error.msg}") from error
    except (ValueError, RecursionError) as error:
        raise BadInput(f"{file}: {error}") from error


@norms.command(
    epilog="Example: fener norms qualify examples/norms/workshop.yaml --json",
    short_help="Facts in; elements, qualification, alternatives, entitlement and reasons out.",
)
@click.argument("file", type=click.Path())
@click.option("--json", "as_json", is_flag=True, help="One JSON line instead of text.")
def qualify(file: str, as_json: bool) -> None:
    """Apply the definition of trafficking, the forced-labour and the debt-bondage test to FILE.

    FILE is YAML or JSON. Everything may be absent, which means unknown. The answer suggests and explains; it decides
    nobody's status.
    """
    from fener.norms.qualify import qualify as apply

    raw = read_facts_file(file)
    try:
        result = apply({} if raw is None else raw).to_json()
    except InputError as error:
        raise BadInput(f"{file}: {error}") from error
    except PackError as error:
        raise BadInput(str(error)) from error
    click.echo(json.dumps(result, ensure_ascii=False) if as_json else as_text(result))


def as_text(result: dict[str, Any]) -> str:
    """The answer for people: a small table, then the reasons with their rules and sources."""
    elements = result["elements"]
    child = {True: "yes", False: "no"}.get(result["child"], "presumed, until the age is decided")
    rows = [
        ("Qualification", result["qualification"].replace("_", " ")),
        *((name.capitalize(), finding.replace("_", " ")) for name, finding in elements.items()),
        ("Child", child),
        ("Consent relevant", "yes" if result["consent_relevant"] else "no"),
        ("Forced labour", result["forced_labour"].replace("_", " ")),
        ("Debt bondage", result["debt_bondage"].replace("_", " ")),
        ("Also to be considered", ", ".join(result["alternatives"]).replace("_", " ") or "nothing so far"),
        ("Protection is due", "yes" if result["entitled_to_protection"] else "nothing shows it so far"),
    ]
    width = max(len(label) for label, _ in rows)
    lines = [f"{label:<{width}}  {value}" for label, value in rows]
    lines += ["", "Why"]
    for reason in result["reasons"]:
        lines += [f"- {reason['text']}", f"    {reason['rule']} {reason['version']} ({reason['source']})"]
    return "\n".join(lines)

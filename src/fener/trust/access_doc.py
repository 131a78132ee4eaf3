"""Renders the policy table as a page: docs/access.md. A test fails when the page is older than the table.

python -m fener.trust.access_doc docs/access.md
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fener.trust.policy import Row

MARKS = {
    "assigned": "A",
    "same_organisation": "O",
    "referred_to": "R",
    "offered": "F",
    "node": "N",
    "guardian": "G",
    "own": "S",
    "custodian": "C",
    "none": "!",
}

INTRODUCTION = """# Who may do what

This page is generated from the policy tables of the rooms (`policies.py`); do not edit it. What it does not name is
refused. Rows only ever add. A refused read looks like an absent thing.

A row allows an act to a role that stands in a relationship to the subject. For a sealed compartment the row is the
first of three fences: a key granted on a living consent, and an unlocked session, are the others. The matrix shows
every role × act × relationship; compartments stand beside the act.

Relationships: **A** assigned, **O** same organisation, **R** referred to with consent, **F** offered and not answered,
**N** the mechanism as a whole, **G** guardian, **S** one's own, **C** custodian of the
organisation, **!** none. A dot is a refusal. Where a note says so, the role allows nothing before an administration
session runs.
"""


def render() -> str:
    """The page as Markdown. Needs the settings (the list of rooms), no database."""
    from fener.trust.policy import rows_by_room

    parts = [INTRODUCTION]
    for room, rows in rows_by_room().items():
        name = room.rsplit(".", 1)[-1]
        parts.append(
            f"## {name.capitalize()}\n\n{_rows_table(rows)}\n\n### {name.capitalize()}: the matrix\n\n{_matrix(rows)}\n"
        )
    return "\n".join(parts)


def _rows_table(rows: Iterable[Row]) -> str:
    lines = [
        "| act | roles | relationships | compartments | purposes | note |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for row in rows:
        lines.append(
            f"| `{row.act}` | {_roles(row.roles)} | {_codes(row.relationships)} | {_codes(row.compartments, none='')} "
            f"| {_codes(row.purposes, none='any')} | {_note(row)} |"
        )
    return "\n".join(lines)


def _roles(roles: Iterable[str]) -> str:
    from fener.trust.roles import Role

    return "every role" if set(roles) == set(Role) else _codes(roles)


def _codes(values: Iterable[str] | None, none: str = "") -> str:
    return none if values is None else ", ".join(sorted(str(v) for v in values))


def _note(row: Row) -> str:
    note = str(row.note).replace("|", "/")
    more = [("also a background job", row.job), ("in an administration session", row.elevated)]
    said = "; ".join(words for words, so in more if so)
    return f"{note} ({said})".strip() if said else note


def _matrix(rows: Iterable[Row]) -> str:
    from fener.trust.policy import expand
    from fener.trust.roles import Role

    cells: dict[tuple[str, str, str], str] = {}
    for cell in expand(only={row.act for row in rows}):
        if cell.allowed:
            key = (cell.act, cell.compartment or "", cell.role)
            mark = MARKS[cell.relationship]
            cells[key] = cells.get(key, "") + (mark if mark not in cells.get(key, "") else "")
    lines = ["| act | compartment | " + " | ".join(role.value.replace("_", " ") for role in Role) + " |"]
    lines.append("| --- | --- |" + " --- |" * len(Role))
    for act, compartment in sorted({(act, compartment) for act, compartment, _ in cells}):
        marks = " | ".join(cells.get((act, compartment, role), "·") for role in Role)
        lines.append(f"| `{act}` | {compartment} | {marks} |")
    return "\n".join(lines)


def main(argv: list[str]) -> int:
    """Write the page to the file that is named."""
    if len(argv) != 1:
        sys.stderr.write("Name the file to write: python -m fener.trust.access_doc docs/access.md\n")
        return 2
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fener.settings")
    django.setup()
    Path(argv[0]).write_text(render(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

"""The second statement of who may what: ``expected.csv``. Trust's lines were written by hand; those of the other rooms
begin as a draft and are reviewed. What the design says of each role stands apart, in test_policy_table.py.

A line allows: act, roles, relationships and compartments (names apart by blanks; no compartment = the act is about
none). The role ``job`` is a background job. What no line allows is refused. This file reads it with nothing of the
product, so that one mistake cannot stand in both.

    python -m tests.access.oracle     prints lines for acts that the table has and expected.csv has not: review them
"""

from __future__ import annotations

import csv
from itertools import product
from pathlib import Path

FILE = Path(__file__).with_name("expected.csv")
Allowed = set[tuple[str, str, str, str]]


def allowed(file: Path = FILE) -> Allowed:
    """(act, role, relationship, compartment or "") of everything that is allowed."""
    found: Allowed = set()
    with file.open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            cells = [line["roles"].split(), line["relationships"].split() or [""], line["compartments"].split() or [""]]
            found |= {(line["act"], *cell) for cell in product(*cells)}  # type: ignore[misc]
    return found


def draft() -> str:
    """CSV lines for acts that are missing here, as the product has them now. Only a start for somebody who reviews."""
    from fener.trust.policy import rows

    known = {act for act, *_ in allowed()}
    lines = []
    for row in rows():
        if row.act in known:
            continue
        if row.job:
            lines.append(f"{row.act},job,,")
        if row.roles:
            cells = [sorted(row.roles), sorted(row.relationships), sorted(row.compartments or [])]
            lines.append(",".join([row.act, *(" ".join(cell) for cell in cells)]))
    return "\n".join(lines)


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fener.settings.test")
    django.setup()
    print(draft())

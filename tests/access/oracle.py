"""The second statement of who may what: ``expected.csv`` and ``expected/<chapter>.csv``. Trust's lines were written by
hand; those of the other rooms begin as a draft and are reviewed. What the design says of each role stands apart, in
test_policy_table.py.

A line allows: act, roles, relationships and compartments (names apart by blanks; no compartment = the act is about
none). The role ``job`` is a background job. What no line allows is refused. This file reads it with nothing of the
product, so that one mistake cannot stand in both.

    python -m tests.access.oracle     prints lines for acts that the table has and expected.csv has not: review them
"""

from __future__ import annotations

import csv
from itertools import product
from pathlib import Path

# Lines of the chapters of a case stand in files of their own, so that chapters do not meet in one file.
FILES = (Path(__file__).with_name("expected.csv"), *sorted(Path(__file__).with_name("expected").glob("*.csv")))
Allowed = set[tuple[str, str, str, str]]


def lines() -> list[dict[str, str]]:
    """Every line, of every file."""
    found: list[dict[str, str]] = []
    for file in FILES:
        with file.open(encoding="utf-8", newline="") as opened:
            found += csv.DictReader(opened)
    return found


def allowed() -> Allowed:
    """(act, role, relationship, compartment or "") of everything that is allowed."""
    found: Allowed = set()
    for line in lines():
        cells = [line["roles"].split(), line["relationships"].split() or [""], line["compartments"].split() or [""]]
        found |= {(line["act"], *cell) for cell in product(*cells)}  # type: ignore[misc]
    return found


def draft() -> str:
    """CSV lines for acts that are missing here, as the product has them now. Only a start for somebody who reviews."""
    from fener.trust.policy import rows

    known = {act for act, *_ in allowed()}
    drafted = []
    for row in rows():
        if row.act in known:
            continue
        if row.job:
            drafted.append(f"{row.act},job,,")
        if row.roles:
            cells = [sorted(row.roles), sorted(row.relationships), sorted(row.compartments or [])]
            drafted.append(",".join([row.act, *(" ".join(cell) for cell in cells)]))
    return "\n".join(drafted)


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fener.settings.test")
    django.setup()
    print(draft())

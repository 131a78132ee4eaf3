"""Who signs in: read from the node's file, without a database."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any


def chosen(home: Path, count: int, mix: tuple[str, ...]) -> list[dict[str, Any]]:
    """``count`` people in the ``mix`` of roles, of as many bodies as possible. Where a role has too few, its people
    sign in a second time, from another browser.
    """
    by_role: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for each in json.loads((home / "bench-accounts.json").read_text(encoding="utf-8")):
        by_role[each["role"]].append(each)
    for people in by_role.values():  # the first of each body, then the second of each
        seen: dict[int, int] = defaultdict(int)
        turns = []
        for each in people:
            turns.append((seen[each["body"]], each["body"]))
            seen[each["body"]] += 1
        order = sorted(range(len(people)), key=lambda place: turns[place])
        people[:] = [people[place] for place in order]
    taken: dict[str, int] = defaultdict(int)
    found = []
    for number in range(count):
        role = mix[number % len(mix)]
        found.append(by_role[role][taken[role] % len(by_role[role])])
        taken[role] += 1
    return found

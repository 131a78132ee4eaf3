"""Nothing is a condition for help: no rule on status, service or admission reads co-operation with authorities.

Checked when packs are loaded: a pack of these kinds whose machine-read keys or values name co-operation, testimony,
value as a source, an entry in a database or a stamp in a passport is refused. Residence regimes may name
co-operation: there the law does, and it is shown, never carried over to help.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from fener.norms.packs import PackError, Packs, cross_check

KINDS = ("definition", "concepts", "status_ladder", "screening_set", "services")
WORDS_FOR_PEOPLE = frozenset({"text", "label", "meaning", "title", "note", "source", "sources", "help", "hint", "why"})
FORBIDDEN = re.compile(
    r"co_?operat|testif|testimon|gives?_statement|informant|source_value|value_as_source|database|passport_stamp"
)
CODE = re.compile(r"[a-z0-9_/.:-]+")


def _read_by_machine(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """Keys and code-like values with their paths; sentences for people are left out."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in WORDS_FOR_PEOPLE:
                continue
            yield f"{path}/{key}", str(key)
            yield from _read_by_machine(inner, f"{path}/{key}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _read_by_machine(inner, f"{path}/{index}")
    elif isinstance(value, str) and CODE.fullmatch(value):
        yield path, value


@cross_check
def check_independence(packs: Packs) -> None:
    """Refuse a rule on status, service or admission that reads co-operation."""
    for kind in KINDS:
        for pack in packs.of_kind(kind).values():
            for path, code in _read_by_machine(pack.data, "data"):
                if FORBIDDEN.search(code.replace("-", "_").casefold()):
                    raise PackError(pack.file, path, f"{code!r}: help and status never depend on co-operation")

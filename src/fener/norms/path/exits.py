"""Exits of the path: what is kept, what ends, and the words that say so (``packs/path/exits.yaml``)."""

from __future__ import annotations

from dataclasses import dataclass

from fener.norms.packs import PackError, Packs, Source, cross_check, load_packs
from fener.norms.vocab import vocabulary


@dataclass(frozen=True)
class Exit:
    """One exit: ``keeps`` and ``ends`` are codes, ``text`` is a msgid that says it to the reader."""

    code: str
    text: str
    keeps: frozenset[str]
    ends: frozenset[str]
    source: Source


def exits(packs: Packs | None = None) -> dict[str, Exit]:
    """All exits by code (list ``path_exit``)."""
    return {
        raw["exit"]: Exit(
            raw["exit"], raw["text"], frozenset(raw["keeps"]), frozenset(raw.get("ends", ())), Source.of(raw["source"])
        )
        for raw in (packs or load_packs()).get("path_exits", "path_exits").data["exits"]
    }


@cross_check
def check_exits(packs: Packs) -> None:
    """Every exit of the list has its line once; the file is always kept, and nothing is both kept and ended."""
    for pack in packs.of_kind("path_exits").values():
        named = [raw["exit"] for raw in pack.data["exits"]]
        if set(named) != set(vocabulary("path_exit", packs).codes()) or len(named) != len(set(named)):
            raise PackError(pack.file, "data/exits", "has to name every exit once")
        for raw in pack.data["exits"]:
            where = f"data/exits/{raw['exit']}"
            if "file" not in raw["keeps"]:
                raise PackError(pack.file, where, "a file is erased by its period alone")
            if set(raw["keeps"]) & set(raw.get("ends", ())):
                raise PackError(pack.file, where, "something is both kept and ended")

"""Which English words of the packs appear on a screen? What the translators' catalogue is made from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fener.norms.packs import Pack, Packs, load_packs

SHOWN = frozenset(
    {
        "label",
        "text",
        "help",
        "title",
        "name",
        "term",
        "intimate",
        "intro",
        "for",
        "sentence",
        "plain",
        "if_refused",
        "told_with_interpreter",
        "told_without_interpreter",
        "guardian_line",
        "withdrawal",
        "no_effect",
        "disclaimer",
        "reason",
        "why",
        "next",
        "refuses",
        "meaning",
        "document",
        "starts",
        "generic",
        "kosovo_status",
    }
)
HIDDEN_PARTS = frozenset({"htcds", "source", "sources", "aliases", "maps_to", "imports", "target"})
HIDDEN_KINDS = frozenset({"sources", "htcds_mapping", "forbidden_grounds", "intimate_details", "metrics"})
CODES = frozenset({"adult", "child"})


@dataclass(frozen=True)
class Message:
    """One msgid and where it stands: kind and id of the pack, and the path inside it."""

    text: str
    pack: str
    path: str


def messages(packs: Packs | None = None) -> Iterator[Message]:
    """Every string of the packs that a screen shows, in a stable order; repeated ones are given again."""
    for pack in (packs or load_packs()).all():
        if pack.kind not in HIDDEN_KINDS:
            yield Message(pack.title, f"{pack.kind}/{pack.id}", "title")
            yield from _inside(pack, pack.data, "data")


def _inside(pack: Pack, value: Any, path: str) -> Iterator[Message]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in HIDDEN_PARTS:
                continue
            here = f"{path}/{key}"
            if isinstance(inner, str) and (key in SHOWN or path.endswith("/footnotes")) and inner not in CODES:
                yield Message(inner, f"{pack.kind}/{pack.id}", here)
            else:
                yield from _inside(pack, inner, here)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _inside(pack, inner, f"{path}/{index}")

"""Reasons: which rule, in which version, from which source, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fener.norms.packs import Pack, Source


@dataclass(frozen=True)
class Reason:
    """One step of an answer. ``template`` and ``params`` let a page say ``text`` in another language."""

    rule: str
    version: str
    source: str
    text: str
    template: str = ""
    params: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, str]:
        """The four keys of the contract."""
        return {"rule": self.rule, "version": self.version, "source": self.source, "text": self.text}


def explain(pack: Pack, key: str, **params: str) -> Reason:
    """The reason ``key`` of a pack, cited: its own source, or else the pack's first one.

    ``params`` fill the placeholders of the text. Raises KeyError where the pack has no such reason.
    """
    entry = pack.data["reasons"][key]
    source = Source.of(entry["source"]) if "source" in entry else pack.sources[0]
    return Reason(
        rule=f"{pack.id}.{key}",
        version=pack.version,
        source=str(source),
        text=entry["text"].format(**params),
        template=entry["text"],
        params=params,
    )

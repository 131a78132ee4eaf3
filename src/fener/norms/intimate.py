"""No field asks for intimate detail that neither court nor service needs (rule DA-04); a pack that does is refused."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from fener.norms.packs import Pack, PackError, Packs, cross_check

NEEDS = frozenset({"help", "safety", "identification", "court", "statistics"})
# Figures alone are nobody's need: what only they want is voluntary and shown in totals.
REAL_NEEDS = frozenset({"help", "safety", "identification", "court"})


@cross_check
def check_intimate(packs: Packs) -> None:
    """Every field and question of every pack, against every list of intimate details. Raises PackError."""
    for listed in packs.of_kind("intimate_details").values():
        never = set(listed.data["never"]["codes"])
        words, touchy = _pattern(listed.data["never"]["words"]), _pattern(listed.data["with_reason"]["words"])
        for pack, where, raw in _asked(packs):
            said = _said(raw)
            code = str(raw.get("code", raw.get("id", "")))
            if code.replace("-", "_") in never or words.search(said):
                raise PackError(pack.file, where, f"asks for {code!r}: {listed.data['reason']}")
            if "needed_for" not in raw:
                continue  # a question of a screening: its sign is its need (checked by the screening packs)
            if touchy.search(said) and not raw.get("intimate"):
                raise PackError(pack.file, where, f"{code!r} is intimate: say under 'intimate' who needs it for what")
            if not REAL_NEEDS & set(raw["needed_for"]):
                raise PackError(pack.file, where, f"{code!r}: {listed.data['reason']}")


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(r"\b(" + "|".join(map(re.escape, words)) + r")\b", re.IGNORECASE)


def _said(raw: Mapping[str, Any]) -> str:
    asked = " ".join(str(raw.get(key, "")) for key in ("code", "id", "label", "text", "help"))
    return asked.replace("-", " ").replace("_", " ")


def _asked(packs: Packs) -> Iterable[tuple[Pack, str, Mapping[str, Any]]]:
    for pack in packs.of_kind("facts").values():
        yield from _each(pack, "data/fields", pack.data["fields"])
    for pack in packs.of_kind("compartments").values():
        for block in pack.data["compartments"]:
            yield from _each(pack, f"data/compartments/{block['code']}", block["fields"])
    for kind in ("screening_questions", "screening_set"):
        for pack in packs.of_kind(kind).values():
            asked = [raw for raw in pack.data.get("questions", []) if isinstance(raw, dict)]
            yield from _each(pack, "data/questions", asked)


def _each(pack: Pack, path: str, raws: Sequence[Mapping[str, Any]]) -> Iterable[tuple[Pack, str, Mapping[str, Any]]]:
    for raw in raws:
        yield pack, f"{path}/{raw.get('code', raw.get('id', ''))}", raw

"""Which words may be used, and what are they called elsewhere? Code lists with their mapping to HTCDS 2.0.

A code of the standard is canonical: the code *is* the standard's value name. A local code says which code of the
standard it is written as (``maps_to``). An overlay file (``extends: exploitation``) adds codes to a list, so that a
node can name something new without a new release of the program.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache, cached_property
from typing import Any

from fener.norms.packs import Pack, PackError, Packs, Source, cross_check, load_packs


@dataclass(frozen=True)
class Entry:
    """One code: what it is called here, and as what the standard knows it (empty: the standard has nothing for it).

    ``group`` is shared by codes that a rule treats alike (``forced`` returns, ``accounted`` outcomes); empty: none.
    """

    code: str
    label: str
    htcds_name: str | None
    htcds_label: str | None
    local: bool
    aliases: tuple[str, ...] = ()
    footnote: str | None = None
    deprecated: bool = False
    source: Source | None = None
    group: str = ""


@dataclass(frozen=True)
class Vocabulary:
    """A list of codes with its overlays merged in, in the order of the files."""

    id: str
    version: str
    title: str
    entries: tuple[Entry, ...]

    @cached_property
    def _by_code(self) -> Mapping[str, Entry]:
        return {entry.code: entry for entry in self.entries}

    @cached_property
    def _by_word(self) -> Mapping[str, str]:
        """Every accepted spelling, folded, to its code. A canonical spelling wins over an alias of another code."""
        words: dict[str, str] = {}
        for names in (_own_names, _standard_names, _other_names):
            for entry in self.entries:
                for name in names(entry):
                    words.setdefault(_fold(name), entry.code)
        return words

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def entry(self, code: str) -> Entry:
        """The entry of a code. Raises ValueError for an unknown code."""
        try:
            return self._by_code[code]
        except KeyError:
            raise ValueError(f"{code!r} is not a code of the list {self.id!r}") from None

    def codes(self, *, deprecated: bool = True) -> tuple[str, ...]:
        """All codes in order; without the deprecated ones when a form asks for what may still be chosen."""
        return tuple(entry.code for entry in self.entries if deprecated or not entry.deprecated)

    def choices(self) -> tuple[tuple[str, str], ...]:
        """Pairs of code and label for a form."""
        return tuple((entry.code, entry.label) for entry in self.entries if not entry.deprecated)

    def label(self, code: str) -> str:
        """The English label (the msgid of its translation). Raises ValueError for an unknown code."""
        return self.entry(code).label

    def group(self, code: str) -> str:
        """The group of a code, empty where it has none. Raises ValueError for an unknown code."""
        return self.entry(code).group

    def in_group(self, *groups: str) -> frozenset[str]:
        """All codes of these groups. Raises ValueError for a group that no code has, so that a typo is noticed."""
        strange = sorted(set(groups) - {entry.group for entry in self.entries})
        if strange:
            raise ValueError(f"no code of the list {self.id!r} is in the group {strange[0]!r}")
        return frozenset(entry.code for entry in self.entries if entry.group in groups)

    def htcds(self, code: str) -> str | None:
        """The value name of HTCDS 2.0; None where the standard has none. Raises ValueError for an unknown code."""
        return self.entry(code).htcds_name

    def from_htcds(self, value: str) -> str:
        """The code for a value name, a label or an alias, whatever its case and spaces.

        Raises ValueError, naming the value, when nothing in the list is called that.
        """
        try:
            return self._by_word[_fold(value)]
        except KeyError:
            raise ValueError(f"{value.strip()!r} is not in the list {self.id!r}") from None

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def _own_names(entry: Entry) -> Iterable[str]:
    return (entry.code,)


def _standard_names(entry: Entry) -> Iterable[str]:
    return () if entry.local else tuple(n for n in (entry.htcds_name, entry.htcds_label) if n)


def _other_names(entry: Entry) -> Iterable[str]:
    return (entry.label, *entry.aliases)


def _fold(value: str) -> str:
    """Ignore case, spaces, underscores and hyphens: forms are typed by hand, and IOM's own lists end in spaces."""
    return re.sub(r"[\s_\-\u00a0]+", "", value).replace("\u2019", "'").casefold()


def _raw_entries(pack_id: str, packs: Packs) -> list[tuple[Pack, Mapping[str, Any]]]:
    base = packs.get("vocabulary", pack_id)
    overlays = [p for p in packs.of_kind("vocabulary").values() if p.data.get("extends") == pack_id]
    return [(pack, raw) for pack in (base, *overlays) for raw in pack.data["entries"]]


def _entry(raw: Mapping[str, Any], by_code: Mapping[str, Mapping[str, Any]]) -> Entry:
    local = "htcds" not in raw
    standard = by_code[raw["maps_to"]]["htcds"] if raw.get("maps_to") else raw.get("htcds")
    return Entry(
        code=raw["code"],
        label=raw["label"],
        htcds_name=standard["name"] if standard else None,
        htcds_label=standard["label"] if standard else None,
        local=local,
        aliases=tuple(raw.get("aliases", ())),
        footnote=raw.get("footnote"),
        deprecated=raw.get("deprecated", False),
        source=Source.of(raw["source"]) if "source" in raw else None,
        group=raw.get("group", ""),
    )


def _build(pack_id: str, packs: Packs) -> Vocabulary:
    raws = _raw_entries(pack_id, packs)
    by_code = {raw["code"]: raw for _, raw in raws}
    base = packs.get("vocabulary", pack_id)
    overlays = sorted({f"{pack.id}@{pack.version}" for pack, _ in raws if pack.id != pack_id})
    return Vocabulary(
        id=pack_id,
        version="+".join([base.version, *overlays]),
        title=base.title,
        entries=tuple(_entry(raw, by_code) for _, raw in raws),
    )


@cache
def _shipped(pack_id: str) -> Vocabulary:
    return _build(pack_id, load_packs())


def vocabulary(pack_id: str, packs: Packs | None = None) -> Vocabulary:
    """The list of that id with its overlays. Raises KeyError when there is none."""
    return _shipped(pack_id) if packs is None else _build(pack_id, packs)


def footnote(key: str, packs: Packs | None = None) -> str:
    """The text of a footnote that an entry names. Raises KeyError when no list holds it."""
    for pack in (packs or load_packs()).of_kind("vocabulary").values():
        if key in pack.data.get("footnotes", {}):
            return str(pack.data["footnotes"][key])
    raise KeyError(f"no footnote {key!r}")


@cross_check
def check_vocabularies(packs: Packs) -> None:
    """No code twice, every mapping points at a code of the standard, every overlay and footnote at something there."""
    lists = packs.of_kind("vocabulary")
    for pack in lists.values():
        base = pack.data.get("extends")
        if base is not None and (base not in lists or "extends" in lists[base].data):
            raise PackError(pack.file, "data/extends", f"{base!r} is not a vocabulary that can be extended")
    for pack_id, pack in lists.items():
        if "extends" not in pack.data:
            _check_list(pack_id, packs)


def _check_list(pack_id: str, packs: Packs) -> None:
    raws = _raw_entries(pack_id, packs)
    standard = {raw["code"] for _, raw in raws if raw.get("htcds")}
    notes = {key for pack in packs.of_kind("vocabulary").values() for key in pack.data.get("footnotes", {})}
    seen: dict[str, str] = {}
    for pack, raw in raws:
        code = raw["code"]
        if _fold(code) in seen:
            raise PackError(pack.file, "data/entries", f"code {code!r} is also in {seen[_fold(code)]}")
        seen[_fold(code)] = pack.file
        if raw.get("maps_to") and raw["maps_to"] not in standard:
            raise PackError(
                pack.file, f"data/entries/{code}/maps_to", f"{raw['maps_to']!r} is not a code of the standard"
            )
        if raw.get("footnote") and raw["footnote"] not in notes:
            raise PackError(pack.file, f"data/entries/{code}/footnote", f"no footnote {raw['footnote']!r}")

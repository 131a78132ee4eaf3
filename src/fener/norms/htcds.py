"""Where does each field of the Human Trafficking Case Data Standard stand here? The map for import and export."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from fener.norms.fields import Field, compartment_fields, facts_fields
from fener.norms.packs import PackError, Packs, cross_check, load_packs


@dataclass(frozen=True)
class Column:
    """One field of the standard. ``area`` is facts, compartment, case, referral, organisation, consent or plan."""

    name: str
    label: str
    area: str
    code: str
    type: str
    compartment: str = ""
    vocabulary: str = ""
    multi: bool = False
    workbook: bool = False
    aliases: tuple[str, ...] = ()
    imports: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class HtcdsMapping:
    """All columns, those of IOM's workbook first and in its order."""

    version: str
    columns: tuple[Column, ...]
    not_stored: Mapping[str, str]
    separators: tuple[str, ...]

    def workbook_columns(self) -> tuple[Column, ...]:
        """The columns of IOM's workbook, in its order."""
        return tuple(column for column in self.columns if column.workbook)

    def find(self, header: str) -> Column | None:
        """The column that a header names, by name, label or known misspelling; None for a foreign one.

        Labels that two fields share (Type, Country, City...) name none: only the name with its prefix tells them apart.
        """
        return self._by_header.get(_fold(header))

    @cached_property
    def _by_header(self) -> Mapping[str, Column]:
        """Columns by every header that names them: a workbook of 20,000 rows asks for each of its cells."""
        labelled: dict[str, list[Column]] = {}
        for column in self.columns:
            labelled.setdefault(_fold(column.label), []).append(column)
        named: dict[str, Column] = {}
        for label, columns in labelled.items():
            found = [column for column in columns if column.workbook] or columns
            if len(found) == 1:
                named[label] = found[0]
        for column in reversed(self.columns):  # a name wins over a label, and of two names the first
            named.update(dict.fromkeys((_fold(column.name), *map(_fold, column.aliases)), column))
        return named


def _fold(header: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", header.casefold())


def htcds_mapping(packs: Packs | None = None) -> HtcdsMapping:
    """The mapping of the packs (the shipped ones by default)."""
    return _shipped() if packs is None else _build(packs)


@lru_cache(maxsize=1)
def _shipped() -> HtcdsMapping:
    return _build(load_packs())


def _build(packs: Packs) -> HtcdsMapping:
    pack = packs.get("htcds_mapping", "htcds-2.0")
    return HtcdsMapping(
        version=pack.version,
        columns=tuple(
            Column(
                name=raw["name"],
                label=raw["label"],
                workbook=raw.get("workbook", False),
                aliases=tuple(raw.get("aliases", ())),
                **raw["target"],
            )
            for raw in pack.data["columns"]
        ),
        not_stored={raw["name"]: raw["reason"] for raw in pack.data["not_stored"]},
        separators=tuple(pack.data["separators"]),
    )


@cross_check
def check_htcds_mapping(packs: Packs) -> None:
    """Fields and mapping say the same from both sides, and no column of the standard reaches health data."""
    if "htcds-2.0" not in packs.of_kind("htcds_mapping"):
        return
    file = packs.get("htcds_mapping", "htcds-2.0").file
    mapping = htcds_mapping(packs)
    declared = {f.htcds: f for f in (*facts_fields(packs), *compartment_fields(None, packs)) if f.htcds}
    names = [column.name for column in mapping.columns]
    for column in mapping.columns:
        where = f"data/columns/{column.name}"
        if names.count(column.name) > 1 or column.name in mapping.not_stored:
            raise PackError(file, where, "occurs twice")
        if column.vocabulary and column.vocabulary not in packs.of_kind("vocabulary"):
            raise PackError(file, where, f"there is no vocabulary {column.vocabulary!r}")
        if column.compartment == "health":
            raise PackError(file, where, "health data leaves in no export")
        if column.area in ("facts", "compartment"):
            _check_same(file, where, column, declared.get(column.name))
    for name in declared.keys() - set(names):
        raise PackError(file, "data/columns", f"{name} has a field but no column")


def _check_same(file: str, where: str, column: Column, spec: Field | None) -> None:
    if spec is None or (spec.compartment, spec.code) != (column.compartment, column.code):
        raise PackError(file, where, f"the field {column.code!r} does not name this column")
    if (spec.type, spec.vocabulary) != (column.type, column.vocabulary) or column.multi != (spec.type == "multi"):
        raise PackError(file, where, f"the field {column.code!r} is of another type")

"""The second sheet: what the standard has no column for, so that a file that Fener wrote comes back as it was.

One row a case, tied by the number in column A. Its columns are HTCDS names that IOM's workbook lacks, ``fener_fact_<code>``,
``fener_sealed_<compartment>_<code>``, and ``fener_keep_*`` for the consent to keep.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from fener.casework.htcds.values import BadValue, parse
from fener.norms.fields import Field, compartment_fields, facts_fields
from fener.norms.htcds import htcds_mapping
from fener.norms.vocab import vocabulary
from fener.trust.compartments import EXPORTABLE_COMPARTMENTS, Compartment

if TYPE_CHECKING:
    from fener.casework.htcds.importer import Draft

SHEET = "Fener"
FACT, SEALED, KEEP = "fener_fact_", "fener_sealed_", "fener_keep_"


@dataclass(frozen=True)
class Keep:
    """How the consent to keep was given, where the file says so."""

    guardian: bool = False
    until: date | None = None
    language: str = ""
    interpreter: str = ""
    spoken: str = ""
    status: str = ""


def fact_fields() -> list[Field]:
    """Facts that go to the second sheet: those without a column of IOM's workbook, and those with local codes."""
    in_workbook = {c.code for c in htcds_mapping().workbook_columns() if c.area == "facts"}
    local = {
        spec.code
        for spec in facts_fields()
        if spec.vocabulary and any(entry.local for entry in vocabulary(spec.vocabulary).entries)
    }
    return [s for s in facts_fields() if not s.aggregate_only and (s.code not in in_workbook or s.code in local)]


def sealed_fields() -> list[tuple[Compartment, Field]]:
    """Sealed fields that go to the second sheet. Health is in no export (rule HE-02)."""
    in_workbook = {(c.compartment, c.code) for c in htcds_mapping().workbook_columns()}
    return [
        (part, spec)
        for part in Compartment
        if part in EXPORTABLE_COMPARTMENTS
        for spec in compartment_fields(part.value)
        if (part.value, spec.code) not in in_workbook
    ]


def written(value: Any) -> str:
    """A value as the second sheet holds it: codes joined by ``;``, dates ISO, yes and no."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ";".join(map(str, value))
    return str(value)


def _read(spec: Field, raw: str) -> Any:
    """The inverse of ``written``: codes are taken as they are, local ones too."""
    match spec.type:
        case "multi":
            return [part for part in raw.split(";") if part]
        case "date":
            return date.fromisoformat(raw)
        case "integer":
            return int(raw)
        case "number":
            return float(raw)
        case "boolean":
            return raw == "yes"
        case _:
            return raw


def apply(draft: Draft, values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Add a row of the second sheet to a draft; yields (column, problem) for what cannot be read."""
    facts = {spec.code: spec for spec in facts_fields()}
    sealed = {(part.value, spec.code): spec for part, spec in sealed_fields()}
    official = {column.name: column for column in htcds_mapping().columns}
    keep: dict[str, Any] = {}
    for name, raw in values.items():
        try:
            if name.startswith(FACT):
                spec = facts[name.removeprefix(FACT)]
                draft.facts[spec.code] = _read(spec, raw)
            elif name.startswith(SEALED):
                part, _, code = name.removeprefix(SEALED).partition("_")
                draft.sealed.setdefault(Compartment(part), {})[code] = _read(sealed[part, code], raw)
            elif name.startswith(KEEP):
                keep[name.removeprefix(KEEP)] = raw
            elif name in official and not official[name].workbook:
                draft.place(official[name], parse(official[name], raw, htcds_mapping().separators))
            else:
                yield name, "There is no such column; its value is not imported."
        except (BadValue, KeyError, ValueError):
            yield name, f"“{raw[:40]}” cannot be read here."
    if keep:
        draft.keep = Keep(
            guardian=keep.get("guardian") == "yes",
            until=date.fromisoformat(keep["until"]) if "until" in keep else None,
            language=keep.get("language", ""),
            interpreter=keep.get("interpreter", ""),
            spoken=keep.get("spoken", ""),
            status=keep.get("status", ""),
        )

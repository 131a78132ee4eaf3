"""The second sheet: what the standard has no column for, so that a file that Fener wrote comes back as it was.

One row a case, tied by the number in column A. Its columns are HTCDS names, ``fener_fact_<code>``,
``fener_sealed_<compartment>_<code>``, and ``fener_keep_*`` for the consent to keep. Where the main sheet has a column
for the same thing, a value here only says it more exactly (a local code): if the two differ, the main sheet counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from fener.casework.htcds.header import EXTENSION as SHEET
from fener.casework.htcds.values import BadValue, parse
from fener.norms.fields import Field, compartment_fields, facts_fields
from fener.norms.htcds import Column, htcds_mapping
from fener.norms.vocab import vocabulary
from fener.trust.compartments import EXPORTABLE_COMPARTMENTS, Compartment

if TYPE_CHECKING:
    from fener.casework.htcds.drafts import Draft

__all__ = ["FACT", "KEEP", "SEALED", "SHEET", "Keep", "apply", "fact_fields", "loses", "sealed_fields", "written"]

FACT, SEALED, KEEP = "fener_fact_", "fener_sealed_", "fener_keep_"
STARTING = {"potential", "presumed"}


@dataclass(frozen=True)
class Keep:
    """How the consent to keep was given, where the file says so."""

    guardian: bool = False
    until: date | None = None
    language: str = ""
    interpreter: str = ""
    spoken: str = ""
    status: str = ""


@dataclass(frozen=True)
class Finding:
    """What was noticed in the second sheet at one of its columns."""

    column: str
    message: str
    severity: str = "error"


def fact_fields() -> list[Field]:
    """Facts that may go to the second sheet; those for totals only go nowhere."""
    return [spec for spec in facts_fields() if not spec.aggregate_only]


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


def standard(vocabulary_id: str, value: Any) -> list[str]:
    """Codes as the standard writes them, each once; local codes as the code they map to."""
    if not value:
        return []
    words = vocabulary(vocabulary_id)
    names = [words.htcds(code) for code in (value if isinstance(value, list | tuple) else [value])]
    return [name for name in dict.fromkeys(names) if name]


def loses(vocabulary_id: str, value: Any) -> bool:
    """Whether a value would come back from the standard's codes as another one."""
    if not vocabulary_id or not value:
        return False
    words = vocabulary(vocabulary_id)
    codes = list(value) if isinstance(value, list | tuple) else [value]
    return [words.from_htcds(name) for name in standard(vocabulary_id, value)] != codes


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
            if raw not in ("yes", "no"):
                raise BadValue("is neither yes nor no")
            return raw == "yes"
        case _:
            return raw


def apply(draft: Draft, values: Mapping[str, str], known: frozenset[str]) -> Iterator[Finding]:
    """Add a row of the second sheet to a draft. ``known``: the columns that the main sheet has."""
    facts = {spec.code: spec for spec in fact_fields()}
    sealed = {(part.value, spec.code): spec for part, spec in sealed_fields()}
    official = {column.name: column for column in htcds_mapping().columns}
    keep: dict[str, str] = {}
    for name, raw in values.items():
        try:
            if name.startswith(FACT):
                spec = facts[name.removeprefix(FACT)]
                column = official.get(spec.htcds)
                value = _read(spec, raw)
                if column is None or _fits(column, draft.facts.get(spec.code), value, known):
                    draft.facts[spec.code] = value
                else:
                    yield _differs(name, column)
            elif name.startswith(SEALED):
                part, _, code = name.removeprefix(SEALED).partition("_")
                draft.sealed.setdefault(Compartment(part), {})[code] = _read(sealed[part, code], raw)
            elif name.startswith(KEEP):
                keep[name.removeprefix(KEEP)] = raw
            elif name in official:
                column = official[name]
                value = parse(column, raw, htcds_mapping().separators)
                if _fits(column, draft.elsewhere.get(name), value, known):
                    draft.place(column, value)
                else:
                    yield _differs(name, column)
            else:
                yield Finding(name, "There is no such column; its values are not imported.", "warning")
        except (BadValue, KeyError, ValueError):
            yield Finding(name, f"“{raw[:40]}” cannot be read here. Correct it, or delete it.")
    yield from _keep(draft, keep)


def _fits(column: Column, in_main: Any, value: Any, known: frozenset[str]) -> bool:
    if column.name not in known:
        return True
    if not column.vocabulary:
        return bool(in_main == value)
    try:
        return standard(column.vocabulary, in_main) == standard(column.vocabulary, value)
    except ValueError:
        return True  # an unknown code; the fields' own check names it


def _differs(name: str, column: Column) -> Finding:
    return Finding(name, f"{column.name} of the main sheet says something else; the main sheet counts.", "warning")


def _keep(draft: Draft, keep: Mapping[str, str]) -> Iterator[Finding]:
    until = None
    for name, raw in keep.items():
        if name not in Keep.__dataclass_fields__:
            yield Finding(KEEP + name, "There is no such column; its values are not imported.", "warning")
        elif name == "until":
            try:
                until = date.fromisoformat(raw)
            except ValueError:
                yield Finding(KEEP + name, f"“{raw[:40]}” is no date; write year-month-day, for example 1999-05-03.")
        elif name == "status" and raw not in STARTING:
            yield Finding(KEEP + name, "A case begins as potential or presumed.")
        elif name in ("language", "spoken", "interpreter") and len(raw) > (120 if name == "interpreter" else 12):
            yield Finding(KEEP + name, "This is too long.")
    draft.keep = Keep(
        guardian=keep.get("guardian") == "yes",
        until=until,
        language=keep.get("language", ""),
        interpreter=keep.get("interpreter", ""),
        spoken=keep.get("spoken", ""),
        status=keep.get("status", ""),
    )

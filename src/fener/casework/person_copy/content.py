"""What stands in a copy: the same for the printed page, the PDF and the machine-readable file."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class Entry:
    """One value: the code of its field, its name and the value in words, and the value as a machine reads it."""

    code: str
    label: str
    words: str
    value: Any


@dataclass(frozen=True)
class Section:
    """One part of the copy: sealed content, or the rows of one table. ``why`` says for what it is kept."""

    code: str
    title: str
    why: str
    rows: tuple[tuple[Entry, ...], ...]


@dataclass(frozen=True)
class LeftOut:
    """Something that is kept and not in the copy, and why; so that nobody thinks the copy is all."""

    what: str
    why: str


@dataclass(frozen=True)
class Knew:
    """Who has known what, when, so that what."""

    at: str
    who: str
    what: str
    why: str


@dataclass(frozen=True)
class PersonCopy:
    """The whole copy. ``code``: the file's. ``language``: that of the words."""

    code: str
    title: str
    organisation: str
    language: str
    made_on: date
    lead: str
    rights: tuple[str, ...]
    sections: tuple[Section, ...]
    left_out: tuple[LeftOut, ...]
    knew: tuple[Knew, ...]
    words: dict[str, str] = field(default_factory=dict)  # headings of the paper, in its language

    def to_json(self) -> dict[str, Any]:
        """As JSON holds it: codes and ISO dates beside the words."""
        return {
            "format": "fener-person-copy",
            "version": 1,
            "code": self.code,
            "organisation": self.organisation,
            "language": self.language,
            "made_on": self.made_on.isoformat(),
            "sections": [
                {
                    "code": section.code,
                    "title": section.title,
                    "kept_for": section.why,
                    "rows": [
                        [{"field": e.code, "label": e.label, "value": plain(e.value), "words": e.words} for e in row]
                        for row in section.rows
                    ],
                }
                for section in self.sections
            ],
            "left_out": [{"what": each.what, "why": each.why} for each in self.left_out],
            "who_has_known": [vars(each) for each in self.knew],
            "rights": list(self.rights),
        }


def plain(value: Any) -> Any:
    """A value as JSON holds it."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set):
        return [plain(inner) for inner in value]
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return str(value)

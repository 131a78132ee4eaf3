"""From a cell of a workbook to a value that norms can check. What cannot be read is said, never guessed."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from typing import Any

from openpyxl.utils.datetime import from_excel

from fener.norms.htcds import Column
from fener.norms.vocab import Vocabulary, vocabulary

YES = {"true", "yes", "y", "1", "x", "✓", "✔", "da", "po"}
NO = {"false", "no", "n", "0", "ne", "jo", "-"}
# Invisible marks that reorder or hide text: a name that reads one way and is stored another.
INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


class BadValue(ValueError):
    """A cell that cannot be read as what its column holds."""


def parse(column: Column, raw: Any, separators: tuple[str, ...]) -> Any:
    """The value of one cell: str, int, float, bool, date, a code, or a list of codes. Raises BadValue, in words."""
    match column.type:
        case "date":
            return _date(raw)
        case "boolean":
            return _boolean(raw)
        case "integer":
            return _integer(raw)
        case "number":
            return _number(raw)
        case "choice" | "country":
            return _code(vocabulary(column.vocabulary), text(raw))
        case "multi":
            return _codes(vocabulary(column.vocabulary), text(raw), separators)
        case _:
            return text(raw)


def text(raw: Any) -> str:
    """A cell as text: numbers without a made-up ".0", Unicode composed, invisible direction marks taken out."""
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    if isinstance(raw, datetime):
        raw = raw.date().isoformat()
    return INVISIBLE.sub("", unicodedata.normalize("NFC", str(raw))).strip()


def _date(raw: Any) -> date:
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    if isinstance(raw, bool):
        raise BadValue("is no date; write year-month-day, for example 1999-05-03")
    if isinstance(raw, int | float):
        return _serial(raw)
    words = text(raw).rstrip(".")
    # ISO; day.month.year; day/month/year. A number of the day or month may have one digit or two.
    for pattern, order in (
        (r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?", (1, 2, 3)),
        (r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})", (3, 2, 1)),
        (r"(\d{1,2})/(\d{1,2})/(\d{4})", (3, 2, 1)),
    ):
        if found := re.fullmatch(pattern, words):
            year, month, day = (int(found.group(i)) for i in order)
            try:
                return date(year, month, day)
            except ValueError:
                raise BadValue(f"“{words}” is no date (day and month may be exchanged); write it as 1999-05-03") from None
    raise BadValue(f"“{words[:40]}” is no date; write year-month-day, for example 1999-05-03")


def _serial(raw: float) -> date:
    """A date that a spreadsheet kept as its number of days. Ages and years are too small or too round to be one."""
    if not 366 < raw < 80_000 or 1900 <= raw <= 2100:
        raise BadValue(f"“{text(raw)}” is no date; write year-month-day, for example 1999-05-03")
    found = from_excel(raw)
    return found.date() if isinstance(found, datetime) else found  # type: ignore[return-value]


def _boolean(raw: Any) -> bool:
    if isinstance(raw, bool):
        return raw
    words = text(raw).casefold()
    if words in YES:
        return True
    if words in NO:
        return False
    raise BadValue(f"“{words[:40]}” is neither yes nor no")


def _integer(raw: Any) -> int:
    """A whole number, also as text with a unit ("16", "16 years", "about 16"); a range or a word is not guessed."""
    if isinstance(raw, bool):
        raise BadValue("is no number")
    if isinstance(raw, int) or (isinstance(raw, float) and raw.is_integer()):
        return int(raw)
    numbers = re.findall(r"\d+", text(raw))
    if len(numbers) != 1 or re.search(r"\d[.,]\d|-\s*\d", text(raw)):
        raise BadValue(f"“{text(raw)[:40]}” is no whole number; write one number, or leave it empty")
    return int(numbers[0])


def _number(raw: Any) -> float:
    try:
        return float(text(raw).replace(",", "."))
    except ValueError:
        raise BadValue(f"“{text(raw)[:40]}” is no number") from None


def _code(words: Vocabulary, value: str) -> str:
    try:
        return words.from_htcds(value)
    except ValueError:
        raise BadValue(f"“{value[:60]}” is not in the list “{words.title}”; use one of its names or labels") from None


def _codes(words: Vocabulary, value: str, separators: tuple[str, ...]) -> list[str]:
    """Several values in a cell, joined by ``;``, ``,`` or a line break; a label may itself contain a comma."""
    found: list[str] = []
    for code in _split(words, value, list(separators)):
        if code not in found:
            found.append(code)
    return found


def _split(words: Vocabulary, value: str, separators: list[str]) -> list[str]:
    value = value.strip().strip("".join(separators)).strip()
    if not value:
        return []
    try:
        return [words.from_htcds(value)]
    except ValueError:
        pass
    for place, separator in enumerate(separators):
        if separator in value:
            return [code for part in value.split(separator) for code in _split(words, part, separators[place:])]
    return [_code(words, value)]

"""From a cell of a workbook to a value that norms can check. What cannot be read is said, never guessed."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from typing import Any

from openpyxl.utils.datetime import from_excel

from fener.norms.htcds import Column
from fener.norms.vocab import Vocabulary, vocabulary

YES = {"true", "yes", "y", "1", "x", "✓", "✔", "da", "да", "po"}
NO = {"false", "no", "n", "0", "ne", "не", "jo"}
# Invisible marks that reorder or hide text. They mean nothing in a date or a code; in a text they are kept as written.
INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069]")
SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
# ISO; day.month.year; day/month/year. The day and the month may have one digit or two.
DATES = (
    (re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][\d:.,Z+-]*)?"), (1, 2, 3)),
    (re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})"), (3, 2, 1)),
    (SLASHES, (3, 2, 1)),
)
WRITE_IT = "write year-month-day, for example 1999-05-03"


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
            return _code(vocabulary(column.vocabulary), _word(raw))
        case "multi":
            return _codes(vocabulary(column.vocabulary), _word(raw), separators)
        case _:
            return text(raw)


def doubt(column: Column, raw: Any, *, day_first: bool) -> str:
    """What should be looked at although it was read; empty for nothing. ``day_first``: the column shows its order."""
    if column.type == "date" and isinstance(raw, str) and not day_first:
        found = SLASHES.fullmatch(_word(raw))
        if (
            found
            and max(int(found.group(1)), int(found.group(2))) <= 12
            and found.group(1).zfill(2) != found.group(2).zfill(2)
        ):
            return f"“{_word(raw)}” was read as day/month/year: {_date(raw).isoformat()}. Check it."
    if column.type == "text" and isinstance(raw, str) and REORDERING.search(raw):
        return "This holds invisible marks that turn the direction of reading; it may not be what it looks like."
    return ""


def shows_day_first(raw: Any) -> bool:
    """Whether this date with slashes can only be day/month/year."""
    found = SLASHES.fullmatch(_word(raw)) if isinstance(raw, str) else None
    return found is not None and int(found.group(1)) > 12


def text(raw: Any) -> str:
    """A cell as text: numbers without a made-up ".0", Unicode composed."""
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    if isinstance(raw, datetime):
        raw = raw.date().isoformat()
    return unicodedata.normalize("NFC", str(raw)).strip()


def _word(raw: Any) -> str:
    return INVISIBLE.sub("", text(raw)).strip()


def _date(raw: Any) -> date:
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return _serial(raw)
    words = _word(raw).rstrip(".").strip()
    for pattern, order in DATES:
        if found := pattern.fullmatch(words):
            year, month, day = (int(found.group(i)) for i in order)
            try:
                return date(year, month, day)
            except ValueError:
                raise BadValue(
                    f"“{words}” is no date of the calendar (are day and month exchanged?); {WRITE_IT}"
                ) from None
    raise BadValue(f"“{words[:40]}” is no date; {WRITE_IT}")


def _serial(raw: float) -> date:
    """A date that a spreadsheet kept as its number of days. Ages and years are too small or too round to be one."""
    if not 366 < raw < 80_000 or 1900 <= raw <= 2100:
        raise BadValue(f"“{text(raw)}” is no date; {WRITE_IT}")
    found = from_excel(raw)
    if not isinstance(found, datetime):
        raise BadValue(f"“{text(raw)}” is no date; {WRITE_IT}")
    return found.date()


def _boolean(raw: Any) -> bool:
    if isinstance(raw, bool):
        return raw
    words = _word(raw).casefold()
    if words in YES:
        return True
    if words in NO:
        return False
    raise BadValue(f"“{words[:40]}” is neither yes nor no")


def _integer(raw: Any) -> int:
    """A whole number, also as text with a unit ("16", "16 years", "about 16"); a range or a word is not guessed."""
    if isinstance(raw, bool):
        raise BadValue("is no number; write one whole number, or leave it empty")
    if isinstance(raw, int) or (isinstance(raw, float) and raw.is_integer()):
        return int(raw)
    words = _word(raw)
    numbers = re.findall(r"\d+", words)
    if len(numbers) != 1 or re.search(r"\d[.,]\d|[-−]\s*\d", words) or len(numbers[0]) > 9:
        raise BadValue(f"“{words[:40]}” is no whole number; write one number, or leave it empty")
    return int(numbers[0])


def _number(raw: Any) -> float:
    try:
        return float(_word(raw).replace(",", "."))
    except ValueError:
        raise BadValue(f"“{_word(raw)[:40]}” is no number") from None


def _code(words: Vocabulary, value: str) -> str:
    try:
        return words.from_htcds(value)
    except ValueError:
        raise BadValue(f"“{value[:60]}” is not in the list “{words.title}”; use one of its names or labels") from None


def _codes(words: Vocabulary, value: str, separators: tuple[str, ...]) -> list[str]:
    """Several values in a cell, joined by ``;``, ``,`` or a line break; a label may itself contain a comma."""
    return list(dict.fromkeys(_split(words, value, list(separators))))


def _split(words: Vocabulary, value: str, separators: list[str]) -> list[str]:
    value = value.strip().strip("".join(separators)).strip()
    if not value:
        return []
    separator = next((mark for mark in separators if mark in value), None)
    if separator is None or _known(words, value):
        return [_code(words, value)]
    rest = separators[separators.index(separator) + 1 :]
    parts = value.split(separator)
    found: list[str] = []
    start = 0
    while start < len(parts):
        # The longest run of parts that is one label ("Congo, Democratic Republic of the") counts as one value.
        end = next((e for e in range(len(parts), start + 1, -1) if _known(words, separator.join(parts[start:e]))), None)
        if end is not None:
            found.append(_code(words, separator.join(parts[start:end])))
        else:
            end = start + 1
            found.extend(_split(words, parts[start], rest))
        start = end
    return found


def _known(words: Vocabulary, value: str) -> bool:
    try:
        words.from_htcds(value)
    except ValueError:
        return False
    return True

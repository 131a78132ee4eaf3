"""How records of this chapter are drawn: cards with a few sentences each, and what is missing above them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from fener.casework import access
from fener.casework.chapters.contract import Reader
from fener.casework.models import Case
from fener.norms.path.flags import Flag
from fener.norms.vocab import vocabulary
from fener.trust.compartments import Compartment

CARDS = "casework/children/_cards.html"


def is_child(case: Case) -> bool:
    """Records that are for children alone do not stand on an adult's case."""
    return case.treated_as_child


def label(vocabulary_id: str, code: str) -> str:
    """A code in the reader's language; a code that no list has stays as it is."""
    known = vocabulary(vocabulary_id)
    return gettext(known.label(code)) if code in known else code


def labels(vocabulary_id: str, codes: Iterable[str]) -> str:
    """Several codes in the reader's language."""
    return ", ".join(label(vocabulary_id, code) for code in codes)


def day(value: date | datetime | str) -> str:
    """A day as its reader writes it; of a line it is text."""
    if isinstance(value, str):
        value = date.fromisoformat(value[:10])
    return date_format(value)


def end_of(value: date | None) -> datetime | None:
    """The last moment of a day."""
    return timezone.make_aware(datetime.combine(value, time(23, 59, 59))) if value else None


def said(flags: Iterable[Flag], **lists: str) -> list[str]:
    """Flags in words; ``lists`` names the vocabulary of a parameter that is a code (``duty="child_duty"``)."""
    found = []
    for flag in flags:
        params = {key: label(lists[key], value) if key in lists else value for key, value in flag.why.params.items()}
        found.append(gettext(flag.why.text) % params if params else gettext(flag.why.text))
    return found


def opened(
    reader: Reader, item_id: UUID | None, text: str, part: Compartment = Compartment.NARRATIVE
) -> list[dict[str, str]]:
    """A button that opens sealed words, for whoever may open them."""
    if item_id is None or access.allowed(reader.actor, "compartment.open", reader.found, compartment=part) is None:
        return []
    return [{"text": text, "href": reverse("casework:words_open", args=[reader.case.code, item_id])}]


def reads_file(reader: Reader) -> bool:
    """Whether the reader works with the file. Others (the co-ordinator) read kinds and days: no name, no reason."""
    return access.allowed(reader.actor, access.READ_FILE, reader.found) is not None


def doors(reader: Reader, *wanted: tuple[str, str, str], row: UUID | None = None) -> Iterator[dict[str, str]]:
    """Links to acts (act, name of the address, text) for whoever the table lets do them."""
    args = [reader.case.code, row] if row else [reader.case.code]
    for act, name, text in wanted:
        if access.allowed(reader.actor, act, reader.found) is not None:
            yield {"text": text, "href": reverse(f"casework:{name}", args=args)}


def card(title: str, *sentences: str, tag: str = "", kind: str = "plain", **more: Any) -> dict[str, Any]:
    """One card. ``more``: ``words`` (from :func:`opened`), ``doors``, ``points`` (a list of sentences)."""
    return {"title": title, "sentences": [one for one in sentences if one], "tag": tag, "kind": kind, **more}

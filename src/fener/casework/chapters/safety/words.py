"""Codes of this chapter in the reader's language, and the address of sealed words."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import partial
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fener.casework import access
from fener.casework.chapters.contract import Reader
from fener.norms import gates
from fener.norms.vocab import vocabulary


def label(vocabulary_id: str, code: str) -> str:
    """A code of a list."""
    return _(vocabulary(vocabulary_id).label(code))


def gate_title(code: str) -> str:
    """What a gate stands before; the code of one that no pack has any more."""
    return _(gates.check(code, {}).title) if code in gates.gate_codes() else code


def labels(vocabulary_id: str) -> partial[str]:
    """``label`` of one list, as ``Record.copy_words`` takes it."""
    return partial(label, vocabulary_id)


def words_href(reader: Reader, item: UUID | None) -> str:
    """The address that opens sealed words; empty for whoever may not read the file."""
    if item is None or access.allowed(reader.actor, access.READ_FILE, reader.found) is None:
        return ""
    return reverse("casework:words_open", args=[reader.case.code, item])


def end_of(day: date) -> datetime:
    """The last moment of a day."""
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))

"""What a case manager sees of health: that something is due before a departure, and by when (HE-02, HE-04)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework import access
from fener.casework.chapters.contract import NewLine, Reader, Record
from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.services.health.before_departure import DEPARTURE, finish_by, waiting


def end_of(day: date | None) -> datetime | None:
    """The last moment of a day."""
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59))) if day else None


def lines(case: Case) -> Iterator[NewLine]:
    """One line, however many things wait, and only where a departure is planned."""
    found = waiting(case)
    if found and (by := finish_by(case, found[0].taken_on or found[0].offered_on)):
        yield NewLine(what="due", due=end_of(by), urgent=True)


def words(_line: CaseLine) -> str:
    """It names nothing."""
    return _("Ask the health worker: something is due before the departure")


def section(reader: Reader) -> Mapping[str, Any]:
    """The line again, for the page of the chapter. One query."""
    access.require(reader.actor, "health_departure.list", reader.found)
    return {"lines": [words(line) for line in CaseLine.objects.filter(case=reader.case, record=DEPARTURE)]}


RECORD = Record(
    code=DEPARTURE,
    title=gettext_lazy("Before a departure"),
    list_act="health_departure.list",
    lines=lines,
    words=words,
    section=section,
    template="casework/health/_departure.html",
    in_copy=False,
)

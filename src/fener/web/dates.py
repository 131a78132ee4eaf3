"""Dates and moments in words, and what is left of a period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext


@dataclass(frozen=True)
class Relative:
    """How a date stands to now: ``text`` in words; ``overdue`` when it has passed."""

    text: str
    overdue: bool


def in_words(value: date | datetime) -> str:
    """``3 May 2026`` or ``3 May 2026, 14:00`` in the reader's language and the node's time zone."""
    if isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return date_format(local, "DATETIME_FORMAT")
    return date_format(value, "DATE_FORMAT")


def relative(value: date | datetime, now: datetime) -> Relative:
    """What is left until ``value``, or how long ago it passed, in the largest unit that still tells something.

    A date without a time is due at the end of its day.
    """
    if not isinstance(value, datetime):
        return _relative_days((value - timezone.localtime(now).date()).days)
    seconds = (value - now).total_seconds()
    minutes = int(abs(seconds) // 60)
    late = seconds < 0
    if late and minutes >= 48 * 60:
        # Full days, as on Today: a day that has not passed yet is not counted against anybody.
        return _relative_days(-(minutes // (24 * 60)))
    if minutes >= 48 * 60:
        days = (timezone.localtime(value).date() - timezone.localtime(now).date()).days
        return _relative_days(days)
    if minutes >= 100:
        hours = minutes // 60
        return Relative(_hours_late(hours) if late else _hours_left(hours), late)
    if minutes < 1:
        return Relative(gettext("now"), late)
    return Relative(_minutes_late(minutes) if late else _minutes_left(minutes), late)


def _relative_days(days: int) -> Relative:
    if days == 0:
        return Relative(gettext("today"), False)
    if days < 0:
        late = ngettext("%(count)d day overdue", "%(count)d days overdue", -days) % {"count": -days}
        return Relative(late, True)
    if days == 1:
        return Relative(gettext("tomorrow"), False)
    return Relative(ngettext("%(count)d day left", "%(count)d days left", days) % {"count": days}, False)


def _hours_left(count: int) -> str:
    return ngettext("%(count)d hour left", "%(count)d hours left", count) % {"count": count}


def _hours_late(count: int) -> str:
    return ngettext("%(count)d hour overdue", "%(count)d hours overdue", count) % {"count": count}


def _minutes_left(count: int) -> str:
    return ngettext("%(count)d minute left", "%(count)d minutes left", count) % {"count": count}


def _minutes_late(count: int) -> str:
    return ngettext("%(count)d minute overdue", "%(count)d minutes overdue", count) % {"count": count}

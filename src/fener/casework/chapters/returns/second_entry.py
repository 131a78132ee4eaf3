"""How a second entry after a removal stands on a case: an alert until it was talked about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, time
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fener.casework import access
from fener.casework.chapters.contract import NewLine, Reader, Record
from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.models.returns.journey import Journey
from fener.casework.models.returns.second_entry import SecondEntry
from fener.casework.selectors.returns.second_entry import removals_carried_out, second_entries
from fener.casework.services.returns.second_entry import RECORD as CODE


def lines(case: Case) -> Iterator[NewLine]:
    """Somebody who was removed is here again: due on the day itself, for the co-ordinator too, until it is answered."""
    for one in SecondEntry.objects.filter(case=case).order_by("entered_on", "pk"):
        waits = one.answered_on is None
        yield NewLine(
            what="again",
            params={"days": (one.entered_on - one.removed_on).days} if one.removal_id else {},
            about=one.pk,
            shown=waits,
            starts=one.entered_on,
            ends=one.answered_on,
            due=timezone.make_aware(datetime.combine(one.entered_on, time(23, 59, 59))) if waits else None,
            urgent=waits,
            for_node=waits,
        )


def words(line: CaseLine) -> str:
    """How long after a removal that this case records; of one elsewhere no day, not by whom, and not where."""
    if "days" not in line.params:
        return _("Talk about an earlier removal")
    days = int(line.params["days"])
    return ngettext("Here again %(days)s day after a removal", "Here again %(days)s days after a removal", days) % {
        "days": days
    }


def section(reader: Reader) -> Mapping[str, Any]:
    """Each second entry, and the removals after which one may be recorded."""
    may = access.allowed(reader.actor, "second_entry.record", reader.found) is not None
    entries = second_entries(reader)
    known = {one.removed_on for one in entries if one.removal_id}
    return {
        "entries": [_shown(reader, one, may) for one in entries],
        "removals": [
            _door(reader, one) for one in removals_carried_out(reader) if may and one.departed_on not in known
        ],
    }


def _shown(reader: Reader, one: SecondEntry, may: bool) -> dict[str, Any]:
    waits = one.answered_on is None
    answer = reverse("casework:second_entry_answer", args=[reader.case.code, one.pk])
    return {
        "removed_on": one.removed_on if one.removal_id else None,
        "entered_on": one.entered_on,
        "answered_on": one.answered_on,
        "answer": answer if may and waits else "",
    }


def _door(reader: Reader, one: Journey) -> dict[str, str]:
    day = date_format(one.departed_on) if one.departed_on else ""
    return {
        "text": _("The person is here again after the removal of %(day)s") % {"day": day},
        "href": reverse("casework:second_entry_new", args=[reader.case.code, one.pk]),
    }


RECORD = Record(
    code=CODE,
    title=gettext_lazy("Second entries"),
    list_act="second_entry.list",
    lines=lines,
    words=words,
    section=section,
    template="casework/returns/_second_entry.html",
)

"""How promises stand on a case: one line each, due on their day, and again until the person was told of a late one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework import access
from fener.casework.chapters.contract import Door, NewLine, Reader, Record
from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.models.safety.promise import Promise
from fener.casework.selectors.safety.promises import promises
from fener.casework.services.safety.promises import RECORD as CODE
from fener.casework.services.safety.promises import is_late

TAGS = {Promise.State.KEPT: "done", Promise.State.BROKEN: "refused", Promise.State.RELEASED: "plain"}


def lines(case: Case) -> Iterator[NewLine]:
    """A promise is due on its day while it is open; a broken one, until the person was told."""
    for promise in Promise.objects.filter(case=case).order_by("due_on", "pk"):
        waits = promise.state == Promise.State.OPEN
        to_tell = promise.state == Promise.State.BROKEN and promise.told_late_on is None
        yield NewLine(
            what=promise.state,
            params={"kind": promise.kind, "by": promise.by},
            about=promise.pk,
            starts=promise.made_on,
            ends=promise.settled_on or promise.due_on,
            due=_end_of(promise.due_on if waits else promise.settled_on) if waits or to_tell else None,
            for_node=waits,
        )


def words(line: CaseLine) -> str:
    """ "Promised by the police: protection", and what became of it."""
    text = _("Promised by %(by)s: %(what)s") % {
        "by": Promise.By(line.params["by"]).label,
        "what": Promise.Kind(line.params["kind"]).label,
    }
    if line.what == Promise.State.OPEN:
        return text
    if line.what == Promise.State.BROKEN and line.due is not None:
        return _("%(promise)s (broken: tell the person)") % {"promise": text}
    return f"{text} ({Promise.State(line.what).label})"


def section(reader: Reader) -> Mapping[str, Any]:
    """Each promise with what may be done about it."""
    return {"promises": [_shown(reader, promise) for promise in promises(reader)]}


def _shown(reader: Reader, promise: Promise) -> dict[str, Any]:
    today = timezone.localdate(reader.at)
    late = promise.state == Promise.State.OPEN and is_late(promise, today)
    return {
        "what": promise.get_kind_display(),
        "by": promise.get_by_display(),
        "made_on": promise.made_on,
        "due_on": promise.due_on,
        "day_was_named": promise.day_was_named,
        "settled_on": promise.settled_on,
        "told_late_on": promise.told_late_on,
        "tag": _("overdue") if late else promise.get_state_display(),
        "kind": "overdue" if late else TAGS.get(Promise.State(promise.state), "soon"),
        "words": _words_href(reader, promise),
        "doors": list(_doors(reader, promise, today)),
    }


def _words_href(reader: Reader, promise: Promise) -> str:
    if promise.words_id is None or access.allowed(reader.actor, access.READ_FILE, reader.found) is None:
        return ""
    return reverse("casework:words_open", args=[reader.case.code, promise.words_id])


def _doors(reader: Reader, promise: Promise, today: date) -> Iterator[dict[str, str]]:
    args = [reader.case.code, promise.pk]
    open_or_broken = promise.state in (Promise.State.OPEN, Promise.State.BROKEN)
    if open_or_broken and access.allowed(reader.actor, "promise.settle", reader.found) is not None:
        yield {"text": _("What became of it"), "href": reverse("casework:promise_settle", args=args)}
    if is_late(promise, today) and access.allowed(reader.actor, "promise.tell", reader.found) is not None:
        yield {"text": _("The person was told"), "href": reverse("casework:promise_tell", args=args)}


def _end_of(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59))) if day else None


RECORD = Record(
    code=CODE,
    title=gettext_lazy("Promises"),
    list_act="promise.list",
    lines=lines,
    words=words,
    section=section,
    template="casework/safety/_promises.html",
    doors=(Door(act="promise.record", text=gettext_lazy("Record a promise"), url_name="casework:promise_new"),),
)

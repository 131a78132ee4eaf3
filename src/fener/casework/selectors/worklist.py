"""What is to be done today, for whoever signs in: tasks from several sources, sorted by when they are due.

A source is a function of an actor and a moment that asks the policy itself and returns tasks. Rooms above this one add
theirs with ``provide``; casework knows nothing of them. Each source makes one query and returns a page, not a table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import ngettext

from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.policy import Relationship

if TYPE_CHECKING:
    from fener.trust.errors import Text

LONGEST = 100  # tasks from one source; whoever has more sees that there are more in the list of cases


@dataclass(frozen=True)
class Task:
    """One thing to do. ``due`` None: when there is time. ``url_name`` and ``args`` lead to where it is done.

    ``case_code`` tells lines apart: the code of the case, or of the first contact; empty where the actor may not
    know it (an offer at a desk). ``text`` names nobody.
    """

    due: datetime | None
    text: Text
    url_name: str
    args: tuple[Any, ...]
    kind: str
    case_code: str = ""
    urgent: bool = False

    def overdue(self, at: datetime) -> bool:
        """Whether it should have been done before ``at``."""
        return self.due is not None and self.due < at

    def when(self, at: datetime) -> str:
        """The due date in words, in the reader's language."""
        return due_in_words(self.due, at)


Source = Callable[[Actor, datetime], Iterable[Task]]
_sources: dict[str, Source] = {}


def provide(name: str, source: Source) -> None:
    """Add a source of tasks, under a name, once. Called by a room's ``AppConfig.ready``."""
    _sources[name] = source


def sources() -> tuple[str, ...]:
    """The names of all sources, in the order in which they were added."""
    return tuple(_sources)


def today(actor: Actor, at: datetime | None = None) -> list[Task]:
    """Every task of the actor, the most overdue first, then what is due next, then what has no date.

    Raises Refused for somebody who is not signed in.
    """
    at = at or timezone.now()
    policy.require(actor, "worklist.read", Relationship.OWN)
    from fener.casework.chapters.finding import chapters
    from fener.casework.selectors import lines, protected_place, tasks  # noqa: F401 (they register the sources of this room)
    from fener.casework.selectors.quality import tasks as of_workers  # noqa: F401 (workers without supervision)

    chapters()  # the records of the path bring sources of their own when they are first looked for
    found = [task for source in _sources.values() for task in source(actor, at)]
    return sorted(found, key=lambda task: (task.due is None, task.due or at, not task.urgent, task.case_code))


def due_in_words(due: datetime | None, at: datetime) -> str:
    """ "overdue by 3 hours", "in 20 minutes", "today at 14:00", "tomorrow", "in 5 days"; days are those of the node."""
    if due is None:
        return _now("no date")
    if due <= at < due + timedelta(minutes=1):
        return _now("due now")
    if due < at:
        return _now("overdue by %(length)s") % {"length": _length((at - due).total_seconds())}
    days = (timezone.localtime(due).date() - timezone.localtime(at).date()).days
    if days == 0:
        seconds = (due - at).total_seconds()
        if seconds < 6 * 3600:
            return _now("in %(length)s") % {"length": _length(seconds)}
        return _now("today by %(time)s") % {"time": timezone.localtime(due).strftime("%H:%M")}
    if days == 1:
        return _now("tomorrow")
    return ngettext("in %(count)s day", "in %(count)s days", days) % {"count": days}


def _length(seconds: float) -> str:
    minutes = int(seconds // 60)
    if minutes < 60:
        return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    hours = minutes // 60
    if hours < 24:
        return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    return ngettext("%(count)s day", "%(count)s days", hours // 24) % {"count": hours // 24}

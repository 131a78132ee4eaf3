"""How much one person does in a time: what walks through files is told to those who watch; work is not stopped.

A user who is curious, bribed or under pressure is one of those whom we defend against, and so is a program that runs
in a stolen session. Each opens case after case, tries codes, searches name after name or takes everything out at once.
So acts are counted for each person in fixed windows. Who goes past a limit reads in words what happens, the custodians
of their body see it on Today, and it stands in the audit. Reading and opening cases goes on at any number: somebody
may be in danger. Searches and exports wait for the end of the window, since another way is open: the code of a case,
a new case, a colleague. Why, and why these numbers: docs/decisions/0027-pace.md.

Counts stand in the cache: that of the database where several processes serve. Two requests at the same instant may
count as one; a limit is no exact number.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from fener.trust import audit
from fener.trust.actor import Actor
from fener.trust.custody import notices
from fener.trust.errors import TooFast

if TYPE_CHECKING:
    from fener.trust.errors import Text

HOUR, DAY = 3600, 24 * 3600


class Pace(StrEnum):
    """What is counted. The values are also the names under which the audit and the custodians are told."""

    CASES = "pace.cases"  # different people's files, looked at or opened
    SEARCHES = "pace.searches"
    NEW_CASES = "pace.new_cases"
    EXPORTS = "pace.exports"
    REFUSALS = "pace.refusals"  # asked for what is not theirs, or is not there


@dataclass(frozen=True)
class Limit:
    """How many in how many seconds. ``times``: the setting that many times over; ``waits``: further ones are refused
    until the window ends."""

    setting: str
    seconds: int = HOUR
    times: int = 1
    waits: bool = False

    @property
    def most(self) -> int:
        return int(getattr(settings, self.setting)) * self.times


LIMITS: dict[Pace, tuple[Limit, ...]] = {
    Pace.CASES: (Limit("FENER_PACE_CASES"), Limit("FENER_PACE_CASES", seconds=DAY, times=4)),
    Pace.SEARCHES: (Limit("FENER_PACE_SEARCHES", waits=True),),
    Pace.NEW_CASES: (Limit("FENER_PACE_NEW_CASES"),),
    Pace.EXPORTS: (Limit("FENER_PACE_EXPORTS", seconds=DAY, waits=True),),
    Pace.REFUSALS: (Limit("FENER_PACE_REFUSALS"),),
}
# What the custodians of the body read.
WORDS: dict[Pace, Text] = {
    Pace.CASES: _(
        "%(by)s looked at unusually many different cases in a short time. Ask what for; the audit says how many and "
        "when."
    ),
    Pace.SEARCHES: _("%(by)s searched for unusually many names in a short time. Ask what for. Searching now waits."),
    Pace.NEW_CASES: _("%(by)s opened unusually many new cases in a short time. An import of a workbook does this too."),
    Pace.EXPORTS: _("%(by)s took the organisation's cases out to a file as often as one day allows. Ask what for."),
    Pace.REFUSALS: _(
        "%(by)s asked unusually often for what they may not see, or what is not there. Somebody may be trying out "
        "codes of cases, or somebody else may be using the account."
    ),
}
# What the person reads.
_SAID: dict[Pace, Text] = {
    Pace.CASES: _(
        "You looked at very many different cases in a short time. Your organisation's custodians are told, and it "
        "stands in the audit. Nothing is stopped: if this is your work, go on, and tell them what it was for. If it "
        "was not you, sign out and change your password."
    ),
    Pace.SEARCHES: _(
        "You searched for very many names in a short time. Your organisation's custodians are told, and it stands in "
        "the audit. Further searches wait a while."
    ),
    Pace.NEW_CASES: _(
        "You opened very many new cases in a short time. Your organisation's custodians are told, and it stands in the "
        "audit. Nothing is stopped."
    ),
}

_teller: ContextVar[Callable[[str], None] | None] = ContextVar("fener_pace_teller", default=None)

for _pace, _sentence in WORDS.items():
    notices.describe(_pace.value, _sentence)


@contextmanager
def told_through(tell: Callable[[str], None]) -> Iterator[None]:
    """Inside, whoever goes past a limit is told through ``tell`` (a page shows it)."""
    before = _teller.set(tell)
    try:
        yield
    finally:
        _teller.reset(before)


def note(*, actor: Actor, pace: Pace, subject_id: UUID | None = None) -> None:
    """Count an act, in its own transaction. With ``subject_id``: the same one counts once in a window.

    Raises TooFast where further ones wait, before anything is counted. Acts of the program itself are not counted.
    """
    if actor.user_id is None:
        return
    now = time.time()
    for limit in LIMITS[pace]:
        if limit.waits and len(_marks(_key(actor, pace, limit, now))) >= limit.most:
            raise TooFast(_wait_in_words(pace, limit.seconds - now % limit.seconds))
    for limit in LIMITS[pace]:
        _count(actor, pace, limit, subject_id, now)


def _count(actor: Actor, pace: Pace, limit: Limit, subject_id: UUID | None, now: float) -> None:
    key = _key(actor, pace, limit, now)
    marks = _marks(key)
    mark = str(len(marks)) if subject_id is None else _mark(actor, subject_id)
    if mark in marks:
        return
    marks.append(mark)
    cache.set(key, marks, timeout=limit.seconds)
    if _is_told_at(len(marks), limit.most):
        _alarm(actor, pace, count=len(marks), hours=limit.seconds // HOUR)
    tell, said = _teller.get(), _SAID.get(pace)
    if tell is not None and said is not None and len(marks) >= limit.most:
        tell(str(said))


def _is_told_at(count: int, most: int) -> bool:
    """At the limit, and at each doubling: whoever goes on is told of again, and nobody is told a hundred times."""
    times, rest = divmod(count, most)
    return rest == 0 and times > 0 and times & (times - 1) == 0


@transaction.atomic
def _alarm(actor: Actor, pace: Pace, *, count: int, hours: int) -> None:
    told = {"subject_type": "user", "subject_id": actor.user_id, "detail": {"count": count, "hours": hours}}
    chain = ("keeper", actor.keeper_id) if actor.keeper_id else audit.NODE
    audit.record(actor=actor, act=pace.value, chain=chain, **told)  # type: ignore[arg-type]
    if actor.keeper_id:
        notices.notify_custodians(actor=actor, keeper_id=actor.keeper_id, act=pace.value, **told)  # type: ignore[arg-type]


def _marks(key: str) -> list[str]:
    return list(cache.get(key) or ())


def _key(actor: Actor, pace: Pace, limit: Limit, now: float) -> str:
    return f"{pace.value}:{actor.user_id}:{limit.seconds}:{int(now // limit.seconds)}"


def _mark(actor: Actor, subject_id: UUID) -> str:
    """A subject among those of one person and window; no id of a case lies in the cache."""
    return hashlib.blake2b(subject_id.bytes, key=str(actor.user_id).encode(), digest_size=5).hexdigest()


def _wait_in_words(pace: Pace, seconds: float) -> str:
    minutes = -int(-seconds // 60)
    if minutes <= 90:
        long = ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    else:
        hours = -(-minutes // 60)
        long = ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    return str(_WAITS[pace]) % {"long": long}


_WAITS: dict[Pace, Text] = {
    Pace.SEARCHES: _(
        "You searched very often in a short time, so this search was not made, and your organisation's custodians are "
        "told. You can search again in %(long)s. If somebody needs help now: open the case by its code from your list, "
        "open a new case, or ask a colleague to search."
    ),
    Pace.EXPORTS: _(
        "Your organisation's cases were taken out to a file as often as one day allows, and its custodians are told. "
        "The next export is possible in %(long)s."
    ),
}

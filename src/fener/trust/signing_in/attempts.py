"""Failed attempts, counted for the user name and for where they come from: each further one waits longer.

Nobody is locked out for good, and nobody can shut out a colleague: strangers' attempts on a name make *strangers* wait,
while a place from which the person signed in lately has a count of its own. An attempt during a wait is not looked at
and lengthens nothing. Names that nobody has are counted in the same way, so that waiting tells nothing.

Everything is in the database: the counts hold across workers and across a restart. Names and addresses are stored as
keyed hashes only.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta

from allauth.core.internal.ratelimit import get_ip
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fener.trust.models import Attempts
from fener.trust.signing_in.secrets import fingerprint

FREE = 5  # failures of a name (or of a name at one place) before the first wait
FREE_FROM_A_SOURCE = 30  # an office shares one address
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=24)  # without a failure: counting starts anew
KNOWN_FOR = timedelta(days=30)  # a place from which the person signed in
KEPT_FOR = timedelta(days=90)


def source_of(request: HttpRequest) -> str:
    """Where a request comes from (of an IPv6 address the network). Never stored as it is."""
    return str(get_ip(request))


def begin(*, name: str, source: str, at: datetime | None = None) -> timedelta:
    """Count an attempt before it is looked at, so that many at once gain nothing.

    Returns how long to wait; zero: the attempt may be looked at. Empty ``name`` counts the source alone.
    """
    at = at or timezone.now()
    with transaction.atomic():
        rows = _locked(name, source)
        waits = [_wait_left(row, at) for row in _that_hold_up(rows, at)]
        longest = max(waits, default=timedelta())
        if not longest:
            for who, row in rows.items():
                _count(row, FREE_FROM_A_SOURCE if who == "source" else FREE, at)
    return longest


def passed(*, name: str, source: str) -> None:
    """The attempt was right. Only itself is taken back: right attempts in between must not hide wrong ones."""
    with transaction.atomic():
        for who, row in _locked(name, source).items():
            free = FREE_FROM_A_SOURCE if who == "source" else FREE
            row.failures = 0 if who == "pair" else max(row.failures - 1, 0)
            row.untold = max(row.untold - 1, 0)
            row.wait_until = row.wait_until if row.failures >= free else None
            row.save()


def signed_in(*, name: str, source: str, at: datetime | None = None) -> int:
    """The person is in. From now on this source is known; returns how many failed attempts they were not told of."""
    with transaction.atomic():
        rows = _locked(name, source)
        untold = rows["name"].untold
        Attempts.objects.filter(pk=rows["name"].pk).update(untold=0)
        Attempts.objects.filter(pk=rows["pair"].pk).update(good_at=at or timezone.now(), untold=0)
    return untold


def also_failed(*, name: str) -> None:
    """A failure that has a limit of its own (the second step): only told to the holder."""
    with transaction.atomic():
        row = _locked(name, "")["name"]
        row.untold += 1
        row.save()


def forget(*, at: datetime) -> int:
    """Delete counts that nobody added to for a long time; how many."""
    return Attempts.objects.filter(failed_at__lt=at - KEPT_FOR).delete()[0]


def in_words(wait: timedelta) -> str:
    """What somebody who has to wait is told."""
    seconds = max(1, int(wait.total_seconds() + 0.999))
    if seconds < 60:
        long = ngettext("%(n)s second", "%(n)s seconds", seconds) % {"n": seconds}
    else:
        minutes = -(-seconds // 60)
        long = ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    return _(
        "There were several failed attempts. So that nobody can guess, the next one is looked at in %(long)s. "
        "What you typed now was not looked at: wait, then type it again."
    ) % {"long": long}


def told(untold: int) -> str:
    """What the holder reads at the next sign-in."""
    return ngettext(
        "Since you last signed in there was %(n)s failed attempt with your user name. If it was not you, change your "
        "password and tell your administrator.",
        "Since you last signed in there were %(n)s failed attempts with your user name. If they were not yours, change "
        "your password and tell your administrator.",
        untold,
    ) % {"n": untold}


def _locked(name: str, source: str) -> dict[str, Attempts]:
    """The rows of an attempt, made where missing, locked in one order. Inside a transaction."""
    folded = unicodedata.normalize("NFKC", name).strip().casefold()
    wanted = {"source": fingerprint("source", source)} if source else {}
    if folded:
        wanted["name"] = fingerprint("name", folded)
        if source:
            wanted["pair"] = fingerprint("pair", folded, source)
    Attempts.objects.bulk_create([Attempts(who=one) for one in sorted(wanted.values())], ignore_conflicts=True)
    found = {
        row.who: row for row in Attempts.objects.select_for_update().filter(who__in=wanted.values()).order_by("who")
    }
    return {kind: found[who] for kind, who in wanted.items()}


def _that_hold_up(rows: dict[str, Attempts], at: datetime) -> Iterable[Attempts]:
    pair = rows.get("pair")
    known = pair is not None and pair.good_at is not None and at - pair.good_at < KNOWN_FOR
    for who, row in rows.items():
        if not (who == "name" and known):
            yield row


def _wait_left(row: Attempts, at: datetime) -> timedelta:
    return max(row.wait_until - at, timedelta()) if row.wait_until else timedelta()


def _count(row: Attempts, free: int, at: datetime) -> None:
    if row.failed_at is None or at - row.failed_at > FORGOTTEN_AFTER:
        row.failures = 0
    row.failures += 1
    row.untold += 1
    row.failed_at = at
    over = row.failures - free
    # Doubling, with an exponent that cannot run away.
    row.wait_until = at + min(FIRST_WAIT * 2 ** min(over, 20), LONGEST_WAIT) if over >= 0 else None
    row.save()

"""The browsers in which somebody is signed in: a register by person, so that ending sessions needs one indexed query.

A session that is ended is deleted: the other browser's next request finds nobody signed in. What is kept of a browser
is its family and system ("Firefox on Windows"), since when, and, in the session itself, the minute it was last used.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from fener.trust.models import BrowserSession, User

ROW = "fener_browser"  # in the session: [id of its row, the session key that the row has]
SEEN = "fener_seen"  # in the session: when it was last used, in seconds since 1970
# Ended in portions, so that no statement grows with the number of sessions.
PORTION = 500
# The first that fits: browsers name their forerunners as well.
FAMILIES = (
    ("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


@dataclass(frozen=True)
class Browser:
    """A browser in which somebody is signed in."""

    id: int
    device: str
    since: datetime
    last_used: datetime | None
    this_one: bool


def device(user_agent: str) -> str:
    """Family and system, without versions: enough to tell one's phone from one's desk. Empty if nothing is known."""
    family = next((name for sign, name in FAMILIES if f"{sign}/" in user_agent), "")
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "")
    return " / ".join(part for part in (family, system) if part)


def note(request: HttpRequest) -> None:
    """Keep the register true after a request: a new sign-in, or a session whose key changed (a new password)."""
    key = request.session.session_key
    if not key or not request.user.is_authenticated:
        return
    row, known = request.session.get(ROW) or (None, "")
    if known == key:
        return
    if row is None or not BrowserSession.objects.filter(pk=row, user_id=request.user.pk).update(session_key=key):
        made = BrowserSession.objects.create(
            session_key=key,
            user_id=request.user.pk,
            device=device(request.META.get("HTTP_USER_AGENT", "")),
            since=timezone.now(),
        )
        row = made.pk
    request.session[ROW] = [row, key]


def browsers(user: User, *, this: str | None = None) -> list[Browser]:
    """Where this person is signed in now, the present browser first. ``this``: its session key."""
    rows = {row.session_key: row for row in BrowserSession.objects.filter(user=user)}
    living = Session.objects.filter(pk__in=rows, expire_date__gt=timezone.now())
    found = [_shown(rows[session.pk], session.get_decoded(), this) for session in living]
    return sorted(found, key=lambda one: (not one.this_one, -(one.last_used or one.since).timestamp()))


def end(user: User, browser_id: int) -> bool:
    """Sign this person out of one browser. False: there is none of theirs with that id (any more)."""
    return _end(BrowserSession.objects.filter(user=user, pk=browser_id)) > 0


def end_all(user: User, *, but: str | None = None) -> int:
    """Sign this person out everywhere, or everywhere but in the session ``but``; from how many browsers."""
    return _end(BrowserSession.objects.filter(user=user).exclude(session_key=but or ""))


def signed_out(key: str | None) -> None:
    """A session ended by itself."""
    BrowserSession.objects.filter(session_key=key or "").delete()


def forget(*, at: datetime) -> int:
    """Delete what is left of sessions that ran out; how many."""
    Session.objects.filter(expire_date__lt=at).delete()
    gone = BrowserSession.objects.exclude(session_key__in=Session.objects.values("session_key"))
    return gone.delete()[0]


@transaction.atomic
def _end(rows: Any) -> int:
    keys = list(rows.values_list("session_key", flat=True))
    for start in range(0, len(keys), PORTION):
        portion = keys[start : start + PORTION]
        Session.objects.filter(pk__in=portion).delete()
        BrowserSession.objects.filter(session_key__in=portion).delete()
    return len(keys)


def _shown(row: BrowserSession, kept: dict[str, Any], this: str | None) -> Browser:
    seen = kept.get(SEEN)
    return Browser(
        id=row.pk,
        device=row.device or _("a browser that does not say what it is"),
        since=row.since,
        last_used=datetime.fromtimestamp(seen, UTC) if seen else None,
        this_one=row.session_key == this,
    )

"""``/health/``: does this node work? For probes; says nothing about anything else.

200 ``{"status": "ok"}``, or 503 with what is missing: ``database`` (not reachable), ``migrations`` (the database is
behind its program). Answers this machine alone, unless FENER_HEALTH_PUBLIC says otherwise; to others it is not there.
"""

from __future__ import annotations

import ipaddress
import time

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fener.trust import installation

LOOK_AGAIN = 10.0  # seconds for which "migrations wait" is believed; "none waits" holds for good


class _Migrations:
    """Whether the database stands where the program is. Looked up once, while it does not: now and then."""

    current = False
    looked = -LOOK_AGAIN

    @classmethod
    def are_made(cls) -> bool:
        now = time.monotonic()
        if not cls.current and now - cls.looked >= LOOK_AGAIN:
            cls.looked = now
            cls.current = installation.waiting_migrations()[0] == 0
        return cls.current

    @classmethod
    def forget(cls) -> None:
        """For tests."""
        cls.current, cls.looked = False, -LOOK_AGAIN


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Answers without a session, a cookie or an account."""
    if not (settings.FENER_HEALTH_PUBLIC or is_from_here(request)):
        raise Http404
    missing = _missing()
    if missing:
        return JsonResponse({"status": "unavailable", "missing": missing}, status=503)
    return JsonResponse({"status": "ok"})


def is_from_here(request: HttpRequest) -> bool:
    """Whether this machine itself asks. What a proxy passes on comes from elsewhere, also where the proxy is here."""
    if request.headers.get("X-Forwarded-For") or request.headers.get("Forwarded"):
        return False
    if request.META.get("REMOTE_ADDR") == "" and request.META.get("SERVER_NAME", "").startswith("/"):
        return True  # over a socket of this machine (the server names its path), and no proxy passed it on
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _missing() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")
            cursor.fetchone()
    except (DatabaseError, ImproperlyConfigured):
        connection.close()  # the next probe tries anew
        return "database"
    return "" if _Migrations.are_made() else "migrations"

"""Keys, idle time and the second factor, decided before any view runs."""

from __future__ import annotations

import time
from collections.abc import Callable

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse

from fener.trust import session

SEEN = "fener_seen"
SECOND_FACTOR = "fener_second_factor"
# The time of the last request is stored no finer than this, so that reading pages does not write to the database.
SEEN_GRAIN_SECONDS = 60
# Pages that somebody without a second factor needs in order to get one, or to leave.
OPEN_PATHS = ("/account/", "/static/", "/language/", "/i18n/", "/help/")


class KeyringMiddleware:
    """Gives ``request.keyring``: the unlocked keys of the signed-in person, or None."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.keyring = None  # type: ignore[attr-defined]
        answer = None
        if request.user.is_authenticated:
            if self._was_idle(request):
                session.lock(request)
            request.keyring = session.open_keyring(request)  # type: ignore[attr-defined]
            answer = self._second_factor_first(request)
        response = answer or self.get_response(request)
        session.send_cookie(request, response)
        return response

    def _was_idle(self, request: HttpRequest) -> bool:
        """Whether nobody did anything for too long: then the keys are put away, and the password opens them again."""
        now = int(time.time())
        seen = request.session.get(SEEN, now)
        if now - seen >= SEEN_GRAIN_SECONDS or SEEN not in request.session:
            request.session[SEEN] = now
        return bool(now - seen > settings.FENER_IDLE_MINUTES * 60)

    def _second_factor_first(self, request: HttpRequest) -> HttpResponse | None:
        if not settings.FENER_REQUIRE_MFA or request.session.get(SECOND_FACTOR):
            return None
        if is_mfa_enabled(request.user, [Authenticator.Type.TOTP]):
            request.session[SECOND_FACTOR] = True
            return None
        try:
            activate = reverse("mfa_activate_totp")
        except NoReverseMatch:  # a node without the pages; nothing to send anybody to
            return None
        if request.path == activate or request.path.startswith(_open_paths()):
            return None
        return HttpResponseRedirect(activate)


def _open_paths() -> tuple[str, ...]:
    paths = list(OPEN_PATHS)
    for name in ("account_logout", "account_reauthenticate", "trust:unlock"):
        try:
            paths.append(reverse(name))
        except NoReverseMatch:
            continue
    return tuple(paths)

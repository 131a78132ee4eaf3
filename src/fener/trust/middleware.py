"""Keys, idle time and the second factor, decided before any view runs."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode

from fener.trust import api, pace, session
from fener.trust.signing_in import browsers, idle
from fener.trust.signing_in.browsers import SEEN

# The time of the last request is stored no finer than this, so that reading pages does not write to the database.
SEEN_GRAIN_SECONDS = 60
# What somebody may always reach: leaving, proving who they are, and setting up the second factor.
OPEN_NAMES = (
    "account_logout",
    "account_reauthenticate",
    "account_unlock",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
)
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
# At sign-out: nothing of a page stays in this browser. Its cookies are deleted one by one, but for the language.
CLEAR_SITE_DATA = '"cache", "storage"'


class KeyringMiddleware:
    """Gives ``request.keyring``: the unlocked keys of the signed-in person, or None."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.keyring = None  # type: ignore[attr-defined]
        answer = None
        signed_in = request.user.is_authenticated  # asked now: the view may sign out
        if signed_in and _ran_out(request):
            logout(request)
        elif signed_in:
            if _was_idle(request):
                session.lock(request)
                request.session[session.IDLE] = True
            request.keyring = session.open_keyring(request)  # type: ignore[attr-defined]
            answer = _unlock_first(request) or _second_factor_first(request)
            answer = api.not_ready() if answer and api.is_api(request) else answer
            _speak(request)
        if answer:
            response = answer
        elif api.is_api(request):
            response = self.get_response(request)
        else:
            with pace.told_through(partial(messages.warning, request)):
                response = self.get_response(request)
        session.send_cookie(request, response)
        browsers.note(request)
        if signed_in and not request.user.is_authenticated:
            response.headers["Clear-Site-Data"] = CLEAR_SITE_DATA
        if signed_in:  # also what is refused or not there: "back" after signing out shows nothing of a signed-in page
            add_never_cache_headers(response)
        return response


def _ran_out(request: HttpRequest) -> bool:
    """Whether this session is so old that it ends, however much somebody worked in it."""
    since = request.session.get(session.SINCE)
    return since is not None and time.time() - since > settings.SESSION_LONGEST_HOURS * 3600


def _was_idle(request: HttpRequest) -> bool:
    """Whether nobody did anything for too long: then the keys are put away, and the password takes them out again."""
    now = int(time.time())
    seen = request.session.get(SEEN)
    if seen is None or not 0 <= now - seen < SEEN_GRAIN_SECONDS:
        request.session[SEEN] = now
    return seen is not None and now - seen > settings.FENER_IDLE_MINUTES * 60


def _unlock_first(request: HttpRequest) -> HttpResponse | None:
    """After an idle time no page is shown and nothing is carried out before the password. A form that was being filled
    in is not lost: it waits in the browser (``signing_in.idle``).
    """
    if not request.session.get(session.IDLE) or _is_open(request):
        return None
    if request.method not in {"GET", "HEAD"}:
        return idle.password_first(request)
    return HttpResponseRedirect(f"{reverse('account_unlock')}?{urlencode({'next': request.get_full_path()})}")


def _speak(request: HttpRequest) -> None:
    """The language that this person chose, whichever device it is; else what the browser asks for stays."""
    language = getattr(request.user, "language", "")
    if language and language != translation.get_language():
        translation.activate(language)
        request.LANGUAGE_CODE = translation.get_language()


def _second_factor_first(request: HttpRequest) -> HttpResponse | None:
    """Nobody works without a second factor where the node asks for one: they are led to set it up."""
    if not settings.FENER_REQUIRE_MFA or request.session.get(session.SECOND_FACTOR) or _is_open(request):
        return None
    if is_mfa_enabled(request.user, list(FACTORS)):
        request.session[session.SECOND_FACTOR] = True
        return None
    return HttpResponseRedirect(reverse("mfa_activate_totp"))


def _is_open(request: HttpRequest) -> bool:
    static = str(settings.STATIC_URL)
    return request.path.startswith(static) or request.path in {reverse(name) for name in OPEN_NAMES}

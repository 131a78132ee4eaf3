"""Unlocking: how a signed-in person's private key is at hand for their requests and for nobody else.

At sign-in the password opens the private key. It is stored in the server-side session, sealed under a random key that
is sent to the browser as a cookie and kept nowhere else. A dump of the database holds the sealed half, a stolen cookie
opens nothing without the session, and a background job has neither.
"""

from __future__ import annotations

import base64
import binascii
import time
from typing import Any, Protocol
from uuid import UUID

from allauth.mfa.signals import authentication_failed, authenticator_removed
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from fener.trust import accounts, audit, keys
from fener.trust.actor import Actor
from fener.trust.models import User
from fener.trust.signing_in import attempts, browsers

COOKIE: str = f"{settings.COOKIE_PREFIX}fener_key"
SEALED = "fener_sealed_key"  # in the session: {"user": id, "sealed": base64}
SECOND_FACTOR = "fener_second_factor"  # in the session once it is known that this person has one
SINCE = "fener_since"  # in the session: when this person signed in, in seconds since 1970
IDLE = "fener_idle"  # in the session while the keys are put away because nobody worked
_PENDING = "_fener_key_cookie"  # on the request: the cookie to send, or "" to delete it


class KeyringRequest(Protocol):
    """What the middleware adds to a request."""

    keyring: keys.Keyring | None


def unlock(request: HttpRequest, user: User, password: str) -> bool:
    """Open the private key by the password and keep it for this session. False if the password does not fit."""
    private = accounts.open_private_key(user, password)
    if private is None:
        return False
    keep(request, user.id, private)
    return True


def keep(request: HttpRequest, user_id: UUID, private: keys.PrivateKey) -> None:
    """Seal an open key into the session under a new cookie key (which replaces any earlier one)."""
    cookie_key = keys.new_data_key()
    sealed = keys.encrypt(cookie_key, private.raw, bound_to=keys.user_key_context(user_id, "session"))
    request.session[SEALED] = {"user": str(user_id), "sealed": base64.b64encode(sealed).decode("ascii")}
    setattr(request, _PENDING, base64.urlsafe_b64encode(cookie_key).decode("ascii"))
    request.keyring = accounts.keyring_for(user_id, private)  # type: ignore[attr-defined]


def lock(request: HttpRequest) -> None:
    """Forget the key. The person stays signed in, and the sealed half is of no more use to anybody."""
    if SEALED in request.session:
        del request.session[SEALED]
    setattr(request, _PENDING, "")
    request.keyring = None  # type: ignore[attr-defined]


def resume(request: HttpRequest) -> None:
    """The password was given again: the time without anybody at the keyboard is over."""
    request.session.pop(IDLE, None)


def open_keyring(request: HttpRequest) -> keys.Keyring | None:
    """The keyring of the signed-in person, or None while locked."""
    user_id = request.user.pk
    private = _private_key(request, user_id)
    return None if private is None or user_id is None else accounts.keyring_for(user_id, private)


def send_cookie(request: HttpRequest, response: HttpResponse) -> None:
    """Tell the browser the new key, or to forget it, if this request changed it."""
    pending = getattr(request, _PENDING, None)
    if pending is None:
        return
    if pending:
        response.set_cookie(
            COOKIE, pending, httponly=True, samesite="Strict", secure=bool(settings.SESSION_COOKIE_SECURE), path="/"
        )
    else:
        response.delete_cookie(COOKIE, path="/", samesite="Strict")


def _private_key(request: HttpRequest, user_id: Any) -> keys.PrivateKey | None:
    """Opens the session's sealed key by the cookie (or by the one that this very request just made)."""
    cookie = getattr(request, _PENDING, None) or request.COOKIES.get(COOKIE)
    entry = request.session.get(SEALED) if cookie else None
    if not cookie or not entry or user_id is None or entry.get("user") != str(user_id):
        return None
    try:
        cookie_key = base64.urlsafe_b64decode(cookie.encode("ascii"))
        sealed = base64.b64decode(entry["sealed"])
        return keys.PrivateKey(keys.decrypt(cookie_key, sealed, bound_to=keys.user_key_context(user_id, "session")))
    except (keys.DoesNotOpen, binascii.Error, UnicodeEncodeError, ValueError):
        return None


def _on_login(sender: Any, request: HttpRequest | None, user: User, **_kwargs: Any) -> None:
    # The first factor sealed the key into a session that nobody was signed in to yet; from here on it has a new key.
    if request is None or not hasattr(request, "session"):
        return
    resume(request)
    request.session[browsers.SEEN] = request.session[SINCE] = int(time.time())
    private = _private_key(request, user.pk)
    if private is None:
        lock(request)
    else:
        keep(request, user.pk, private)
    if "REMOTE_ADDR" in request.META:  # empty over a socket; absent where a test puts somebody into a session
        _remember(request, user)


def _remember(request: HttpRequest, user: User) -> None:
    """Keep the sign-in in the audit, and tell the holder of attempts that failed since the last one."""
    with transaction.atomic():
        untold = attempts.signed_in(name=user.username, source=attempts.source_of(request))
        actor = Actor(user_id=user.pk, username=user.username)
        detail = {"failed_before": untold}
        audit.record(actor=actor, act="account.sign_in", subject_type="user", subject_id=user.pk, detail=detail)
    if untold:
        messages.warning(request, attempts.told(untold))


def _on_logout(sender: Any, request: HttpRequest | None, **_kwargs: Any) -> None:
    if request is not None and hasattr(request, "session"):
        browsers.signed_out(request.session.session_key)
        lock(request)


def _on_factor_failed(sender: Any, user: User, **_kwargs: Any) -> None:
    # Whoever comes as far as the second step knows the password: the holder has to learn of it.
    attempts.also_failed(name=user.username)


def _on_factor_removed(sender: Any, request: HttpRequest, **_kwargs: Any) -> None:
    # A new telephone: the old factor goes, and nothing is shown before the new one is set up.
    request.session.pop(SECOND_FACTOR, None)


def connect() -> None:
    """Called once when the app is ready."""
    authentication_failed.connect(_on_factor_failed, dispatch_uid="fener.trust.session.factor_failed")
    authenticator_removed.connect(_on_factor_removed, dispatch_uid="fener.trust.session.factor")
    user_logged_in.connect(_on_login, dispatch_uid="fener.trust.session.login")
    user_logged_out.connect(_on_logout, dispatch_uid="fener.trust.session.logout")

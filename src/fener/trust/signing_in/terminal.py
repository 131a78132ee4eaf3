"""Signing in at a command: the same password, the same second step and the same counting as on the page.

Whoever runs a command has the node's machine already; the codes of people's second step are what they do not have.
"""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from fener.trust import accounts, audit
from fener.trust.actor import Actor
from fener.trust.errors import DomainError, InvalidInput, Locked
from fener.trust.keys import Keyring
from fener.trust.models import User
from fener.trust.signing_in import attempts

# The place that attempts at commands come from: one for the whole machine.
SOURCE = "terminal"
CODES = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)


class NotSignedIn(DomainError):
    """Nobody is in. ``message`` says why, and what to do."""


def sign_in(*, name: str, password: str, ask_code: Callable[[], str]) -> tuple[User, Keyring, int]:
    """The person with their open keyring, and how many failed attempts they were not told of.

    ``ask_code`` is asked for a code of the second step where the account has one. Raises NotSignedIn. An attempt is
    counted before it is looked at, and taken back only when password and code were right.
    """
    wait = attempts.begin(name=name, source=SOURCE)
    if wait:
        raise NotSignedIn(attempts.in_words(wait))
    user, keyring = _by_password(name, password)
    _second_step(user, ask_code)
    with transaction.atomic():
        attempts.passed(name=name, source=SOURCE)
        untold = attempts.signed_in(name=user.username, source=SOURCE)
        audit.record(
            actor=Actor(user_id=user.pk, username=user.username),
            act="account.sign_in",
            subject_type="user",
            subject_id=user.pk,
            detail={"failed_before": untold, "at": SOURCE},
        )
    return user, keyring, untold


def _by_password(name: str, password: str) -> tuple[User, Keyring]:
    try:
        user = User.objects.get(username=accounts.clean_username(name), is_active=True)
        return user, accounts.open_keyring(user, password)
    except (User.DoesNotExist, InvalidInput, Locked):
        raise NotSignedIn(_("user name or password is wrong")) from None


def _second_step(user: User, ask_code: Callable[[], str]) -> None:
    """Raises NotSignedIn without a code that fits. Whoever has nothing but passkeys cannot be asked here."""
    factors = list(Authenticator.objects.filter(user=user).order_by("pk"))
    codes = [factor for factor in factors if factor.type in CODES]
    if codes:
        typed = ask_code()
        if not any(factor.wrap().validate_code(typed) for factor in codes):
            raise NotSignedIn(_("the code is not right, was used already, or is too old; call again with a new one"))
    elif factors:
        raise NotSignedIn(
            _(
                "this account has passkeys alone, which cannot be shown to a command; sign in in a browser and add an "
                "authenticator app or recovery codes under Second step"
            )
        )
    elif settings.FENER_REQUIRE_MFA:
        raise NotSignedIn(_("this account has no second step yet; sign in in a browser and set it up first"))

"""What allauth asks of us: no sign-up, keys unlocked by the same password, second factors sealed at rest."""

from __future__ import annotations

import base64
import time
from typing import Any

from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from fener.trust import keys, session
from fener.trust.models import User


class ClosedAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an organisation's administrator; signing in unlocks the key."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        # One sentence for both, so that nobody learns which user names there are.
        "username_password_mismatch": _("The user name or the password is not right. Type both again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Check the password; if it fits, open the private key with it while it is at hand."""
        user = super().authenticate(request, **credentials)
        if isinstance(user, User) and user.is_active and credentials.get("password"):
            session.unlock(request, user, credentials["password"])
        return user

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever signed in a moment ago is not asked for the same password again."""
        records = get_authentication_records(context.request, context.request.user)
        fresh = time.time() - account_settings.REAUTHENTICATION_TIMEOUT
        return not any(r["method"] == "password" and r["at"] > fresh for r in records)

    def set_password(self, user: Any, password: str) -> None:
        """Refused: a password that is set past ``accounts.change_password`` would leave the key behind."""
        raise PermissionDenied("passwords change through fener.trust.accounts")


class SealedMFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """TOTP secrets and recovery codes are stored under a key from SECRET_KEY, which is not in the database."""

    def encrypt(self, text: str) -> str:
        return base64.b64encode(keys.encrypt(_mfa_key(), text.encode(), bound_to=_MFA_CONTEXT)).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        return keys.decrypt(_mfa_key(), base64.b64decode(encrypted_text), bound_to=_MFA_CONTEXT).decode()


_MFA_CONTEXT = keys.context("fener", "second-factor")


def _mfa_key() -> bytes:
    kdf = HKDF(algorithm=hashes.SHA256(), length=keys.KEY_BYTES, salt=None, info=_MFA_CONTEXT)
    return kdf.derive(settings.SECRET_KEY.encode())

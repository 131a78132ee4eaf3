"""What allauth asks of us: no sign-up, keys unlocked by the same password, second factors sealed at rest."""

from __future__ import annotations

import time
from typing import Any

from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fener.trust import session
from fener.trust.models import User
from fener.trust.signing_in import attempts, secrets


class ClosedAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts come from an invitation; signing in unlocks the key; attempts are counted by ``signing_in.attempts``."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        # One sentence for both, so that nobody learns which user names there are.
        "username_password_mismatch": _("The user name or the password is not right. Type both again."),
        "too_many_login_attempts": _("There were too many attempts. Wait five minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the attempt before it is looked at. Raises ValidationError while the name or the place has to wait."""
        name = str(credentials.get("username") or "")
        wait = attempts.begin(name=name, source=attempts.source_of(request))
        if wait:
            raise ValidationError(attempts.in_words(wait), code="too_many_login_attempts")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Check the password; if it fits, open the private key with it while it is at hand."""
        user = super().authenticate(request, **credentials)
        if user is not None:
            attempts.passed(name=str(credentials.get("username") or ""), source=attempts.source_of(request))
        if isinstance(user, User) and user.is_active and credentials.get("password"):
            session.unlock(request, user, credentials["password"])
        return user

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Whoever came without the password (a passkey, their organisation's sign-in) is asked for it on a page of
        its own, and may go on without it to what needs no keys.
        """
        answer: HttpResponse = super().post_login(request, user, **kwargs)
        if answer.status_code != 302 or getattr(request, "keyring", None) is not None:
            return answer
        return HttpResponseRedirect(f"{reverse('account_unlock')}?{urlencode({'next': answer.headers['Location']})}")

    def reauthenticate(self, user: Any, password: str) -> bool:
        """The password once more. A session that somebody copied before is of no use afterwards: it has a new id."""
        fits = bool(super().reauthenticate(user, password))
        if fits:
            context.request.session.cycle_key()
        return fits

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever signed in a moment ago is not asked for the same password again."""
        records = get_authentication_records(context.request, context.request.user)
        fresh = time.time() - account_settings.REAUTHENTICATION_TIMEOUT
        return not any(r["method"] == "password" and r["at"] > fresh for r in records)

    def set_password(self, user: Any, password: str) -> None:
        """Refused: a password that is set past ``accounts.change_password`` would leave the key behind."""
        raise PermissionDenied("passwords change through fener.trust.accounts")


class SealedMFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """TOTP secrets and recovery codes are stored under a key from SECRET_KEY, which is not in the database.

    Passkeys have no such hook: ``signing_in.sealing`` seals them as they are stored.
    """

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right, was used already, or is too old. Enter the one that shows now."),
    }

    def encrypt(self, text: str) -> str:
        return secrets.seal(text, "second-factor")

    def decrypt(self, encrypted_text: str) -> str:
        return secrets.open_sealed(encrypted_text, "second-factor")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The node as the device shows it: nothing that tells a stranger with the phone what it is for."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Fener"}

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return gettext("Passkey") if count == 0 else gettext("Passkey %(n)s") % {"n": count + 1}

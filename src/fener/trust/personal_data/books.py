"""The program's book-keeping, and the tables that libraries bring."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.trust.personal_data.kinds import KEY, SESSION, STAFF
from fener.trust.privacy.declaration import PROGRAM, About, link, not_personal


def _program(model: str, *names: str) -> About:
    return About(model, PROGRAM, fields=not_personal(PROGRAM, *names))


_BOOKS = (
    _program("trust.AuditChain", "id", "kind", "chain_id", "length", "head"),
    _program("trust.AuditRoot", "id", "number", "day", "statement", "digest"),
    _program("trust.AuditRootLeaf", "id", "root", "chain", "name", "length", "head"),
    _program("trust.JobRun", "name", "at", "detail"),
    _program("trust.SharedValue", "key", "value", "until"),
    _program("auth.Permission", "id", "name", "content_type", "codename"),
    _program("auth.Group_permissions", "id", "group", "permission"),
    _program("auth.Group", "id", "name", "permissions"),
    _program("contenttypes.ContentType", "id", "app_label", "model"),
)
_LIBRARIES = (
    About(
        "sessions.Session",
        _("signed-in browsers"),
        fields=SESSION.on(
            session_key=_("key of the session"),
            session_data=_("who is signed in, and keys that only the browser's cookie opens"),
            expire_date=_("until when"),
        ),
    ),
    About(
        "mfa.Authenticator",
        _("second factors of workers"),
        fields={
            **link("id"),
            **STAFF.on(user=_("worker"), type=_("which kind"), created_at=_("since when"), last_used_at=_("last use")),
            **KEY.on(data=_("the factor's secret, sealed")),
        },
    ),
    _program(
        "socialaccount.SocialApp", "id", "provider", "provider_id", "name", "client_id", "secret", "key", "settings"
    ),
    About(
        "socialaccount.SocialAccount",
        _("workers who sign in with their organisation's own account"),
        fields={
            **link("id"),
            **STAFF.on(
                user=_("worker"),
                provider=_("which organisation's sign-in"),
                uid=_("number of the worker there"),
                last_login=_("last sign-in"),
                date_joined=_("since when"),
                extra_data=_("what that sign-in tells"),
            ),
        },
    ),
    _program("socialaccount.SocialToken", "id", "app", "account", "token", "token_secret", "expires_at"),
    # The library brings these tables; accounts here have no e-mail address, and nothing is written to them.
    _program("account.EmailAddress", "id", "user", "email", "verified", "primary"),
    _program("account.EmailConfirmation", "id", "email_address", "created", "sent", "key"),
)

MODELS = (*_BOOKS, *_LIBRARIES)

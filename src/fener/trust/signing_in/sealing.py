"""Passkeys at rest: allauth has a hook for the secrets of other factors, and none for these.

A passkey's row holds no secret, only a public key; but which device somebody signs in with, and what they call it, is
nobody's business either. The row is sealed as it is stored and opened as it is read, bound to its holder: a row that
is moved to another account does not open.
"""

from __future__ import annotations

import json
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models.signals import post_init, post_save, pre_save

from fener.trust.signing_in.secrets import open_sealed, seal

SEALED = "sealed"
PLACE = "passkey"


def _seal(sender: Any, instance: Authenticator, **_kwargs: Any) -> None:
    if instance.type == Authenticator.Type.WEBAUTHN and SEALED not in instance.data:
        text = json.dumps(instance.data, ensure_ascii=False, separators=(",", ":"))
        instance.data = {SEALED: seal(text, PLACE, str(instance.user_id))}


def _open(sender: Any, instance: Authenticator, **_kwargs: Any) -> None:
    # A query that leaves the column out must not fetch it for this.
    data = instance.__dict__.get("data")
    if instance.__dict__.get("type") == Authenticator.Type.WEBAUTHN and isinstance(data, dict) and SEALED in data:
        instance.data = json.loads(open_sealed(data[SEALED], PLACE, str(instance.user_id)))


def connect() -> None:
    """Called once when the app is ready."""
    for signal, receiver in ((pre_save, _seal), (post_save, _open), (post_init, _open)):
        signal.connect(receiver, sender=Authenticator, dispatch_uid=f"fener.trust.sealing.{receiver.__name__}")

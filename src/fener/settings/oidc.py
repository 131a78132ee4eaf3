"""Organisations whose people may sign in with the organisation's own accounts (OpenID Connect), from the environment.

One organisation: ``FENER_OIDC_ISSUER``, ``FENER_OIDC_CLIENT_ID``, ``FENER_OIDC_SECRET``, ``FENER_OIDC_ORGANISATION``
(its id, as it stands in the address of its page under Network) and ``FENER_OIDC_NAME``. Several: ``FENER_OIDC_FILE``
names a JSON file with a list of objects that have the keys issuer, client_id, secret, organisation and name.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured

IN_ENVIRONMENT = {
    "issuer": "FENER_OIDC_ISSUER",
    "client_id": "FENER_OIDC_CLIENT_ID",
    "secret": "FENER_OIDC_SECRET",
    "organisation": "FENER_OIDC_ORGANISATION",
    "name": "FENER_OIDC_NAME",
}
KEYS = tuple(IN_ENVIRONMENT)
THIS_MACHINE = {"127.0.0.1", "localhost", "::1"}


def organisations() -> list[dict[str, Any]]:
    """What allauth calls apps. Raises ImproperlyConfigured, naming what is wrong and never repeating the secret."""
    found = []
    if os.environ.get("FENER_OIDC_ISSUER"):
        entry = {key: os.environ.get(variable, "") for key, variable in IN_ENVIRONMENT.items()}
        found.append(app(entry, "the environment"))
    if file := os.environ.get("FENER_OIDC_FILE"):
        found += [app(entry, f"FENER_OIDC_FILE, entry {number}") for number, entry in enumerate(_read(file), start=1)]
    if len({one["provider_id"] for one in found}) < len(found):
        raise ImproperlyConfigured("the same OIDC issuer is named twice")
    return found


def app(entry: dict[str, Any], where: str) -> dict[str, Any]:
    """One organisation's sign-in. Its address and the links to accounts hang on the issuer."""
    missing = [key for key in KEYS if not isinstance(entry.get(key), str) or not entry[key].strip()]
    if missing:
        raise ImproperlyConfigured(f"{where}: {', '.join(missing)} is missing")
    issuer = entry["issuer"].strip()
    parts = urlsplit(issuer)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in THIS_MACHINE):
        raise ImproperlyConfigured(f"{where}: the issuer begins with https://")
    try:
        organisation = UUID(entry["organisation"].strip())
    except ValueError:
        raise ImproperlyConfigured(f"{where}: organisation is the id in the address of its page") from None
    return {
        "provider_id": "oidc-" + hashlib.sha256(issuer.encode()).hexdigest()[:12],
        "name": entry["name"].strip()[:40],
        "client_id": entry["client_id"].strip(),
        "secret": entry["secret"].strip(),
        "settings": {
            "server_url": issuer.rstrip("/"),
            "issuer": issuer,
            "organisation": str(organisation),
            # Nothing but who it is: no name, no address, no second question to the organisation.
            "scope": ["openid"],
            "fetch_userinfo": False,
            "oauth_pkce_enabled": True,
        },
    }


def _read(file: str) -> list[dict[str, Any]]:
    try:
        found = json.loads(Path(file).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ImproperlyConfigured(f"FENER_OIDC_FILE cannot be read: {type(error).__name__}") from None
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise ImproperlyConfigured("FENER_OIDC_FILE is a list of objects")
    return found

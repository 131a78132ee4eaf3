"""Keys for what sign-in stores: derived from SECRET_KEY, which is not in the database."""

from __future__ import annotations

import base64

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from fener.trust import keys


def derived(*purpose: str) -> bytes:
    """The key of 32 bytes for one purpose. Another SECRET_KEY gives another key: what was sealed does not open then."""
    info = keys.context("fener", *purpose)
    return HKDF(algorithm=hashes.SHA256(), length=keys.KEY_BYTES, salt=None, info=info).derive(
        settings.SECRET_KEY.encode()
    )


def fingerprint(purpose: str, *parts: str) -> str:
    """A keyed hash in hex (64 signs): tells nothing of the parts to somebody who has the database alone."""
    return keys.keyed_hash(derived("fingerprint", purpose), keys.context(*parts)).hex()


def seal(text: str, *bound_to: str) -> str:
    """Seal a short text; base64."""
    context = keys.context("fener", *bound_to)
    return base64.b64encode(keys.encrypt(derived(*bound_to[:1]), text.encode(), bound_to=context)).decode("ascii")


def open_sealed(sealed: str, *bound_to: str) -> str:
    """Open what ``seal`` sealed in the same place. Raises keys.DoesNotOpen."""
    context = keys.context("fener", *bound_to)
    return keys.decrypt(derived(*bound_to[:1]), base64.b64decode(sealed), bound_to=context).decode()

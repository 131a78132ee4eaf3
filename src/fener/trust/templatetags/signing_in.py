"""``{% load signing_in %}``: what the pages of sign-in need beyond the design system."""

from __future__ import annotations

import json
from typing import Any

from django import template

from fener.trust.signing_in import organisations

register = template.Library()


def _plain(value: Any) -> Any:
    # The options of a passkey come as mappings of their own kind, not as dicts.
    return dict(value)


@register.filter
def as_json(value: Any) -> str:
    """For an attribute (the template escapes it): what a script reads from the page, without a script in the page."""
    return json.dumps(value, default=_plain, separators=(",", ":"))


@register.simple_tag
def organisation_sign_ins() -> list[Any]:
    """The organisations whose people may sign in with the organisation's own account."""
    return organisations.offered()


@register.filter
def has_passkeys(options: Any) -> bool:
    """Whether the person whose second step this is has a passkey at all."""
    return bool(options and dict(options)["publicKey"].get("allowCredentials"))

"""The service catalogue as casework asks for it: which kinds there are."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.norms.services_catalogue import catalogue
from fener.trust.errors import InvalidInput


def check_kind(kind: str, *, field: str = "kind") -> None:
    """Raises InvalidInput for a kind of service that the catalogue does not hold (rule AS-05)."""
    if kind not in catalogue().codes():
        raise InvalidInput({field: _("Choose a kind of service from the list.")})

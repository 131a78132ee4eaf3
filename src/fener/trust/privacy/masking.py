"""Values where nobody has asked to see them. What is covered is never in a list, hit, preview or export."""

from __future__ import annotations

from fener.trust.privacy import registry
from fener.trust.privacy.declaration import Mask

DOTS = "•" * 6  # always as many: the length of a number says something too
LEFT = 2


def cover(value: str) -> str:
    """All but the last two signs covered; short values covered whole."""
    return f"{DOTS} {value[-LEFT:]}" if len(value) > 2 * LEFT else DOTS


def is_covered(name: str) -> bool:
    """Whether a field (``identity.identity_number``) stays covered although its part is open."""
    declared = registry.pack_fields().get(name)
    return declared is not None and declared.mask is Mask.COVERED

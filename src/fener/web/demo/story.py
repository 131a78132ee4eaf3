"""The people of the demonstration."""

from __future__ import annotations

from fener.web.demo.mechanism import Mechanism


def tell(made: Mechanism) -> int:
    """Make the cases of the story; how many."""
    return 0

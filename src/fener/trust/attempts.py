"""Attempts at what a gate forbids: whoever keeps them hears of each, after the refused act was rolled back."""

from __future__ import annotations

from collections.abc import Callable

from fener.trust.actor import Actor
from fener.trust.errors import DomainError, GateClosed

Hear = Callable[[Actor, GateClosed], object]
_HEARS: list[Hear] = []


def hear(function: Hear) -> None:
    """Have ``function`` called for every gate that refused somebody; once, however often this is said."""
    if function not in _HEARS:
        _HEARS.append(function)


def tell(*, actor: Actor, error: DomainError) -> None:
    """Somebody was refused. Outside the act's transaction; nothing happens for what is no gate's refusal."""
    if isinstance(error, GateClosed):
        for function in _HEARS:
            function(actor, error)

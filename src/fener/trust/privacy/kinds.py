"""Kinds of files that can be erased, each with what its room knows about it. Rooms name theirs in ``personal_data``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from fener.trust.audit import Chain
from fener.trust.privacy import registry

if TYPE_CHECKING:
    from fener.trust.errors import Text


@dataclass(frozen=True)
class Hold:
    """Why something may not be erased yet, and when to look again (None: when the reason is gone)."""

    code: str
    text: Text
    until: date | None = None


@dataclass(frozen=True)
class Due:
    """One file whose time has run out. ``why``: steps as norms gave them, as JSON lists."""

    subject_id: UUID
    holder_id: UUID
    ground: str
    why: tuple[tuple[str, dict[str, object]], ...]


@dataclass(frozen=True)
class Kind:
    """``chain``: where its acts are audited. ``prepare``: what ends before the rows are gone through (offers, clocks).

    ``holds``: reasons against. ``due``: files whose time has run out at a moment. ``alive``: whether there is still
    something to erase.
    """

    code: str
    label: Text
    chain: Callable[[UUID], Chain]
    alive: Callable[[UUID], bool]
    prepare: Callable[[UUID, datetime], None]
    due: Callable[[datetime], Iterable[Due]]
    holds: Callable[[UUID], tuple[Hold, ...]] = lambda _subject: ()


def kinds() -> dict[str, Kind]:
    """Every kind by its code."""
    # A module may be called ``kinds`` too; what is asked for is a function.
    rooms = [module for module in registry.modules() if callable(getattr(module, "kinds", None))]
    return {kind.code: kind for module in rooms for kind in module.kinds()}


def kind(code: str) -> Kind:
    """One kind. Raises KeyError for one that no room brings."""
    return kinds()[code]

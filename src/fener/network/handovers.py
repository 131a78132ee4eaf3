"""What somebody who leaves still carries: each room says it in its module ``handovers``, and the leaving page shows it.

Counts and addresses only: whoever looks after a body's accounts opens no case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from fener.network.models import Membership
    from fener.trust.actor import Actor


@dataclass(frozen=True)
class Handover:
    """``words`` is a whole sentence with its count; ``href`` leads to the page where it is handed over, if one may."""

    count: int
    words: str
    href: str = ""


Source = Callable[["Actor", "Membership"], Handover]


def handovers(actor: Actor, membership: Membership) -> Iterator[Handover]:
    """What is left to hand over, room by room; nothing that is empty."""
    for room in settings.FENER_ROOMS:
        if not find_spec(f"{room}.handovers") or room == "fener.network":
            continue
        source: Source = import_module(f"{room}.handovers").handover
        found = source(actor, membership)
        if found.count:
            yield found

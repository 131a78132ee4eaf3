"""What has to happen because time passed: each room says it in its module ``due``, and ``fener tick`` does it.

A job holds no keys and opens nothing. It is a function of the moment; run twice for the same moment it does nothing
more, so that a timer may be as eager as it likes and a run that was cut off is made up for by the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from fener.trust.errors import Text


@dataclass(frozen=True)
class Job:
    """``kind`` is its code, ``words`` what a person reads before the count that ``run`` returns."""

    kind: str
    words: Text
    run: Callable[[datetime], int]


def jobs() -> Iterator[Job]:
    """Every room's jobs, in the order of ``FENER_ROOMS``. A room without a module ``due`` has none."""
    for room in settings.FENER_ROOMS:
        if find_spec(f"{room}.due"):
            yield from import_module(f"{room}.due").JOBS

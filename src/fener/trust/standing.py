"""For whom the database is asked at this moment: what row-level security (``trust.fence``) decides by.

It belongs to the running context (a thread, a request) and not to a connection: the wrapper in ``trust.postgresql``
compares the two before every statement, so that a connection that others used before cannot carry theirs on. Without
a standing the database returns no row that is about a person.

Set in three places: for each request by ``network.middleware``, for each command by ``fener.cli``, and around work that
really is the node's own by ``node_level(reason=...)``. On the embedded engine, which has no such fence, it changes
nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Standing:
    """``keeper`` and ``user`` are ids, ``reach`` what the policy table lets them list (``trust.fence``); ``at`` and
    ``today`` are the moment by which grounds are alive or not, the same for the whole of one piece of work.
    """

    keeper: str = ""
    user: str = ""
    reach: str = ""
    at: str = ""
    today: str = ""
    node: bool = False


NOBODY = Standing()
NODE = Standing(node=True)
_current: ContextVar[Standing] = ContextVar("fener_standing", default=NOBODY)


def current() -> Standing:
    return _current.get()


def take(standing: Standing) -> None:
    """From here on, in this context. For the entry of a process; everything else uses the context managers below."""
    _current.set(standing)


@contextmanager
def standing_as(standing: Standing) -> Iterator[None]:
    """Ask for somebody else in this block."""
    before = _current.set(standing)
    try:
        yield
    finally:
        _current.reset(before)


@contextmanager
def node_level(*, reason: str) -> Iterator[None]:
    """Work that is the node's own (jobs, totals, what a service must see to keep a rule). ``reason`` is for the reader.

    Rows are read inside the block: a lazy queryset that leaves it is read under the standing outside.
    """
    if not reason.strip():
        raise ValueError("say why this work is the node's own")
    with standing_as(NODE):
        yield

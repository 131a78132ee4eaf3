"""On PostgreSQL, services and selectors that a test calls stand for the actor they are given, as in a request.

So every test of a service is a test that row-level security lets it do its work, and the same work as on the engine
that has no fence. Imported by ``tests/conftest.py``.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import pkgutil
import sys
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from types import ModuleType
from typing import Any

from fener.trust import fence
from fener.trust.actor import Actor
from fener.trust.standing import standing_as

PLACES = ("services", "selectors")
_inside: ContextVar[bool] = ContextVar("tests_fenced_inside", default=False)


def _modules() -> Iterator[ModuleType]:
    for room in ("network", "casework", "contact"):
        for place in PLACES:
            package = importlib.import_module(f"fener.{room}.{place}")
            yield package
            for found in pkgutil.walk_packages(getattr(package, "__path__", []), f"{package.__name__}."):
                yield importlib.import_module(found.name)


def _standing_for_its_actor(act: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(act)
    def called(*args: Any, **named: Any) -> Any:
        given = [*args, *named.values()]
        actor = next((each for each in given if isinstance(each, Actor)), None)
        if actor is None or _inside.get():
            return act(*args, **named)
        token = _inside.set(True)
        try:
            with standing_as(fence.standing_of(actor)):
                return act(*args, **named)
        finally:
            _inside.reset(token)

    called.stands_for_actor = True  # type: ignore[attr-defined]
    return called


def stand_for_actors() -> None:
    """Once for a process."""
    replaced: dict[int, Callable[..., Any]] = {}
    for module in _modules():
        for name, act in list(vars(module).items()):
            if (
                not inspect.isfunction(act)
                or not act.__module__.startswith("fener.")
                or hasattr(act, "stands_for_actor")
            ):
                continue
            if "actor" not in inspect.signature(act).parameters:
                continue
            setattr(module, name, replaced.setdefault(id(act), _standing_for_its_actor(act)))
    # What tests and factories imported by name before.
    for module in [m for name, m in list(sys.modules.items()) if name.startswith("tests.")]:
        for name, act in list(vars(module).items()):
            if id(act) in replaced:
                setattr(module, name, replaced[id(act)])

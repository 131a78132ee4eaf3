"""The modules of a package, so that what lies in a folder is found and no list of it has to be kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from pkgutil import walk_packages
from types import ModuleType
from typing import Any


def inside(package: str, *, leave_out: Iterable[str] = ()) -> Iterator[ModuleType]:
    """Every module inside a package and its sub-packages, by name. ``leave_out``: whole names, and what is in them.

    The package may be the one that is being imported at this moment: it asks at its own end.
    """
    left = tuple(leave_out)
    names = sorted(found.name for found in walk_packages(import_module(package).__path__, f"{package}."))
    for name in names:
        if not any(name == out or name.startswith(f"{out}.") for out in left):
            yield import_module(name)


def gathered(package: str, attribute: str, *, leave_out: Iterable[str] = ()) -> tuple[Any, ...]:
    """What the modules inside a package hold under one name, joined: ``ROWS`` of every module in ``policies``.

    Packages that gather are not asked themselves: what they hold was gathered from inside them.
    """
    return tuple(
        each
        for module in inside(package, leave_out=leave_out)
        if not hasattr(module, "__path__")
        for each in getattr(module, attribute, ())
    )


def gathered_map(package: str, attribute: str, *, leave_out: Iterable[str] = ()) -> dict[str, Any]:
    """As :func:`gathered` for mappings. Raises ValueError where two modules answer for the same thing."""
    found: dict[str, Any] = {}
    for module in inside(package, leave_out=leave_out):
        if hasattr(module, "__path__"):
            continue
        for key, value in getattr(module, attribute, {}).items():
            if key in found:
                raise ValueError(f"{package}: {key} is declared twice")
            found[key] = value
    return found

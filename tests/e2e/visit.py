"""One page as one account sees it, and the words in which lists of pages are written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from tests.e2e.world import World

Objects = dict[str, Any]


@dataclass(frozen=True)
class Visit:
    """One page as one account sees it. ``press``: what leads from the page at the route to the one that is meant."""

    route: str
    who: str  # the account; empty: nobody has signed in
    args: Callable[[Objects], list[Any]] = lambda _at: []
    press: str = ""
    query: str = ""
    status: int = 200
    session: bool = False  # in a browser in which an administration session runs

    def address(self, world: World) -> str:
        """Where it is, without the host."""
        return reverse(self.route, args=self.args(world.at)) + self.query

    def __str__(self) -> str:
        return " ".join(part for part in (self.route, self.who, self.query, self.press) if part)


def case_and(name: str = "case", *more: str) -> Callable[[Objects], list[Any]]:
    return lambda at: [at[name].code, *(at[one].pk for one in more)]


def at_(*names: str) -> Callable[[Objects], list[Any]]:
    return lambda at: [at[one].pk for one in names]


def body_and(*more: str) -> Callable[[Objects], list[Any]]:
    return lambda at: [at["lanterna"].pk, *(at[one].pk for one in more)]


def pages(who: str, args: Callable[[Objects], list[Any]], *routes: str, session: bool = False) -> list[Visit]:
    return [Visit(route, who, args, session=session) for route in routes]

"""Hierarchical log-linear models of overlapping lists, and their notation ``[A,B][C]``.

A set of lists is a whole number: bit ``j`` stands for list ``j``. A capture history is the set of lists on which a case
stands; an effect is the set of lists that interact. A model is hierarchical (with an effect it holds all effects within
it) and holds every list's main effect, so its maximal effects, the generators, name it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

MAX_LISTS = 10
# Number of hierarchical models with every main effect, without the saturated one (Dedekind's numbers less what lacks a
# main effect): what an exhaustive search has to look at.
NUMBER_OF_MODELS = {2: 1, 3: 8, 4: 113, 5: 6_893, 6: 7_785_061}


class ModelError(ValueError):
    """A model's notation that cannot be read; the text says why."""


@dataclass(frozen=True, slots=True)
class Model:
    """A hierarchical model of ``lists`` lists: its effects as sets of lists, sorted by size and then by number."""

    lists: int
    effects: tuple[int, ...]

    @property
    def order(self) -> int:
        """Number of lists in the largest effect."""
        return max(effect.bit_count() for effect in self.effects)

    @property
    def generators(self) -> tuple[int, ...]:
        """The effects that no other effect contains."""
        return tuple(e for e in self.effects if not any(e != f and e & f == e for f in self.effects))

    def __contains__(self, effect: int) -> bool:
        return effect in self.effects


def closed(lists: int, effects: Iterable[int]) -> Model:
    """The smallest hierarchical model of ``lists`` lists that holds ``effects`` and every main effect."""
    found = {1 << j for j in range(lists)}
    for effect in effects:
        part = effect
        while part:
            found.add(part)
            part = (part - 1) & effect
    return Model(lists, tuple(sorted(found, key=lambda e: (e.bit_count(), e))))


def independence(lists: int) -> Model:
    """The model without interaction: the main effects only."""
    return closed(lists, ())


def members(effect: int) -> list[int]:
    """The numbers of the lists in a set of lists."""
    return [j for j in range(effect.bit_length()) if effect >> j & 1]


def notation(model: Model, names: Sequence[str]) -> str:
    """``[A,B][C]``: the generators, in the order of the lists."""
    generators = sorted(members(g) for g in model.generators)
    return "".join("[" + ",".join(names[j] for j in g) + "]" for g in generators)


def parse(text: str, names: Sequence[str]) -> Model:
    """The model that ``text`` names. Lists that it leaves out stand alone. Raises ModelError."""
    if not re.fullmatch(r"(\s*\[[^\[\]]*\]\s*)+", text):
        raise ModelError(f"model {text!r} is not written like [A,B][C]")
    effects = []
    for part in re.findall(r"\[([^\[\]]*)\]", text):
        effect = 0
        for name in (n.strip() for n in part.split(",")):
            if name not in names:
                raise ModelError(f"model {text!r} names {name!r}, but the lists are {', '.join(names)}")
            bit = 1 << list(names).index(name)
            if effect & bit:
                raise ModelError(f"model {text!r} names {name!r} twice in one pair of brackets")
            effect |= bit
        effects.append(effect)
    return closed(len(names), effects)


def every_model(lists: int, order: int | None = None) -> Iterator[Model]:
    """Every hierarchical model with all main effects up to ``order`` (None.

    Up to ``lists`` - 1), simplest first in order.
    """
    top = lists - 1 if order is None else min(order, lists - 1)

    def extend(size: int, chosen: frozenset[int]) -> Iterator[frozenset[int]]:
        if size > top:
            yield chosen
            return
        wholes = (sum(1 << j for j in c) for c in combinations(range(lists), size))
        # an effect may enter when all effects one list smaller are there
        free = [e for e in wholes if size == 2 or all(e ^ (1 << j) in chosen for j in members(e))]
        if not free:
            yield chosen
            return
        for pick in range(1 << len(free)):
            added = frozenset(e for i, e in enumerate(free) if pick >> i & 1)
            if not added:
                yield chosen
            else:
                yield from extend(size + 1, chosen | added)

    for effects in extend(2, frozenset(1 << j for j in range(lists))):
        yield Model(lists, tuple(sorted(effects, key=lambda e: (e.bit_count(), e))))


def neighbours(model: Model, order: int | None = None) -> list[Model]:
    """Models that differ by one effect: an effect whose parts are all there added, or a generator left out."""
    lists, effects = model.lists, set(model.effects)
    top = lists - 1 if order is None else min(order, lists - 1)
    found = []
    for effect in range(3, 1 << lists):
        size = effect.bit_count()
        if size < 2 or size > top:
            continue
        if effect in effects:
            if effect in model.generators:
                found.append(closed(lists, effects - {effect}))
        elif size == 2 or all(effect ^ (1 << j) in effects for j in members(effect)):
            found.append(closed(lists, effects | {effect}))
    return found


@cache
def indicators(lists: int) -> NDArray[np.float64]:
    """Shape (2^lists, 2^lists): 1 where the row (a history) holds the column (an effect). Column 0 is the intercept."""
    history = np.arange(1 << lists)
    holds: NDArray[np.float64] = ((history[:, None] & history[None, :]) == history[None, :]).astype(np.float64)
    return holds


def design(model: Model) -> NDArray[np.float64]:
    """The design over observable histories: shape (2^lists - 1, 1 + effects); row ``h - 1`` is history ``h``."""
    matrix: NDArray[np.float64] = indicators(model.lists)[1:][:, [0, *model.effects]]
    return matrix

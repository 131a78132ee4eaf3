"""From records to a protected release: count, find what is sensitive, leave out or round, with the past in view."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from fener.bad_input import BadInput
from fener.evidence.release.audit.auditor import Scene
from fener.evidence.release.audit.published import Published, on_common_codes, overlaps
from fener.evidence.release.audit.space import Space
from fener.evidence.release.audit.target import (
    DIFFERENCE,
    DOMINANCE,
    SMALL,
    Target,
    hidden_differences,
    needed,
    sensitive_cells,
    shared_attributes,
)
from fener.evidence.release.microdata import Microdata
from fener.evidence.release.national.cells import Cell, Shape, counts, label, largest_contributions
from fener.evidence.release.national.people import one_row_a_person
from fener.evidence.release.national.rounding import NotAdditive, round_controlled
from fener.evidence.release.national.suppress import Problem, Unprotectable, cost, starting_sets, suppress
from fener.evidence.release.spec import National, Spec


class Refused(Exception):
    """A release that cannot be made safe, with the reason."""


@dataclass(frozen=True)
class Plan:
    """``published``: what may go out. ``true``: the counts. ``gap``: how much cheaper a pattern may be; 0: none is.

    ``rows``: records read; ``persons``: counted.
    """

    published: Published
    true: Mapping[Cell, int]
    rows: int
    persons: int
    gap: float = 0.0
    rounds: int = 0


def plan(spec: Spec, data: Microdata, earlier: Sequence[Published], *, id: str = "new") -> Plan:
    """Count and protect. Raises BadInput for the records and Refused where earlier releases leave no safe way."""
    rules = spec.national
    if rules is None:
        raise ValueError("not a specification of the national family")
    people = one_row_a_person(spec, data)
    shape = Shape(spec.columns, spec.tables)
    true = counts(shape, people)
    targets = _targets(shape, true, people, rules)
    whole = Published(
        id=id,
        title=spec.title,
        population=spec.population,
        shape=shape.design,
        counts=true,
        targets=tuple(targets),
        minimum=rules.minimum,
        width=rules.protection,
        base=rules.base if rules.method == "round" else 0,
        groups=rules.groups,
    )
    if rules.method == "round":
        try:
            rounded = round_controlled(shape, true, rules.base)
        except NotAdditive:
            raise Refused(f"no additive rounding to base {rules.base} exists; leave out a table or a column") from None
        return Plan(replace(whole, counts=rounded), true, data.rows, people.rows)
    hidden, extra, gap, rounds = _suppressed(whole, true, people, earlier)
    printed = {cell: None if cell in hidden else count for cell, count in true.items()}
    done = replace(whole, counts=printed, targets=(*whole.targets, *extra))
    return Plan(done, true, data.rows, people.rows, gap, rounds)


def _targets(shape: Shape, true: Mapping[Cell, int], people: Microdata, rules: National) -> list[Target]:
    width, minimum = rules.protection, rules.minimum
    largest = largest_contributions(shape, people) if rules.dominance is not None else None
    targets = sensitive_cells(shape, true, minimum=minimum, width=width, dominance=rules.dominance, largest=largest)
    if rules.method == "suppress" and rules.groups == "suppress":
        targets += shared_attributes(shape, true, width=width)
    return targets + hidden_differences(shape, true, minimum=minimum, width=width)


def _suppressed(
    whole: Published, true: Mapping[Cell, int], people: Microdata, earlier: Sequence[Published]
) -> tuple[set[Cell], list[Target], float, int]:
    """Which cells to leave out; further targets that only the past makes sensitive."""
    related = [release for release in earlier if overlaps(release.population, whole.population)]
    releases = on_common_codes([*related, whole])
    new = releases[-1]
    counted = dict(zip(new.counts, true.values(), strict=True))  # the same order, whatever the codes became
    scene = Scene(releases)
    extra = _since(scene, counted)
    forced = _revised(scene, counted)
    index = {cell: number for number, cell in enumerate(new.counts)}
    must = np.zeros(len(index), dtype=bool)
    for target in new.targets:
        if target.part is None and target.why in (SMALL, DOMINANCE):
            must[index[target.whole]] = True
    for cell in forced:
        must[index[cell]] = True
    wanted = _wanted(scene, counted, extra, people)
    before = [release for release in scene.together if release is not new]
    problem = _problem(scene, scene.space, before, index, counted, must, wanted)
    if scene.space.joint:
        sums = replace(scene.space, limit=0)
        problem = replace(problem, quick=_problem(scene, sums, before, index, counted, must, wanted))
    if not scene.apart:
        problem = replace(problem, starts=starting_sets(new.shape.lines, index, must))
    try:
        pattern = suppress(problem)
    except Unprotectable as error:
        target, release, _, _ = wanted[error.target]
        raise Refused(
            f"{target.words(release.shape)}: what earlier releases print gives it away already, whatever is left out"
            " of this one"
        ) from None
    places = dict(zip(new.counts, whole.counts, strict=True))
    hidden = {places[cell] for cell, number in index.items() if pattern.hidden[number]}
    return hidden, [replace(t, whole=places[t.whole]) for t in extra], pattern.gap, pattern.rounds


Wanted = tuple[Target, Published, NDArray[np.bool_], int]


def _problem(
    scene: Scene,
    space: Space,
    before: Sequence[Published],
    index: Mapping[Cell, int],
    counted: Mapping[Cell, int],
    must: NDArray[np.bool_],
    wanted: Sequence[Wanted],
) -> Problem:
    fixed, low, high = scene.known(before, space)
    times = scene.times(scene.together[-1])
    return Problem(
        cells=space.rows([(cell, times) for cell in index]),
        counts=np.array([counted[cell] for cell in index], dtype=float),
        costs=np.array([cost(counted[cell]) for cell in index]),
        must=must,
        fixed=fixed,
        fixed_low=low,
        fixed_high=high,
        equations=space.equations,
        targets=_stacked(space, wanted),
        low=np.array([needed(value, t.width)[0] for t, _, _, value in wanted], dtype=float),
        high=np.array([needed(value, t.width)[1] for t, _, _, value in wanted], dtype=float),
    )


def _stacked(space: Space, wanted: Sequence[Wanted]) -> sparse.csr_matrix:
    rows = []
    for target, _, times, _ in wanted:
        row = space.rows([(target.whole, times)])
        rows.append(row if target.part is None else row - space.rows([(target.part, times)]))
    return sparse.csr_matrix(sparse.vstack(rows)) if rows else sparse.csr_matrix((0, space.unknowns))


def _wanted(scene: Scene, counted: Mapping[Cell, int], extra: Sequence[Target], people: Microdata) -> list[Wanted]:
    """What must stay uncertain, with its true count as far as it is known today."""
    new = scene.together[-1]
    times = scene.times(new)
    wanted: list[Wanted] = []
    for target in new.targets:
        value = counted[target.whole] - (0 if target.part is None else counted[target.part])
        wanted.append((target, new, times, value))
    for target in extra:
        old = next(r for r in scene.together if scene.order[r.id] == target.earlier)
        rest = scene.times(old) ^ times
        wanted.append((target, new, rest, abs(counted[target.whole] - (old.counts[target.whole] or 0))))
    for release in scene.together[:-1]:
        same = bool(np.array_equal(scene.times(release), times))
        for target in release.targets:
            if not same or target.earlier is not None:
                continue  # its true count is not in these records; the auditor attacks it all the same
            count = _count(target.whole, people)
            less = 0 if target.part is None else _count(target.part, people)
            if count is not None and less is not None:
                wanted.append((target, release, times, count - less))
    return wanted


def _count(cell: Cell, people: Microdata) -> int | None:
    """The count of any cell in these records; None where they lack a column or a code of it."""
    chosen = np.ones(people.rows, dtype=bool)
    for name, codes in cell:
        column = people.columns.get(name)
        if column is None or not codes <= set(column.labels):
            return None
        chosen &= np.array([label in codes for label in column.labels])[column.codes]
    return int(chosen.sum())


def _since(scene: Scene, counted: Mapping[Cell, int]) -> list[Target]:
    """Cells that an earlier release printed and that differ now by a small count: who came (or is left out) since."""
    new = scene.together[-1]
    times = scene.times(new)
    found = []
    for old in scene.together[:-1]:
        before = scene.times(old)
        nested = not (before & ~times).any() or not (times & ~before).any()
        if old.base or not nested or np.array_equal(before, times):
            continue
        for cell, count in counted.items():
            printed = old.counts.get(cell)
            if printed is not None and 0 < abs(count - printed) < new.minimum:
                found.append(Target(DIFFERENCE, cell, new.width, earlier=scene.order[old.id]))
    return found


def _revised(scene: Scene, counted: Mapping[Cell, int]) -> set[Cell]:
    """Cells that a release which no longer agrees printed with a count that differs by few: not printed again."""
    new = scene.together[-1]
    return {
        cell
        for old in scene.apart
        if not old.base
        for cell, count in counted.items()
        if (printed := old.counts.get(cell)) is not None and 0 < abs(count - printed) < new.minimum
    }


def check_people(spec: Spec, people: Microdata) -> None:
    """Raises BadInput where there is nobody to count."""
    if not people.rows:
        raise BadInput(f"{label((), Shape(spec.columns, spec.tables))}: nobody is counted")

"""The auditor: attacks a release alone and together with every earlier one, and says what it gives away.

It knows what the public knows: the design of the tables, the method, every printed count of every release. It is
told which targets must stay uncertain, but not their true counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from fener.evidence.release.audit.attack import Attack, Seen, rounded_inwards, whole_interval
from fener.evidence.release.audit.published import Published, on_common_codes, overlaps
from fener.evidence.release.audit.space import Space, parts_of_time
from fener.evidence.release.audit.target import DIFFERENCE, GROUP, Target
from fener.evidence.release.national.cells import label


@dataclass(frozen=True)
class Finding:
    """What a release gives away. ``why``: small, dominance, group, difference, revised.

    ``low`` and ``high``: what an attacker can tell of the count; ``width``: what was asked for. ``releases``: by whose
    counts together.
    """

    why: str
    cell: str
    low: float
    high: float
    width: int
    releases: tuple[str, ...]
    message: str


@dataclass(frozen=True)
class Audit:
    """``findings`` empty: the release may be published. ``attacked``: how many targets were attacked.

    ``joint``: whether the attack used the joint table of all columns. ``apart``: releases whose counts contradict the
    new ones (records were corrected or withdrawn) and which could only be compared cell by cell.
    """

    findings: tuple[Finding, ...]
    attacked: int
    joint: bool
    together: tuple[str, ...]
    apart: tuple[str, ...] = ()


def audit(new: Published, earlier: Sequence[Published] = ()) -> Audit:
    """Attack ``new`` alone and with every earlier release about the same persons."""
    related = [release for release in earlier if overlaps(release.population, new.population)]
    releases = on_common_codes([*related, new])
    scene = Scene(releases)
    findings = [*_printed(releases[-1]), *_narrow(scene)]
    for release in scene.apart:
        findings += _compared(releases[-1], release)
    return Audit(
        findings=tuple(dict.fromkeys(findings)),  # two ways to the same end are one
        attacked=len(scene.asked),
        joint=scene.space.joint,
        together=tuple(release.id for release in scene.together),
        apart=tuple(release.id for release in scene.apart),
    )


@dataclass(frozen=True)
class Asked:
    """A target of one release, as a sum of unknowns; ``always``: whatever its count, otherwise only where small."""

    release: Published
    target: Target
    row: sparse.csr_matrix
    always: bool


class Scene:
    """All releases that agree with the newest (the last), their unknowns, and what must stay uncertain of them."""

    def __init__(self, releases: Sequence[Published]) -> None:
        self.members = parts_of_time([release.population for release in releases])
        self.space = Space(tuple(release.shape for release in releases), self.members)
        self.order = {release.id: number for number, release in enumerate(releases)}
        self.together: list[Published] = [releases[-1]]
        self.apart: list[Published] = []
        for release in reversed(releases[:-1]):
            if self.attack([*self.together, release]).possible():
                self.together.insert(0, release)
            else:
                self.apart.append(release)
        self.asked = [a for release in self.together for a in self._asked(release)] + self._between()

    def times(self, release: Published) -> NDArray[np.bool_]:
        """Which parts of the records the release counted."""
        times: NDArray[np.bool_] = self.members[self.order[release.id]]
        return times

    def known(
        self, releases: Sequence[Published], space: Space | None = None
    ) -> tuple[sparse.csr_matrix, NDArray[np.float64], NDArray[np.float64]]:
        """Everything that these releases print: rows (of ``space``, or of the scene's), least and most of each."""
        wanted, low, high = [], [], []
        for release in releases:
            for cell in release.shape.cells:
                if (bounds := release.bounds(cell)) is not None:
                    wanted.append((cell, self.times(release)))
                    low.append(bounds[0])
                    high.append(bounds[1])
        return (space or self.space).rows(wanted), np.array(low, dtype=float), np.array(high, dtype=float)

    def attack(self, releases: Sequence[Published]) -> Attack:
        """The attack that knows these releases."""
        return Attack(*self.known(releases), self.space.equations)

    def row(self, target: Target, release: Published) -> sparse.csr_matrix:
        """A target of a release as a sum of unknowns."""
        row = self.space.rows([(target.whole, self.times(release))])
        if target.part is not None:
            row = row - self.space.rows([(target.part, self.times(release))])
        return sparse.csr_matrix(row)

    def _asked(self, release: Published) -> list[Asked]:
        declared = [t for t in release.targets if t.earlier is None]
        own = {(t.whole, t.part) for t in declared}
        asked = [Asked(release, t, self.row(t, release), True) for t in declared]
        for larger, smaller in release.shape.nested:
            if (larger, smaller) not in own:
                target = Target(DIFFERENCE, larger, release.width, smaller)
                asked.append(Asked(release, target, self.row(target, release), False))
        return asked

    def _between(self) -> list[Asked]:
        """Who was added or left out between two releases, one of which counts all that the other counts."""
        asked = []
        for number, one in enumerate(self.together):
            for other in self.together[number + 1 :]:
                for small, large in ((one, other), (other, one)):
                    rest = self.times(large) & ~self.times(small)
                    if not rest.any() or (self.times(small) & ~self.times(large)).any():
                        continue
                    width = max(one.width, other.width)
                    for cell in large.shape.cells:
                        if cell in small.counts:
                            target = Target(DIFFERENCE, cell, width, earlier=self.order[small.id])
                            asked.append(Asked(large, target, self.space.rows([(cell, rest)]), False))
        return asked


def _narrow(scene: Scene) -> list[Finding]:
    """Targets of which everything together tells too much."""
    if not scene.asked:
        return []
    attack = scene.attack(scene.together)
    seen = Seen(sparse.csr_matrix(sparse.vstack([asked.row for asked in scene.asked])))
    found = []
    for number, asked in enumerate(scene.asked):
        low, high = _interval(attack, asked, seen, number)
        if high - low >= asked.target.width or not (asked.always or (high > 0 and low < asked.release.minimum)):
            continue
        found.append(_finding(scene, asked, low, high))
    return found


def _interval(attack: Attack, asked: Asked, seen: Seen, number: int) -> tuple[float, float]:
    """An interval that is at least as wide as the target asks, or the whole of what is possible."""
    width = asked.target.width
    ends = []
    for most in (False, True):
        if seen.high[number] - seen.low[number] >= width:
            return seen.low[number], seen.high[number]
        end = attack.end(asked.row, most=most)
        if end.table is not None and end.whole:
            seen.take(np.round(end.table))
        ends.append(end.value)
    if seen.high[number] - seen.low[number] >= width:
        return seen.low[number], seen.high[number]
    low, high = rounded_inwards(ends[0], ends[1])
    return (low, high) if high - low < width else _by_whole_tables(attack, asked, low, high)


def _by_whole_tables(attack: Attack, asked: Asked, low: float, high: float) -> tuple[float, float]:
    """Fractions allow enough; ends that whole persons attain, moving inwards from the linear bounds."""
    width = asked.target.width
    if low == -inf:
        low = 0.0
    top = min(high, low + width)  # unbounded above: enough is enough
    table = attack.whole_table(asked.row, at=low, most=False)
    while table is None and low < top:
        low += 1
        table = attack.whole_table(asked.row, at=low, most=False)
    top = min(high, low + width)
    table = attack.whole_table(asked.row, at=top, most=True)
    while table is None and top > low:
        top -= 1
        table = attack.whole_table(asked.row, at=top, most=True)
    return low, top


def _finding(scene: Scene, asked: Asked, low: float, high: float) -> Finding:
    """In words, with the releases that are to blame: the new one alone if it suffices."""
    target, release = asked.target, asked.release
    newest = scene.together[-1]
    blamed: list[Published] = [r for r in scene.together if r is release or r is newest]
    if release is newest and target.earlier is None:
        alone = whole_interval(scene.attack([newest]), asked.row)
        blamed = [newest] if alone[1] - alone[0] < target.width else list(scene.together)
    elif target.earlier is not None:
        blamed = [r for r in scene.together if r is release or scene.order[r.id] == target.earlier]
    what = target.words(release.shape)
    if target.earlier is not None:
        what = f"{what}: those who are counted in one of two releases and not in the other"
    known = f"is {low:.0f}" if low == high else f"lies between {low:.0f} and {high:.0f}"
    by = " and ".join(r.id for r in blamed)
    message = f"{what}: from {by} follows that the count {known}; {target.width} must stay uncertain"
    return Finding(target.why, what, low, high, target.width, tuple(r.id for r in blamed), message)


def _printed(release: Published) -> list[Finding]:
    """What print itself shows: counts below the minimum, and groups whose members all share an attribute."""
    if release.base:
        return []
    found = []
    for cell, count in release.counts.items():
        if count is not None and 0 < count < release.minimum:
            words = label(cell, release.shape)
            message = f"{words}: {count} stands in print, fewer than the minimum of {release.minimum}"
            found.append(Finding("small", words, count, count, release.width, (release.id,), message))
    if release.groups != "suppress":
        return found
    inhabited = {target.whole for target in release.targets if target.earlier is None}  # left out, but not for being 0
    for line in release.shape.lines:
        counts = [release.counts[part] for part in line.parts]
        whole = release.counts[line.whole]
        holders = [part for part, count in zip(line.parts, counts, strict=True) if count != 0]
        somebody = whole or (whole is None and line.whole in inhabited)
        if line.whole and somebody and len(holders) == 1 and holders[0] != line.whole:
            missing = release.shape.columns[line.column].missing
            if missing and dict(holders[0]).get(line.column) == frozenset([missing]):
                continue
            words = label(line.whole, release.shape)
            message = f"{words}: print shows that everybody is {label(holders[0], release.shape)}"
            found.append(Finding(GROUP, words, 0, 0, release.width, (release.id,), message))
    return found


def _compared(new: Published, old: Published) -> list[Finding]:
    """Two releases whose counts cannot both hold: compare each cell, for a correction of few is a disclosure too."""
    found = []
    common = 0
    for cell, count in new.counts.items():
        before = old.counts.get(cell)
        common += cell in old.counts
        if count is None or before is None or new.base or old.base:
            continue
        if 0 < abs(count - before) < new.minimum:
            words = label(cell, new.shape)
            message = f"{words}: {old.id} printed {before}, this release {count}; the difference is a small count"
            low = abs(count - before)
            found.append(Finding("revised", words, low, low, new.width, (old.id, new.id), message))
    if not common:
        message = f"the code lists of {old.id} and of this release cannot be compared, nor their counts reconciled"
        found.append(Finding("revised", "everybody", 0, inf, new.width, (old.id, new.id), message))
    return found

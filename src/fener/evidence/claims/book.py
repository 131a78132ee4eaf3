"""A file of claims, indexed once so that every check reads it in one pass."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from fener.bad_input import BadInput
from fener.evidence.claims.bounds import NOTHING_KNOWN, Bounds, total
from fener.evidence.claims.catalogue import Catalogue
from fener.evidence.claims.model import Claim, Period

FEW, MANY = 20, 200  # groups of parts that are tried, and the members of one


@dataclass(eq=False)
class Book:
    """``claims`` in the order of the file; ``by_id`` the first of each id; ``twice`` the ids that stand more than once,
    with all their rows; ``parts`` the direct parts of a whole."""

    file: str
    claims: Sequence[Claim]
    rules: Catalogue
    by_id: Mapping[str, Claim] = field(default_factory=dict)
    twice: Mapping[str, Sequence[Claim]] = field(default_factory=dict)
    parts: Mapping[str, Sequence[Claim]] = field(default_factory=dict)

    @classmethod
    def of(cls, file: str, claims: Sequence[Claim], rules: Catalogue) -> Book:
        """Index the claims. Raises BadInput for a reference to nothing and for a circle."""
        by_id: dict[str, Claim] = {}
        twice: dict[str, list[Claim]] = {}
        parts: dict[str, list[Claim]] = defaultdict(list)
        for claim in claims:
            first = by_id.setdefault(claim.id, claim)
            if first is not claim:
                twice.setdefault(claim.id, [first]).append(claim)
            if claim.part_of:
                parts[claim.part_of].append(claim)
        _references(file, claims, by_id)
        _circles(file, claims, by_id, "part_of")
        _circles(file, claims, by_id, "base")
        for claim in claims:
            claim.when = _when(claim, by_id)
        return cls(file, claims, rules, by_id, twice, dict(parts))

    def above(self, claim: Claim) -> Iterator[Claim]:
        """The wholes of a claim, nearest first."""
        while claim.part_of:
            claim = self.by_id[claim.part_of]
            yield claim

    def period(self, claim: Claim) -> Period:
        """Its period, or that of its whole or base where it states none."""
        return claim.when

    def breakdowns(self, whole: str) -> Mapping[str, Sequence[Claim]]:
        """The parts of a whole by breakdown."""
        by: dict[str, list[Claim]] = defaultdict(list)
        for part in self.parts.get(whole, ()):
            by[part.breakdown].append(part)
        return by

    def exclude(self, one: Claim, two: Claim) -> bool:
        """Whether nobody can be counted in both: one measure, and a term against its complement, other countries, or
        times that share no day."""
        if one.measure != two.measure or two.id in one.overlaps or one.id in two.overlaps:
            return False
        others = {self.rules.complements.get(term) for term in one.population}
        countries = [{term for term in claim.population if len(term) == 2} for claim in (one, two)]
        apart = all(countries) and not countries[0] & countries[1]
        mine, theirs = self.period(one), self.period(two)
        return bool(others & two.population) or apart or not mine.overlaps(theirs)

    def adding(self, parts: Sequence[Claim]) -> Sequence[Sequence[Claim]]:
        """Parts of a whole that may be added up: all of a named breakdown; of those that no breakdown is named for,
        groups whose members exclude each other, the greatest first ("of whom minor" and "of whom female" do not)."""
        if not parts or parts[0].breakdown:
            return [parts]
        groups: list[list[Claim]] = []
        for part in sorted(parts, key=lambda c: -(c.bounds or NOTHING_KNOWN).low):
            near = (g for g in groups[:FEW] if len(g) < MANY and all(self.exclude(part, other) for other in g))
            fit = next(near, None)
            if fit is None:
                groups.append([part])
            else:
                fit.append(part)
        return [sorted(group, key=lambda c: c.row) for group in groups]

    def linked(self, one: Claim, two: Claim) -> bool:
        """Whether the file itself says how the two belong together: overlap, base, or one is of the other."""
        return (
            two.id in one.overlaps
            or one.id in two.overlaps
            or one.base == two.id
            or two.base == one.id
            or any(whole is two for whole in self.above(one))
            or any(whole is one for whole in self.above(two))
        )

    def known(self, claim: Claim) -> Bounds:
        """What is known of a figure: what it states, else what its parts give (at least, if they need not be all)."""
        return claim.bounds if claim.bounds is not None else self._inferred.get(claim.id, NOTHING_KNOWN)

    @cached_property
    def _inferred(self) -> dict[str, Bounds]:
        """For wholes without a value: from their parts, deepest first."""
        found: dict[str, Bounds] = {}
        open_wholes = [self.by_id[w] for w in self.parts if self.by_id[w].bounds is None]
        depth = {whole.id: sum(1 for _ in self.above(whole)) for whole in open_wholes}
        for whole in sorted(open_wholes, key=lambda c: -depth[c.id]):
            low = NOTHING_KNOWN
            for parts in self.breakdowns(whole.id).values():
                if any(part.unit != whole.unit for part in parts):
                    continue
                given = total(part.bounds or found.get(part.id, NOTHING_KNOWN) for part in parts)
                known = [[part.bounds or found.get(part.id, NOTHING_KNOWN) for part in g] for g in self.adding(parts)]
                least = max(total(group).low for group in known)
                if any(part.overlaps for part in parts):
                    least = max((part.bounds or NOTHING_KNOWN).low for part in parts)
                given = Bounds(least, given.high)
                given = given if whole.parts_complete else Bounds(given.low, None)
                if given.low > low.low or given.high is not None:
                    low = given
            found[whole.id] = low
        return found


def _when(claim: Claim, by_id: Mapping[str, Claim]) -> Period:
    seen, left = claim, 1000  # part_of and base may alternate, so their chain need not end by itself
    while not seen.period.stated and (seen.part_of or seen.base) and left:
        seen, left = by_id[seen.part_of or seen.base], left - 1
    return seen.period


def _references(file: str, claims: Sequence[Claim], by_id: Mapping[str, Claim]) -> None:
    for claim in claims:
        for column, name in (
            ("part_of", claim.part_of),
            ("base", claim.base),
            *(("overlaps", o) for o in claim.overlaps),
        ):
            if name and name not in by_id:
                raise BadInput(f'{file}: row {claim.row}, column {column}: no figure has the id "{name[:60]}"')
            if name == claim.id and name:
                raise BadInput(f"{file}: row {claim.row}, column {column}: names itself")


def _circles(file: str, claims: Sequence[Claim], by_id: Mapping[str, Claim], column: str) -> None:
    """Follow each chain once; what was seen to end needs no second look."""
    ends: set[str] = set()
    for claim in claims:
        walked: dict[str, Claim] = {}
        at = claim
        while at.id not in ends:
            if at.id in walked:
                names = list(walked)
                circle = " → ".join([*names[names.index(at.id) :], at.id][:8])
                raise BadInput(f"{file}: row {at.row}, column {column}: goes round in a circle ({circle})")
            walked[at.id] = at
            above: str = getattr(at, column)
            if not above:
                break
            at = by_id[above]
        ends.update(walked)

"""Levels of risk: the highest finding counts, every reason is kept, and only a recorded review lowers (rule WP-01)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from fener.norms.path.flags import Flag
from fener.norms.vocab import vocabulary
from fener.norms.why import Step, gettext_noop

HELD_UP = gettext_noop("An earlier assessment found a higher level (%(level)s). Only a recorded review lowers it.")
NOT_ASKED = gettext_noop("Nobody has asked about recruiters where the person lives or returns to.")
NO_ANSWER = gettext_noop("The plan has no measure against recruiters where the person lives or returns to.")
NO_MEASURE = gettext_noop("There is a danger (%(risk)s), and the plan has no measure.")
NO_REVIEW = gettext_noop("No date of review is set.")
LAPSED = gettext_noop("The review was due on %(day)s.")


@dataclass(frozen=True)
class RiskFinding:
    """One finding: a kind (list ``risk_kind``), a level (list ``risk_level``) and a reference to its words."""

    kind: str
    level: str
    ref: str = ""


@dataclass(frozen=True)
class RiskLevel:
    """The level that counts (None: nothing was found), what made it so, and all findings, the highest first.

    ``held_up`` tells that an earlier, higher level still counts because no review lowered it.
    """

    level: str | None
    reasons: tuple[RiskFinding, ...]
    findings: tuple[RiskFinding, ...]
    held_up: bool = False
    why: tuple[Step, ...] = ()


def levels() -> tuple[str, ...]:
    """The levels, rising."""
    return vocabulary("risk_level").codes()


def rank(level: str | None) -> int:
    """The place of a level in their order; -1 for none. Raises ValueError for an unknown level."""
    if level is None:
        return -1
    vocabulary("risk_level").entry(level)
    return levels().index(level)


def highest(found: Iterable[str]) -> str | None:
    """The highest of some levels, None for none of them. Raises ValueError for an unknown level."""
    return max(found, key=rank, default=None)


def aggregate(findings: Iterable[RiskFinding], *, earlier: str | None = None, reviewed: bool = False) -> RiskLevel:
    """The level of all findings together. It is never below the earlier one unless a review was recorded.

    Raises ValueError for a kind or a level that the lists do not have.
    """
    kept = tuple(findings)
    for finding in kept:
        vocabulary("risk_kind").entry(finding.kind)
    ordered = tuple(sorted(kept, key=lambda f: -rank(f.level)))
    level = highest(f.level for f in kept)
    held_up = not reviewed and rank(earlier) > rank(level)
    if held_up:
        return RiskLevel(earlier, (), ordered, held_up=True, why=(Step(HELD_UP, {"level": earlier}),))
    return RiskLevel(level, tuple(f for f in ordered if f.level == level), ordered)


def plan_gaps(*, asked: Collection[str], risks: Collection[str], measures: Collection[str]) -> tuple[Flag, ...]:
    """What a safety plan leaves out: recruiters at home nobody asked about or has an answer to; a danger unanswered.

    ``asked``: kinds of risk that were asked about; ``risks``: those that were found; ``measures``: those of the plan.
    """
    flags = []
    dangers = vocabulary("risk_kind").in_group("danger")
    if "local_recruiters" not in {*asked, *risks}:
        flags.append(Flag("recruiters_not_asked", Step(NOT_ASKED), "WP-01"))
    if "local_recruiters" in risks and "local_recruiters_watched" not in measures:
        flags.append(Flag("recruiters_unanswered", Step(NO_ANSWER), "WP-01"))
    for risk in sorted(set(risks) & dangers):
        if not measures:
            flags.append(Flag("danger_unanswered", Step(NO_MEASURE, {"risk": risk}), "WP-01"))
    return tuple(flags)


def review_flag(*, review_on: date | None, today: date, case_open: bool) -> Flag | None:
    """Whether the review has lapsed: while the case is open there is always a day of review, and it is not past."""
    if not case_open:
        return None
    if review_on is None:
        return Flag("no_review", Step(NO_REVIEW), "WP-01")
    return Flag("review_lapsed", Step(LAPSED, {"day": review_on}), "WP-01") if review_on < today else None

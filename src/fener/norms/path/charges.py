"""Charges and sentences: a lesser offence, a sentence below the law, testimony alone (rules JU-01, JU-02, JU-04)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from fener.norms.answers import Finding, all_found
from fener.norms.path.flags import Flag
from fener.norms.vocab import vocabulary
from fener.norms.why import Step, gettext_noop

LESSER_CHARGE = gettext_noop(
    "The elements of trafficking are found, and a lesser offence is charged (%(kind)s). Reason: %(reason)s. "
    "It costs the person: %(costs)s."
)
LESSER_CONVICTION = gettext_noop(
    "The elements of trafficking are found, and the conviction is for a lesser offence. Reason: %(reason)s. "
    "It costs the person: %(costs)s."
)
MAY_BE_LESSER = gettext_noop("A lesser offence is charged (%(kind)s), and the elements of trafficking are not settled.")
BELOW_RANGE = gettext_noop("The sentence (%(months)s months) is below what the law asks for (%(least)s months).")
TESTIMONY_ALONE = gettext_noop("The charge rests on the person's testimony alone. Other evidence has to be looked for.")
NO_EVIDENCE = gettext_noop("No evidence is recorded yet.")


@dataclass(frozen=True)
class Charge:
    """One charge in codes. ``kind``, ``outcome``: the lists ``charge_kind`` and ``charge_outcome``.

    ``sentence``: months of prison, None while there is none; ``least``: the least that the law in force on the day of
    the act asks for, in months, None where it is not known. ``reason`` and ``costs``: ``lesser_reason`` and
    ``lesser_cost``.
    """

    kind: str
    outcome: str = "pending"
    sentence: int | None = None
    least: int | None = None
    reason: str = ""
    costs: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


def trafficking_matches(elements: Mapping[str, Finding | str], *, child: bool) -> Finding:
    """Whether the elements of :func:`fener.norms.qualify.qualify` add up to trafficking; for a child without means."""
    needed = ("act", "purpose") if child else ("act", "means", "purpose")
    return all_found([Finding(elements.get(name, Finding.UNKNOWN)) for name in needed])


def charge_flags(charge: Charge, *, matches: Finding) -> tuple[Flag, ...]:
    """What stands out in a charge. ``matches``: the answer of :func:`trafficking_matches`.

    Raises ValueError for a code that its list does not have.
    """
    flags = []
    related = vocabulary("charge_kind").group(charge.kind) == "related"
    vocabulary("charge_outcome").entry(charge.outcome)
    told = {"reason": charge.reason or "not_given", "costs": ", ".join(charge.costs) or "-"}
    vocabulary("lesser_reason").entry(told["reason"])
    for cost in charge.costs:
        vocabulary("lesser_cost").entry(cost)
    if related and matches is Finding.FOUND:
        flags.append(Flag("lesser_charge", Step(LESSER_CHARGE, {"kind": charge.kind, **told}), "JU-02"))
    elif related and matches is Finding.UNKNOWN:
        flags.append(Flag("may_be_lesser", Step(MAY_BE_LESSER, {"kind": charge.kind}), "JU-02"))
    if charge.outcome == "convicted_lesser" and not related and matches is not Finding.NOT_FOUND:
        flags.append(Flag("lesser_conviction", Step(LESSER_CONVICTION, told), "JU-02"))
    if below_range(charge.sentence, charge.least):
        numbers = {"months": charge.sentence, "least": charge.least}
        flags.append(Flag("below_range", Step(BELOW_RANGE, numbers), "JU-02"))
    alone = rests_on_testimony_alone(charge.evidence)
    if alone:
        flags.append(Flag("testimony_alone", Step(TESTIMONY_ALONE), "JU-04"))
    return tuple(flags)


def below_range(sentence: int | None, least: int | None) -> bool:
    """Whether a sentence is below the least that the law asks for; where either is unknown it is not said."""
    return sentence is not None and least is not None and sentence < least


def rests_on_testimony_alone(evidence: Collection[str]) -> bool | None:
    """Whether a charge rests on testimony alone; None while nothing is recorded (list ``evidence_source``)."""
    sources = vocabulary("evidence_source")
    for code in evidence:
        sources.entry(code)
    return set(evidence) <= sources.in_group("testimony") if evidence else None


@dataclass(frozen=True)
class Share:
    """How many of how many: ``count`` of ``base``; ``unknown`` are in neither number."""

    count: int
    base: int
    unknown: int = 0

    @property
    def value(self) -> float | None:
        """Between 0 and 1, None where there is nothing to divide by."""
        return self.count / self.base if self.base else None


def lesser_share(judged: Iterable[tuple[Charge, Finding]]) -> Share:
    """Of charges where trafficking elements match, those of or ended with a lesser offence. Unsettled ones apart."""
    rows = list(judged)
    base = [charge for charge, matches in rows if matches is Finding.FOUND]
    lesser = [c for c in base if {"lesser_charge", "lesser_conviction"} & _codes(c, Finding.FOUND)]
    return Share(len(lesser), len(base), sum(matches is Finding.UNKNOWN for _, matches in rows))


def below_range_share(charges: Iterable[Charge]) -> Share:
    """Of sentences, those below the least of the law. A sentence whose range is not known is apart."""
    sentenced = [charge for charge in charges if charge.sentence is not None]
    known = [charge for charge in sentenced if charge.least is not None]
    below = sum(below_range(charge.sentence, charge.least) for charge in known)
    return Share(below, len(known), len(sentenced) - len(known))


def _codes(charge: Charge, matches: Finding) -> set[str]:
    return {flag.code for flag in charge_flags(charge, matches=matches)}


Version = TypeVar("Version")


def law_in_force(versions: Iterable[tuple[date, date | None, Version]], day: date) -> Version | None:
    """The version of an offence that was in force on the day of the act: (from, last day or None, version).

    None where no version covers the day. Raises ValueError where two do, so that nobody picks the harsher one.
    """
    found = [version for start, end, version in versions if start <= day and (end is None or day <= end)]
    if len(found) > 1:
        raise ValueError(f"two versions were in force on {day.isoformat()}")
    return found[0] if found else None

"""By which routes can compensation be had, and when will an award be paid? (Rule CP-03; routes: packs/compensation.)

A route is open where every condition is met, closed where one is known not to be, else unknown. Where the sources are
silent on a country, or on a route's conditions, it is unknown whatever the facts say. Money is counted in decimals.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal, InvalidOperation
from typing import Any

from dateutil.relativedelta import relativedelta

from fener.norms.facts_input import InputError
from fener.norms.jurisdictions import GENERIC
from fener.norms.packs import PackError, Packs, Source, cross_check, load_packs
from fener.norms.why import Met, Step, english, gettext_noop, met_by, plain, word

SILENT_HERE = gettext_noop(
    "The sources don't speak of this route in this country; what stands here is the generic rule."
)
NO_CONDITIONS = gettext_noop("The sources name no conditions of this route. Ask a lawyer.")
AS_DESCRIBED = gettext_noop("As described in %(year)s; ask whether it is still so.")
ALL_MET = gettext_noop("All conditions that the sources name are met.")
NOT_ASKED = gettext_noop("Does not apply to this case: %(condition)s")
NOT_MET = gettext_noop("Not met: %(condition)s")
NOT_KNOWN = gettext_noop("Not known: %(condition)s")
PAID_UP = gettext_noop("Everything is paid.")
NO_INSTALMENT = gettext_noop("No instalment is paid, so that the rest is never paid.")
TOO_LONG = gettext_noop("At this rate the last payment lies beyond the calendar, so that the rest is never paid.")
INSTALMENTS = gettext_noop("Payments still to come: %(payments)s. The last one is %(last)s.")
INTEREST = gettext_noop("Interest and costs are not counted.")
_WORDS: Mapping[str, Met] = {"yes": True, "true": True, "no": False, "false": False, "unknown": None}
_CENT = Decimal("0.01")
_MOST = Decimal("1000000000000")


@dataclass(frozen=True)
class RouteCondition:
    """One condition of a route. ``applies`` False: it belongs to a circumstance that this case does not have."""

    condition: str
    text: str
    met: str
    applies: bool
    source: Source

    def to_json(self) -> dict[str, Any]:
        """``source`` as text."""
        return {
            "condition": self.condition,
            "text": self.text,
            "met": self.met,
            "applies": self.applies,
            "source": str(self.source),
        }


@dataclass(frozen=True)
class Route:
    """One route for these facts: ``answer`` is open, closed or unknown. ``generic``: not a rule of this country."""

    route: str
    label: str
    text: str
    answer: str
    conditions: tuple[RouteCondition, ...]
    generic: bool
    why: tuple[Step, ...]
    rule: str
    version: str
    source: Source

    def to_json(self) -> dict[str, Any]:
        """Steps as one English text, ``source`` as text."""
        return {
            "route": self.route,
            "label": self.label,
            "text": self.text,
            "answer": self.answer,
            "conditions": [c.to_json() for c in self.conditions],
            "generic": self.generic,
            "why": english(self.why),
            "rule": self.rule,
            "version": self.version,
            "source": str(self.source),
        }


def compensation_routes(packs: Packs | None = None) -> dict[str, str]:
    """Codes and English labels of all routes, in their order."""
    pack = (packs or load_packs()).get("compensation", "routes")
    return {route["route"]: route["label"] for route in pack.data["routes"]}


def compensation_fact_names(packs: Packs | None = None) -> tuple[str, ...]:
    """Every yes/no fact that a condition or a circumstance reads, in the order of the pack."""
    pack = (packs or load_packs()).get("compensation", "routes")
    written = [c for entry in (*pack.data["routes"], *pack.data["places"]) for c in _written(entry)]
    names = [name for c in written for fact in (*c["met_by"], [c.get("only_if")]) for name in fact if name]
    return tuple(dict.fromkeys(names))


def routes_for(jurisdiction: str, facts: Mapping[str, Any] | None = None, *, packs: Packs | None = None) -> list[Route]:
    """Every route in a jurisdiction for facts (yes, no, unknown or booleans; what is absent is unknown).

    Raises InputError for a fact that no route reads and for an answer that is none.
    """
    packs = packs or load_packs()
    pack = packs.get("compensation", "routes")
    answers = _answers(facts or {}, compensation_fact_names(packs))
    found = []
    for standard in pack.data["routes"]:
        code = standard["route"]
        national = next(
            (p for p in pack.data["places"] if (p["jurisdiction"], p["route"]) == (jurisdiction, code)), None
        )
        entry = standard if national is None else national
        conditions = tuple(_condition(raw, answers) for raw in _written(entry))
        silent = national is None and jurisdiction != GENERIC
        answer = "unknown" if silent or not conditions else _answer(conditions)
        found.append(
            Route(
                route=code,
                label=standard["label"],
                text=entry["text"],
                answer=answer,
                conditions=conditions,
                generic=national is None,
                why=_why(entry, conditions, answer, silent=silent),
                rule=f"compensation/routes/{code}" + (f"/{jurisdiction}" if national else ""),
                version=pack.version,
                source=Source.of(entry["source"]),
            )
        )
    return found


def _written(entry: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [] if entry["conditions"] == "unknown" else list(entry["conditions"])


def _answers(facts: Mapping[str, Any], known: tuple[str, ...]) -> dict[str, Met]:
    if not isinstance(facts, Mapping):
        raise InputError("", "must be a section with keys")
    answers: dict[str, Met] = {}
    for key, raw in facts.items():
        if key not in known:
            raise InputError(str(key)[:60], f"is not a known key (known: {', '.join(known)})")
        if raw is None or isinstance(raw, bool):
            answers[key] = raw
        elif isinstance(raw, str) and raw.strip().casefold() in _WORDS:
            answers[key] = _WORDS[raw.strip().casefold()]
        else:
            raise InputError(key, f"must be yes, no or unknown, not {str(raw)[:40]!r}")
    return answers


def _condition(raw: Mapping[str, Any], answers: Mapping[str, Met]) -> RouteCondition:
    """A condition of a circumstance that does not hold is not asked; of one that is not known, it can only be open."""
    met = met_by(raw["met_by"], answers)
    circumstance = answers.get(raw["only_if"]) if "only_if" in raw else True
    if circumstance is None and met is False:
        met = None
    return RouteCondition(
        condition=raw["condition"],
        text=raw["text"],
        met=word(met),
        applies=circumstance is not False,
        source=Source.of(raw["source"]),
    )


def _answer(conditions: Iterable[RouteCondition]) -> str:
    met = {c.met for c in conditions if c.applies}
    return "closed" if "no" in met else "unknown" if "unknown" in met else "open"


def _why(
    entry: Mapping[str, Any], conditions: tuple[RouteCondition, ...], answer: str, *, silent: bool
) -> tuple[Step, ...]:
    steps = [Step(SILENT_HERE)] if silent else []
    if "described" in entry:
        steps.append(Step(AS_DESCRIBED, {"year": entry["described"]}))
    if not conditions:
        return (*steps, Step(NO_CONDITIONS))
    for condition in conditions:
        text = {"yes": "", "no": NOT_MET, "unknown": NOT_KNOWN}[condition.met] if condition.applies else NOT_ASKED
        if text:
            steps.append(Step(text, {"condition": condition.text}))
    return (*steps, Step(ALL_MET)) if answer == "open" else tuple(steps)


@dataclass(frozen=True)
class Payoff:
    """When an award will be paid. ``last_on`` None with something outstanding = never.

    Money with two decimals, in the currency of the award; ``overpaid``: what was paid beyond it.
    """

    outstanding: Decimal
    overpaid: Decimal
    payments: int
    last_payment: Decimal
    last_on: date | None
    why: tuple[Step, ...]

    @property
    def never(self) -> bool:
        """Something is outstanding, and no date on which it is paid can be given."""
        return self.outstanding > 0 and self.last_on is None

    def to_json(self) -> dict[str, Any]:
        """Money as text with two decimals; ``last_on`` a date, *never*, or None where everything is paid."""
        return {
            "outstanding": str(self.outstanding),
            "overpaid": str(self.overpaid),
            "payments": self.payments,
            "last_payment": str(self.last_payment),
            "last_on": "never" if self.never else plain(self.last_on),
            "why": english(self.why),
        }


def payoff(*, award: Any, paid: Any = 0, instalment: Any, first_on: date, months: int = 0, days: int = 0) -> Payoff:
    """When the rest of an award is paid, if an instalment comes every so many months or days, the next on ``first_on``.

    Money: Decimal, whole number or text with at most two decimals, one currency, not below 0. Each payment is counted
    from ``first_on``, so that a payment on the 31st stays at the end of the month. Raises InputError.
    """
    total, given, part = _money(award, "award"), _money(paid, "paid"), _money(instalment, "instalment")
    if (months > 0) == (days > 0) or months < 0 or days < 0:
        raise InputError("period", "must be a number of months or of days above 0")
    rest = total - given
    nothing = Decimal("0.00")
    if rest <= 0:
        return Payoff(nothing, -rest, 0, nothing, None, (Step(PAID_UP),))
    if part == 0:
        return Payoff(rest, nothing, 0, nothing, None, (Step(NO_INSTALMENT),))
    payments = int((rest / part).to_integral_value(ROUND_CEILING))
    last_payment = rest - part * (payments - 1)
    try:
        last_on = first_on + relativedelta(months=months * (payments - 1), days=days * (payments - 1))
    except (OverflowError, ValueError):
        return Payoff(rest, nothing, payments, last_payment, None, (Step(TOO_LONG), Step(INTEREST)))
    step = Step(INSTALMENTS, {"payments": payments, "last": last_payment})
    return Payoff(rest, nothing, payments, last_payment, last_on, (step, Step(INTEREST)))


def _money(raw: Any, path: str) -> Decimal:
    """An exact amount. A float is refused: 0.1 is not a tenth there."""
    if isinstance(raw, bool) or not isinstance(raw, Decimal | int | str):
        raise InputError(path, f"must be an amount written as a whole number or as text, not {str(raw)[:40]!r}")
    try:
        amount = Decimal(raw.strip() if isinstance(raw, str) else raw)
        exact = amount.quantize(_CENT)
    except InvalidOperation:
        raise InputError(path, f"must be an amount of money, not {str(raw)[:40]!r}") from None
    if exact != amount:
        raise InputError(path, f"has more than two decimals: {str(raw)[:40]!r}")
    if not 0 <= exact < _MOST:
        raise InputError(path, f"must be between 0 and {_MOST:f}, not {str(raw)[:40]!r}")
    return exact


@cross_check
def check_compensation(packs: Packs) -> None:
    """The five routes are there once each; what a country's entry names exists, once each."""
    if "routes" not in packs.of_kind("compensation"):
        return
    pack = packs.get("compensation", "routes")
    routes = [route["route"] for route in pack.data["routes"]]
    if sorted(routes) != sorted(REQUIRED):
        raise PackError(pack.file, "data/routes", f"must be, once each: {', '.join(REQUIRED)}")
    seen = set()
    for index, place in enumerate(pack.data["places"]):
        where = f"data/places/{index}"
        if place["route"] not in routes:
            raise PackError(pack.file, f"{where}/route", f"there is no route {place['route']!r}")
        if place["jurisdiction"] not in packs.of_kind("jurisdiction"):
            raise PackError(pack.file, f"{where}/jurisdiction", f"no jurisdiction {place['jurisdiction']!r}")
        if (place["jurisdiction"], place["route"]) in seen:
            raise PackError(pack.file, where, "occurs twice")
        seen.add((place["jurisdiction"], place["route"]))


REQUIRED = ("criminal_court", "civil_court", "fund", "confiscated_assets", "programme")
"""The routes that the sources name (see rule CP-03)."""

"""The facts file of ``fener norms qualify``: read, checked, and refused with the path and the reason.

Everything may be absent, which means unknown. Answers are ``yes``, ``no``, ``unknown`` or true and false. A key
that the packs do not know is refused, because a fact that is silently dropped would change somebody's rights.
"""

from __future__ import annotations

import re
import reprlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from fener.norms.answers import Answer
from fener.norms.packs import Packs, load_packs

OLDEST = 130
LONGEST_TEXT = 200
LARGEST_SUM = Decimal(10) ** 15
ENTRIES = ("legal", "irregular", "none", "unknown")
_WORDS = {"yes": Answer.YES, "true": Answer.YES, "no": Answer.NO, "false": Answer.NO, "unknown": Answer.UNKNOWN}


class InputError(ValueError):
    """Facts that cannot be used: the path inside them (``acts/recruitment``) and why."""

    def __init__(self, path: str, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"{path or '(top)'}: {reason}")


@dataclass(frozen=True)
class LabourFacts:
    """Section ``forced_labour``: indicators, another penalty in words, and whether the work was voluntary."""

    indicators: Mapping[str, Answer]
    other_penalty: Answer = Answer.UNKNOWN
    other_penalty_text: str = ""
    voluntary: Answer = Answer.UNKNOWN
    conditions_known: Answer = Answer.UNKNOWN


@dataclass(frozen=True)
class DebtFacts:
    """Section ``debt``: sums in one currency; ``None`` is a figure that nobody recorded, never zero."""

    recorded: bool = False
    principal: Decimal | None = None
    services_value: Decimal | None = None
    credited: Decimal | None = None
    deductions: Decimal | None = None
    currency: str = ""
    length_defined: Answer = Answer.UNKNOWN
    nature_defined: Answer = Answer.UNKNOWN
    deductions_fair: Answer = Answer.UNKNOWN
    still_claimed: Answer = Answer.UNKNOWN


@dataclass(frozen=True)
class WageFacts:
    """Section ``wages``: what was agreed (or due by law) for a period, how many periods, what was paid."""

    recorded: bool = False
    agreed: Decimal | None = None
    minimum: Decimal | None = None
    periods: Decimal | None = None
    paid: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True)
class OrganFacts:
    """Section ``organ``: which, sums promised and received, information before and care after."""

    recorded: bool = False
    removed: Answer = Answer.UNKNOWN
    organ: str = ""
    promised: Decimal | None = None
    received: Decimal | None = None
    currency: str = ""
    informed: Answer = Answer.UNKNOWN
    aftercare: Answer = Answer.UNKNOWN


@dataclass(frozen=True)
class Facts:
    """A checked facts file. Every code of the packs is there; what was absent is unknown."""

    acts: Mapping[str, Answer]
    means: Mapping[str, Answer]
    purposes: Mapping[str, Answer]
    labour: LabourFacts
    age: int | None = None
    age_disputed: Answer = Answer.UNKNOWN
    consent: Answer = Answer.UNKNOWN
    need: Answer = Answer.UNKNOWN
    cross_border: Answer = Answer.UNKNOWN
    entry: str = "unknown"
    paid_for_entry: Answer = Answer.UNKNOWN
    free_after_arrival: Answer = Answer.UNKNOWN
    debt: DebtFacts = field(default_factory=DebtFacts)
    wages: WageFacts = field(default_factory=WageFacts)
    organ: OrganFacts = field(default_factory=OrganFacts)

    def values(self) -> dict[str, str]:
        """The facts by path (``acts/recruitment``), for rules that are data."""
        flat = {"consent": self.consent.value, "movement/entry": self.entry}
        flat["movement/cross_border"] = self.cross_border.value
        flat["smuggling/paid_for_entry"] = self.paid_for_entry.value
        flat["smuggling/free_after_arrival"] = self.free_after_arrival.value
        flat["organ/removed"] = self.organ.removed.value
        flat["forced_labour/voluntary"] = self.labour.voluntary.value
        sections = {
            "acts": self.acts,
            "means": self.means,
            "purposes": self.purposes,
            "forced_labour": self.labour.indicators,
        }
        for section, answers in sections.items():
            flat |= {f"{section}/{code}": answer.value for code, answer in answers.items()}
        return flat


def element_codes(packs: Packs, element: str) -> list[str]:
    """The codes of ``act``, ``means`` or ``purpose`` in the definition pack."""
    return [entry["code"] for entry in packs.get("definition", "palermo").data["elements"][element]["codes"]]


def indicator_codes(packs: Packs) -> list[str]:
    """The codes of the forced-labour indicators."""
    return [entry["code"] for entry in packs.get("definition", "forced_labour").data["indicators"]]


def read_facts(raw: Any, packs: Packs | None = None) -> Facts:
    """Check raw facts (as parsed from YAML or JSON). Raises InputError for the first thing that cannot be used."""
    packs = packs or load_packs()
    top = _section(raw, "", TOP_KEYS)
    person = _section(top.get("person"), "person", ("age", "age_disputed"))
    movement = _section(top.get("movement"), "movement", ("cross_border", "entry"))
    smuggling = _section(top.get("smuggling"), "smuggling", ("paid_for_entry", "free_after_arrival"))
    return Facts(
        acts=_answers(top.get("acts"), "acts", element_codes(packs, "act")),
        means=_answers(top.get("means"), "means", element_codes(packs, "means")),
        purposes=_answers(top.get("purposes"), "purposes", element_codes(packs, "purpose")),
        labour=read_labour(top.get("forced_labour"), packs),
        age=_age(person.get("age")),
        age_disputed=_answer(person.get("age_disputed"), "person/age_disputed"),
        consent=_answer(top.get("consent"), "consent"),
        need=_answer(top.get("need"), "need"),
        cross_border=_answer(movement.get("cross_border"), "movement/cross_border"),
        entry=_entry(movement.get("entry")),
        paid_for_entry=_answer(smuggling.get("paid_for_entry"), "smuggling/paid_for_entry"),
        free_after_arrival=_answer(smuggling.get("free_after_arrival"), "smuggling/free_after_arrival"),
        debt=read_debt(top.get("debt")),
        wages=read_wages(top.get("wages")),
        organ=read_organ(top.get("organ")),
    )


TOP_KEYS = (
    "person",
    "acts",
    "means",
    "purposes",
    "consent",
    "movement",
    "forced_labour",
    "debt",
    "smuggling",
    "wages",
    "organ",
    "need",
)


def read_labour(raw: Any, packs: Packs | None = None) -> LabourFacts:
    """Check section ``forced_labour``."""
    codes = indicator_codes(packs or load_packs())
    section = _section(raw, "forced_labour", [*codes, "other_penalty", "voluntary", "conditions_known"])
    penalty, words = _penalty(section.get("other_penalty"))
    return LabourFacts(
        indicators={code: _answer(section.get(code), f"forced_labour/{code}") for code in codes},
        other_penalty=penalty,
        other_penalty_text=words,
        voluntary=_answer(section.get("voluntary"), "forced_labour/voluntary"),
        conditions_known=_answer(section.get("conditions_known"), "forced_labour/conditions_known"),
    )


def read_debt(raw: Any) -> DebtFacts:
    """Check section ``debt``. Sums are non-negative numbers; a missing one stays missing."""
    sums = ("principal", "services_value", "credited", "deductions")
    answers = ("length_defined", "nature_defined", "deductions_fair", "still_claimed")
    section = _section(raw, "debt", [*sums, *answers, "currency"])
    values: dict[str, Any] = {name: _sum(section.get(name), f"debt/{name}") for name in sums}
    values |= {name: _answer(section.get(name), f"debt/{name}") for name in answers}
    return DebtFacts(recorded=bool(section), currency=_currency(section.get("currency"), "debt/currency"), **values)


def read_wages(raw: Any) -> WageFacts:
    """Check section ``wages``: agreed and minimum are sums a period, periods a number, paid the total received."""
    sums = ("agreed", "minimum", "periods", "paid")
    section = _section(raw, "wages", [*sums, "currency"])
    values = {name: _sum(section.get(name), f"wages/{name}") for name in sums}
    return WageFacts(recorded=bool(section), currency=_currency(section.get("currency"), "wages/currency"), **values)


def read_organ(raw: Any) -> OrganFacts:
    """Check section ``organ``."""
    answers, sums = ("removed", "informed", "aftercare"), ("promised", "received")
    section = _section(raw, "organ", [*answers, *sums, "organ", "currency"])
    values: dict[str, Any] = {name: _answer(section.get(name), f"organ/{name}") for name in answers}
    values |= {name: _sum(section.get(name), f"organ/{name}") for name in sums}
    return OrganFacts(
        recorded=bool(section),
        organ=_text(section.get("organ"), "organ/organ"),
        currency=_currency(section.get("currency"), "organ/currency"),
        **values,
    )


def _shown(value: Any) -> str:
    """A bad value as it may stand in a one-line message."""
    return " ".join(reprlib.repr(value).split())


def _named(key: Any) -> str:
    """A bad key as it may stand in a path: short, and without characters that a terminal would obey."""
    text = "".join(character if character.isprintable() else "?" for character in str(key)[:60])
    return text or "(empty)"


def _section(raw: Any, path: str, allowed: Iterable[str]) -> Mapping[str, Any]:
    if raw is None:
        return {}
    if not isinstance(raw, Mapping):
        raise InputError(path, f"must be a section with keys, not {_shown(raw)}")
    known = list(allowed)
    for key in raw:
        if key not in known:
            inner = f"{path}/{_named(key)}" if path else _named(key)
            raise InputError(inner, f"is not a known key (known: {', '.join(known)})")
    return raw


def _answer(raw: Any, path: str) -> Answer:
    if raw is None:
        return Answer.UNKNOWN
    if isinstance(raw, bool):
        return Answer.YES if raw else Answer.NO
    if isinstance(raw, str) and (answer := _WORDS.get(raw.strip().casefold())):
        return answer
    raise InputError(path, f"must be yes, no or unknown, not {_shown(raw)}")


def _answers(raw: Any, path: str, codes: Iterable[str]) -> dict[str, Answer]:
    listed = list(codes)
    section = _section(raw, path, listed)
    return {code: _answer(section.get(code), f"{path}/{code}") for code in listed}


def _number(raw: Any, path: str, what: str) -> Decimal | None:
    """A finite number from a number or its plain text; None where it is absent or unknown."""
    if raw is None or (isinstance(raw, str) and raw.strip().casefold() == "unknown"):
        return None
    if isinstance(raw, bool) or not isinstance(raw, (int, float, str, Decimal)):
        raise InputError(path, f"must be {what}, not {_shown(raw)}")
    text = str(raw).strip()
    if isinstance(raw, str) and not re.fullmatch(r"[+-]?\d{1,20}(\.\d{1,10})?", text, re.ASCII):
        raise InputError(path, f"must be {what} (written like 1200.50), not {_shown(raw)}")
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise InputError(path, f"must be {what}, not {_shown(raw)}") from None
    if not number.is_finite():
        raise InputError(path, f"must be {what}, not {_shown(raw)}")
    return number


def _sum(raw: Any, path: str) -> Decimal | None:
    number = _number(raw, path, "a number")
    if number is not None and number < 0:
        raise InputError(path, f"must not be negative, but is {_shown(raw)}")
    if number is not None and number > LARGEST_SUM:
        raise InputError(path, "is too large to be a sum of money")
    return number


def _age(raw: Any) -> int | None:
    number = _number(raw, "person/age", "a whole number of years")
    if number is None:
        return None
    if not 0 <= number <= OLDEST:
        raise InputError("person/age", f"must be between 0 and {OLDEST}, but is {_shown(raw)}")
    if number != number.to_integral_value():
        raise InputError("person/age", f"must be a whole number of years, not {_shown(raw)}")
    return int(number)


def _entry(raw: Any) -> str:
    if raw is None:
        return "unknown"
    word = raw.strip().casefold() if isinstance(raw, str) else None
    if word not in ENTRIES:
        raise InputError("movement/entry", f"must be one of {', '.join(ENTRIES)}, not {_shown(raw)}")
    return str(word)


def _text(raw: Any, path: str) -> str:
    if raw is None:
        return ""
    if not isinstance(raw, str) or not raw.strip():
        raise InputError(path, f"must be a text, not {_shown(raw)}")
    if len(raw) > LONGEST_TEXT or any(ord(character) < 32 for character in raw):
        raise InputError(path, f"must be one line of at most {LONGEST_TEXT} characters")
    return raw.strip()


def _currency(raw: Any, path: str) -> str:
    if raw is None or raw == "unknown":
        return ""
    if not isinstance(raw, str) or not re.fullmatch(r"[A-Z]{3}", raw.strip()):
        raise InputError(path, f"must be a currency code of three letters such as EUR, not {_shown(raw)}")
    return raw.strip()


def _penalty(raw: Any) -> tuple[Answer, str]:
    """``other_penalty``: words that name it (or yes) count as a menace; none and no exclude it."""
    if raw is None or isinstance(raw, bool):
        return _answer(raw, "forced_labour/other_penalty"), ""
    words = _text(raw, "forced_labour/other_penalty")
    if words.casefold() == "none":
        return Answer.NO, ""
    if (answer := _WORDS.get(words.casefold())) is not None:
        return answer, ""
    return Answer.YES, words

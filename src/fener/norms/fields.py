"""What may be recorded about a person, where does it stand, and can it be true? Fields of facts and compartments.

Facts stay open on a pseudonymous case; everything that could name or harm somebody is a field of a sealed compartment.
Each field declares its kind of personal data, so that masking, export and the privacy page can be generated.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from fener.norms.packs import PackError, Packs, cross_check, load_packs
from fener.norms.vocab import Vocabulary, vocabulary
from fener.norms.why import gettext_noop

CHILD_MARKS = frozenset({"child", "presumed_child"})
DISPUTED = "disputed"


@dataclass(frozen=True)
class Field:
    """One field as its pack declares it. ``compartment`` is empty for a fact that stays open."""

    code: str
    label: str
    type: str
    category: str
    compartment: str = ""
    help: str = ""
    vocabulary: str = ""
    group: str = ""
    repeats: str = ""
    max_length: int | None = None
    minimum: float | None = None
    maximum: float | None = None
    past: bool = False
    special: bool = False
    voluntary: bool = False
    aggregate_only: bool = False
    htcds: str = ""
    certainty_of: str = ""
    refused_for_child: tuple[str, ...] = ()
    not_more_than: str = ""
    not_before: str = ""
    needs: Mapping[str, Sequence[str]] = field(default_factory=dict)
    shown_with: tuple[str, ...] = ()
    needed_for: tuple[str, ...] = ()
    intimate: str = ""
    whose: str = "person"
    residue: str = ""


@dataclass(frozen=True)
class Problem:
    """Why a value is refused and what to do: an English msgid with its parameters."""

    code: str
    text: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text % self.params if self.params else self.text


class Checked(NamedTuple):
    """Cleaned values by field, and the first problem of each refused field. Refused values are not in ``cleaned``."""

    cleaned: dict[str, Any]
    errors: dict[str, Problem]


def _field(raw: Mapping[str, Any], compartment: str = "") -> Field:
    values = {key: value for key, value in raw.items() if key != "source"}
    for key in ("refused_for_child", "shown_with", "needed_for"):
        if key in values:
            values[key] = tuple(values[key])
    return Field(compartment=compartment, **values)


def facts_fields(packs: Packs | None = None) -> tuple[Field, ...]:
    """Every fact, in the order of a form."""
    return _shipped_facts() if packs is None else _facts(packs)


def _facts(packs: Packs) -> tuple[Field, ...]:
    return tuple(_field(raw) for raw in packs.get("facts", "facts").data["fields"])


@cache
def _shipped_facts() -> tuple[Field, ...]:
    return _facts(load_packs())


def compartment_fields(compartment: str | None = None, packs: Packs | None = None) -> tuple[Field, ...]:
    """The fields of one sealed compartment, or of all. Raises KeyError for a compartment that is not there."""
    blocks = (packs or load_packs()).get("compartments", "compartments").data["compartments"]
    if compartment is not None and compartment not in {block["code"] for block in blocks}:
        raise KeyError(f"no compartment {compartment!r}")
    return tuple(
        _field(raw, block["code"])
        for block in blocks
        if compartment in (None, block["code"])
        for raw in block["fields"]
    )


def compartment_label(compartment: str, packs: Packs | None = None) -> str:
    """The English label of a compartment. Raises KeyError for one that is not there."""
    for block in (packs or load_packs()).get("compartments", "compartments").data["compartments"]:
        if block["code"] == compartment:
            return str(block["label"])
    raise KeyError(f"no compartment {compartment!r}")


def facts_shown(facts: Mapping[str, Any], packs: Packs | None = None) -> dict[str, Any]:
    """Facts that a case page, a list or an export of cases may show: without those that are for totals only."""
    hidden = {f.code for f in facts_fields(packs) if f.aggregate_only}
    return {code: value for code, value in facts.items() if code not in hidden}


def is_child(facts: Mapping[str, Any], packs: Packs | None = None) -> bool | None:
    """True for a child, and for anybody whose age is disputed; None when nothing is known.

    A person counts as a child for what they are said to have agreed to when they were under age at recruitment.
    """
    adult_age = (packs or load_packs()).get("facts", "facts").data["adult_age"]
    if facts.get("minor") in CHILD_MARKS:
        return True
    if DISPUTED in (facts.get("age_at_contact_certainty"), facts.get("age_at_recruitment_certainty")):
        return True
    ages = [a for a in (facts.get("age_at_contact"), facts.get("age_at_recruitment")) if isinstance(a, int)]
    if any(age < adult_age for age in ages):
        return True
    return False if ages or facts.get("minor") == "adult" else None


def validate_facts(
    raw: Mapping[str, Any],
    *,
    birth_date: date | None = None,
    today: date | None = None,
    packs: Packs | None = None,
) -> Checked:
    """Clean the facts of a case. Empty values are dropped: empty means not stated.

    ``birth_date`` (from the sealed identity, if it is open) and ``today`` allow the checks that need them.
    """
    fields = {f.code: f for f in facts_fields(packs)}
    checked = _clean(raw, fields, today, packs)
    _check_order(checked, fields)
    _check_ages(checked, packs)
    _check_birth(checked, birth_date, [f.code for f in fields.values() if f.type == "date"])
    _check_needs(checked, fields)
    _check_child(checked, fields, birth_date, packs)
    return checked


def validate_compartment(
    compartment: str, raw: Mapping[str, Any], *, today: date | None = None, packs: Packs | None = None
) -> Checked:
    """Clean what goes into one sealed compartment. Raises KeyError for a compartment that is not there."""
    fields = {f.code: f for f in compartment_fields(compartment, packs)}
    checked = _clean(raw, fields, today, packs)
    birth = checked.cleaned.get("birth_date")
    _check_birth(checked, birth, [f.code for f in fields.values() if f.type == "date" and f.code != "birth_date"])
    return checked


def _clean(raw: Mapping[str, Any], fields: Mapping[str, Field], today: date | None, packs: Packs | None) -> Checked:
    cleaned: dict[str, Any] = {}
    errors: dict[str, Problem] = {}
    for code, value in raw.items():
        if code not in fields:
            errors[code] = Problem("unknown_field", gettext_noop("There is no field %(field)s."), {"field": code})
            continue
        if value is None or value == "" or value == []:
            continue
        result = _value(fields[code], value, today, packs)
        if isinstance(result, Problem):
            errors[code] = result
        elif result not in ("", []):
            cleaned[code] = result
    return Checked(cleaned, errors)


def _value(spec: Field, value: Any, today: date | None, packs: Packs | None) -> Any:
    match spec.type:
        case "text" | "longtext" | "phone" | "email":
            return _text(spec, value)
        case "date":
            return _date(spec, value, today)
        case "integer" | "number":
            return _number(spec, value)
        case "boolean":
            return value if isinstance(value, bool) else Problem("not_boolean", gettext_noop("Say yes or no."))
        case "multi":
            values = [value] if isinstance(value, str) else value
            if not isinstance(values, (list, tuple)):
                return Problem("not_a_list", gettext_noop("Give a list of values."))
            return _codes(values, vocabulary(spec.vocabulary, packs))
        case _:
            found = _codes([value], vocabulary(spec.vocabulary, packs))
            return found if isinstance(found, Problem) else found[0]


def _codes(values: Sequence[Any], words: Vocabulary) -> list[str] | Problem:
    found: list[str] = []
    for value in values:
        if not isinstance(value, str) or value not in words:
            return Problem(
                "unknown_code",
                gettext_noop("%(value)s is not in the list “%(list)s”."),
                {"value": str(value)[:80], "list": words.title},
            )
        if value not in found:
            found.append(value)
    return found


def _text(spec: Field, value: Any) -> str | Problem:
    if not isinstance(value, str):
        return Problem("not_text", gettext_noop("Give a text."))
    text = unicodedata.normalize("NFC", value).strip()
    if spec.max_length is not None and len(text) > spec.max_length:
        return Problem(
            "too_long",
            gettext_noop("Shorten this to %(limit)s characters; it has %(length)s."),
            {"limit": spec.max_length, "length": len(text)},
        )
    controls = [c for c in text if unicodedata.category(c) == "Cc" and not (c in "\n\r\t" and spec.type == "longtext")]
    if controls:
        return Problem("control_characters", gettext_noop("Remove the invisible control characters and try again."))
    return text


def _date(spec: Field, value: Any, today: date | None) -> date | Problem:
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value.strip())
        except ValueError:
            return Problem("not_a_date", gettext_noop("Give a date as year-month-day, for example 2026-05-03."))
    if type(value) is not date:
        return Problem("not_a_date", gettext_noop("Give a date as year-month-day, for example 2026-05-03."))
    if spec.past and today is not None and value > today:
        return Problem("in_the_future", gettext_noop("This date lies in the future. Correct it."))
    return value


def _number(spec: Field, value: Any) -> int | float | Problem:
    if isinstance(value, str):
        try:
            value = int(value.strip()) if spec.type == "integer" else float(value.strip().replace(",", "."))
        except ValueError:
            return Problem("not_a_number", gettext_noop("Give a number."))
    if isinstance(value, float) and spec.type == "integer" and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int if spec.type == "integer" else (int, float)):
        return Problem(
            "not_a_number",
            gettext_noop("Give a whole number.") if spec.type == "integer" else gettext_noop("Give a number."),
        )
    low, high = spec.minimum, spec.maximum
    if (low is not None and not value >= low) or (high is not None and not value <= high):
        return Problem(
            "out_of_range", gettext_noop("Give a number from %(low)g to %(high)g."), {"low": low, "high": high}
        )
    return value


def _refuse(checked: Checked, code: str, problem: Problem) -> None:
    checked.cleaned.pop(code, None)
    checked.errors.setdefault(code, problem)


def _check_order(checked: Checked, fields: Mapping[str, Field]) -> None:
    """Dates and numbers that cannot lie before, or above, another one."""
    for spec in fields.values():
        value = checked.cleaned.get(spec.code)
        first = checked.cleaned.get(spec.not_before)
        if value is not None and first is not None and value < first:
            _refuse(
                checked,
                spec.code,
                Problem(
                    "before", gettext_noop("This lies before “%(other)s”."), {"other": fields[spec.not_before].label}
                ),
            )
        limit = checked.cleaned.get(spec.not_more_than)
        if value is not None and limit is not None and value > limit:
            _refuse(
                checked,
                spec.code,
                Problem(
                    "more", gettext_noop("This is more than “%(other)s”."), {"other": fields[spec.not_more_than].label}
                ),
            )


def _check_ages(checked: Checked, packs: Packs | None) -> None:
    now, then = checked.cleaned.get("age_at_contact"), checked.cleaned.get("age_at_recruitment")
    if now is not None and then is not None and then > now:
        problem = Problem(
            "older_at_recruitment", gettext_noop("The age when it began cannot be above the age at first contact.")
        )
        _refuse(checked, "age_at_recruitment", problem)
    adult_age = (packs or load_packs()).get("facts", "facts").data["adult_age"]
    disputed = DISPUTED in (
        checked.cleaned.get("age_at_contact_certainty"),
        checked.cleaned.get("age_at_recruitment_certainty"),
    )
    if checked.cleaned.get("minor") == "adult" and ((now is not None and now < adult_age) or disputed):
        _refuse(
            checked,
            "minor",
            Problem(
                "child_as_adult", gettext_noop("Under 18, or with a disputed age, a person is treated as a child.")
            ),
        )


def _check_birth(checked: Checked, birth: date | None, dates: Sequence[str]) -> None:
    if birth is None:
        return
    for code in dates:
        value = checked.cleaned.get(code)
        if value is not None and value < birth:
            _refuse(
                checked,
                code,
                Problem("before_birth", gettext_noop("This date lies before the date of birth. Correct one of them.")),
            )


def _check_needs(checked: Checked, fields: Mapping[str, Field]) -> None:
    for spec in fields.values():
        if spec.code not in checked.cleaned:
            continue
        for other, allowed in spec.needs.items():
            if checked.cleaned.get(other) not in allowed:
                text = gettext_noop("Leave this empty unless the person said it; then say so under “%(other)s”.")
                _refuse(checked, spec.code, Problem("not_self_declared", text, {"other": fields[other].label}))


def _check_child(checked: Checked, fields: Mapping[str, Field], birth: date | None, packs: Packs | None) -> None:
    """A person under 18 is never stored as voluntary or consenting, however the value came in (rule CH-02)."""
    if not (is_child(checked.cleaned, packs) or _child_by_birth(checked.cleaned, birth, packs)):
        return
    for spec in fields.values():
        if checked.cleaned.get(spec.code) in spec.refused_for_child:
            _refuse(
                checked,
                spec.code,
                Problem("child_cannot_agree", gettext_noop("A person under 18 cannot be recorded as having agreed.")),
            )


def _child_by_birth(facts: Mapping[str, Any], birth: date | None, packs: Packs | None) -> bool:
    """Under age on the earliest known date of what happened."""
    days = [facts[code] for code in ("exploitation_from", "contacted_on") if code in facts]
    if birth is None or not days:
        return False
    adult_age = (packs or load_packs()).get("facts", "facts").data["adult_age"]
    return age_on(birth, min(days)) < int(adult_age)


def age_on(birth: date, day: date) -> int:
    """Completed years on a day. Somebody born on 29 February completes a year on 1 March of other years."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


@cross_check
def check_fields(packs: Packs) -> None:
    """Codes are unique, lists and other fields that a field names exist, and no fact can name a person."""
    for kind in ("facts", "compartments"):
        if kind not in packs.of_kind(kind):
            continue
        file = packs.get(kind, kind).file
        fields = facts_fields(packs) if kind == "facts" else compartment_fields(None, packs)
        codes = {f.code for f in fields}
        if len(codes) != len(fields):
            twice = sorted(c for c in codes if sum(f.code == c for f in fields) > 1)
            raise PackError(file, "data", f"{twice[0]!r} occurs twice")
        for spec in fields:
            if spec.vocabulary and spec.vocabulary not in packs.of_kind("vocabulary"):
                raise PackError(file, f"data/{spec.code}/vocabulary", f"no vocabulary {spec.vocabulary!r}")
            others = [*spec.needs, *spec.shown_with, spec.certainty_of, spec.not_before, spec.not_more_than]
            for other in filter(None, others):
                if other not in codes:
                    raise PackError(file, f"data/{spec.code}", f"names the field {other!r}, which is not there")

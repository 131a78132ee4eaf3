"""Does a service fit a person? Each condition with its answer and what to do about it (rules AS-05, AS-07, AS-08).

Unknown is an answer: what is not known stops nothing, it is asked. Nationality is no condition anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from fener.trust.errors import Text

CHILD_AGE = 18


@dataclass(frozen=True)
class PersonFacts:
    """The few facts that a check asks for. Ages in completed years; None and "" mean not stated."""

    gender: str = ""
    age: int | None = None
    treated_as_child: bool = False
    languages: tuple[str, ...] = ()
    interpreter: str = ""
    children: int = 0


@dataclass(frozen=True)
class Place:
    """What the directory says about a service. Empty lists and None limit nothing."""

    genders: tuple[str, ...] = ()
    min_age: int | None = None
    max_age: int | None = None
    languages: tuple[str, ...] = ()
    takes_children: bool = True
    capacity: int | None = None
    taken: int = 0
    said_full: bool = False


@dataclass(frozen=True)
class Condition:
    """One condition: ``met`` True, False or None (not known); ``stops`` says that False keeps a referral from going."""

    code: str
    text: Text
    met: bool | None
    what_to_do: Text = ""
    stops: bool = True

    @property
    def closed(self) -> bool:
        """Whether this condition alone keeps the referral from going."""
        return self.stops and self.met is False

    @property
    def next(self) -> Text:
        """What to do about it, under the name that a gate's condition gives it."""
        return self.what_to_do


def conditions(person: PersonFacts, place: Place) -> list[Condition]:
    """Capacity and eligibility, in the order in which a page shows them."""
    return [
        _capacity(place),
        _gender(person, place),
        _age(person, place),
        _children(person, place),
        _language(person, place),
    ]


def _capacity(place: Place) -> Condition:
    text: Text
    if place.said_full:
        met, text = False, _("The service said that it is full")
    elif place.capacity is None:
        met, text = True, _("The number of places is not limited")
    else:
        met = place.taken < place.capacity
        text = _("%(free)s of %(places)s places are free") % {
            "free": max(place.capacity - place.taken, 0),
            "places": place.capacity,
        }
    return Condition("capacity", text, met, _("Choose another service, or ask the desk when a place becomes free."))


def _gender(person: PersonFacts, place: Place) -> Condition:
    known = person.gender and person.gender != "NonSpecifiedUnknown"
    met = True if not place.genders else (person.gender in place.genders) if known else None
    return Condition(
        "gender", _("The service is for the person's gender"), met, _("Choose a service that takes everybody.")
    )


def _age(person: PersonFacts, place: Place) -> Condition:
    text = _("The person's age fits")
    advice = _("Choose a service for this age. A person whose age is disputed is treated as a child.")
    if place.min_age is None and place.max_age is None:
        return Condition("age", text, True, advice)
    if person.treated_as_child and (person.age is None or person.age >= CHILD_AGE):
        # Age is disputed: a place for adults only is no place for somebody who may be a child (rule CH-01).
        return Condition("age", text, (place.min_age or 0) < CHILD_AGE, advice)
    if person.age is None:
        return Condition("age", text, None, advice)
    met = (place.min_age or 0) <= person.age <= (place.max_age if place.max_age is not None else person.age)
    return Condition("age", text, met, advice)


def _children(person: PersonFacts, place: Place) -> Condition:
    met = not person.children or place.takes_children
    text = _("Children who are with the person can come too")
    return Condition("children", text, met, _("Choose a service that takes children: nobody is parted from theirs."))


def _language(person: PersonFacts, place: Place) -> Condition:
    """A language that nobody speaks is a flag and a counted gap, no reason to leave somebody without help (AS-07)."""
    if not person.languages:
        met: bool | None = None
    else:
        met = bool(set(person.languages) & set(place.languages)) or bool(person.interpreter)
    text = _("Somebody there speaks the person's language, or an interpreter is named")
    return Condition("language", text, met, _("Name an interpreter or a cultural mediator on the case."), stops=False)


def needs_interpreter(*, languages: Iterable[str], asked_for: str, interpreter: str, spoken: Iterable[str]) -> bool:
    """Whether a language or mediation need stands without a named interpreter or mediator (rule AS-07).

    ``asked_for``: the fact ``interpreter_needed`` (yes, no, unknown or ""); ``spoken``: languages of the organisation.
    """
    if interpreter.strip():
        return False
    if asked_for in {"yes", "no"}:
        return asked_for == "yes"
    own = {code for code in languages if code}
    return bool(own) and not own & set(spoken)


AGE_BANDS = ((0, 6), (7, 9), (10, 14), (15, 17), (18, 24), (25, 34), (35, 49), (50, 64))


def age_band(age: int | None) -> str:
    """The code of vocabulary ``age_band`` for an age in completed years."""
    if age is None:
        return "unknown"
    return next((f"{low}-{high}" for low, high in AGE_BANDS if low <= age <= high), "65+")


# What a desk sees before it answers. A list of what leaves, never of what stays: a new fact is not in it by itself.
# The facts that the preview is made of. A body that accepted sees these of the case, and others only on a consent that
# names what happened.
TOLD_WITH_A_REFERRAL = frozenset(
    {
        "gender",
        "age_at_contact",
        "age_at_contact_certainty",
        "minor",
        "primary_language",
        "secondary_language",
        "interpreter_needed",
        "children_with_person",
    }
)
PREVIEW_KEYS = (
    "gender",
    "age_band",
    "treated_as_child",
    "languages",
    "interpreter",
    "children",
    "needs",
    "urgent_needs",
    "urgency",
    "safety",
)


def preview(
    person: PersonFacts, *, needs: Iterable[str], urgent_needs: Iterable[str], urgency: str, safety: Iterable[str] = ()
) -> dict[str, Any]:
    """The masked preview: codes and bands. No name, no code of the case, no nationality, no place, no exact age."""
    made = {
        "gender": person.gender,
        "age_band": age_band(person.age),
        "treated_as_child": person.treated_as_child,
        "languages": list(person.languages),
        "interpreter": bool(person.interpreter),  # that there is one, not who
        "children": person.children,
        "needs": sorted(set(needs)),
        "urgent_needs": sorted(set(urgent_needs)),
        "urgency": urgency,
        "safety": sorted(set(safety)),
    }
    return {key: made[key] for key in PREVIEW_KEYS}

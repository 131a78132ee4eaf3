"""From a field as its pack declares it to a form's input. Cleaning and checking stay with norms."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext

from fener.norms.fields import Field
from fener.norms.vocab import vocabulary
from fener.trust.compartments import Compartment

# Beyond this many codes a list of buttons is no help on a telephone.
MOST_BUTTONS = 7


def codes_of(vocabulary_id: str, *, sort: bool = True) -> list[tuple[str, str]]:
    """Codes and labels of a list in the reader's language; long ones in its alphabet."""
    return list(_codes_in(get_language(), vocabulary_id, sort=sort))


@lru_cache(maxsize=512)  # every list, in every language that somebody reads here
def _codes_in(language: str | None, vocabulary_id: str, *, sort: bool) -> tuple[tuple[str, str], ...]:
    """``language`` is the active one: what ``gettext`` answers in."""
    pairs = tuple((code, gettext(label)) for code, label in vocabulary(vocabulary_id).choices())
    if not sort or len(pairs) <= MOST_BUTTONS:
        return pairs
    return tuple(sorted(pairs, key=lambda pair: pair[1].casefold()))


def field_for(spec: Field) -> forms.Field:
    """One input; never required: an empty one means "not stated"."""
    more: dict[str, Any] = {
        "label": gettext(spec.label),
        "help_text": gettext(spec.help) if spec.help else "",
        "required": False,
    }
    quiet = {"autocomplete": "off", "spellcheck": "false"}
    match spec.type:
        case "choice" | "country":
            choices = codes_of(spec.vocabulary)
            if len(choices) <= MOST_BUTTONS:
                return forms.ChoiceField(
                    choices=[*choices, ("", gettext("not stated"))], widget=forms.RadioSelect, **more
                )
            return forms.ChoiceField(choices=[("", "—"), *choices], **more)
        case "multi":
            choices = codes_of(spec.vocabulary)
            widget = forms.CheckboxSelectMultiple if len(choices) <= 30 else forms.SelectMultiple(attrs={"size": 8})
            return forms.MultipleChoiceField(choices=choices, widget=widget, **more)
        case "date":
            return forms.DateField(**more)
        case "integer":
            return forms.IntegerField(
                min_value=int(spec.minimum) if spec.minimum is not None else None,
                max_value=int(spec.maximum) if spec.maximum is not None else None,
                widget=forms.NumberInput(attrs={"class": "fener-input--number", "inputmode": "numeric"}),
                **more,
            )
        case "number":
            return forms.FloatField(min_value=spec.minimum, max_value=spec.maximum, localize=False, **more)
        case "boolean":
            return forms.BooleanField(**more)
        case "longtext":
            return forms.CharField(
                max_length=spec.max_length, widget=forms.Textarea(attrs={"rows": 5, **quiet}), **more
            )
        case _:
            kind = {"phone": "tel", "email": "email"}.get(spec.type)
            line = forms.TextInput(attrs={**quiet, **({"inputmode": kind} if kind else {})})
            return forms.CharField(max_length=spec.max_length, widget=line, **more)


def add_fields(form: forms.Form, specs: Iterable[Field], *, prefix: str = "") -> None:
    """Add an input for each declared field, under its own code (with ``prefix`` before it)."""
    for spec in specs:
        if not spec.repeats:
            form.fields[prefix + spec.code] = field_for(spec)


def values(form: forms.Form, specs: Iterable[Field], *, prefix: str = "") -> dict[str, Any]:
    """What was entered, by the declared code; empty ones are kept so that an update can take a value away."""
    return {
        spec.code: form.cleaned_data.get(prefix + spec.code)
        for spec in specs
        if prefix + spec.code in form.cleaned_data
    }


def compartment_choices() -> list[tuple[str, str]]:
    """The compartments as they stand in a consent sentence."""
    return [(part.value, str(part.label)) for part in Compartment]

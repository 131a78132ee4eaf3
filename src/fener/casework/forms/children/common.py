"""Inputs that forms of this chapter share."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from fener.casework.forms.fields import codes_of
from fener.casework.forms.protection import SEALED

YES_NO_UNKNOWN = [("yes", _("Yes")), ("no", _("No")), ("unknown", _("Not known"))]
ANSWER = {"yes": True, "no": False, "unknown": None}


def one_of(label: Any, vocabulary_id: str, **more: Any) -> forms.ChoiceField:
    """One code of a list, as buttons."""
    return forms.ChoiceField(
        label=label, choices=partial(codes_of, vocabulary_id, sort=False), widget=forms.RadioSelect, **more
    )


def listed(vocabulary_id: str) -> list[tuple[str, str]]:
    """The codes of a long list with a line for none."""
    return [("", "—"), *codes_of(vocabulary_id)]


def chosen(label: Any, vocabulary_id: str, **more: Any) -> forms.ChoiceField:
    """One code of a long list."""
    return forms.ChoiceField(label=label, choices=partial(listed, vocabulary_id), **more)


def choose_from(form: forms.BaseForm, **choices: QuerySet[Any] | Sequence[tuple[Any, Any]]) -> None:
    """What the fields of these names offer: rows, or codes with their labels. Anything else is refused."""
    for name, offered in choices.items():
        field: Any = form.fields[name]
        setattr(field, "queryset" if isinstance(offered, QuerySet) else "choices", offered)


def some_of(label: Any, vocabulary_id: str, **more: Any) -> forms.MultipleChoiceField:
    """Some codes of a list, as boxes."""
    return forms.MultipleChoiceField(
        label=label,
        choices=partial(codes_of, vocabulary_id, sort=False),
        widget=forms.CheckboxSelectMultiple,
        **more,
    )


def yes_no_unknown(label: Any, **more: Any) -> forms.ChoiceField:
    """A question that may be answered with "not known"."""
    return forms.ChoiceField(label=label, choices=YES_NO_UNKNOWN, widget=forms.RadioSelect, **more)


def words(label: Any, *, required: bool = False, help_text: Any = SEALED) -> forms.CharField:
    """Words that are sealed."""
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
    )

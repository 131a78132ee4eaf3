"""Forms of the savings book."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from fener.casework.chapters.children.drawing import day, label
from fener.casework.forms.children.common import choose_from
from fener.casework.forms.children.common import words as sealed
from fener.casework.forms.justice.compensation import listed, sum_of
from fener.casework.forms.protection import Person
from fener.casework.models.reintegration.savings import OUT, SavingsEntry
from fener.casework.services.reintegration.savings import IN, OutTerms, counted
from fener.norms.labour import money
from fener.trust.models import User


def _kinds(codes: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(code, label("ledger_entry", code)) for code in codes]


class InForm(forms.Form):
    """Money that is put in."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=partial(_kinds, IN), widget=forms.RadioSelect)
    currency = forms.ChoiceField(label=_("Currency"), choices=partial(listed, "currency"))
    amount = sum_of(_("How much?"))
    on = forms.DateField(label=_("On which day?"))
    words = sealed(_("From whom, and for what"))


class OutForm(forms.Form):
    """Money that the person takes."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=partial(_kinds, OUT), widget=forms.RadioSelect)
    currency = forms.ChoiceField(label=_("Currency"), choices=partial(listed, "currency"))
    amount = sum_of(_("How much?"))
    on = forms.DateField(label=_("On which day?"))
    receipt = forms.ChoiceField(
        label=_("How did the person confirm it?"), choices=SavingsEntry.Receipt.choices, widget=forms.RadioSelect
    )
    witness = Person(
        queryset=User.objects.none(),
        label=_("The second colleague who was there"),
        required=False,
        empty_label="—",
        help_text=_("Needed where the person did not sign."),
    )
    words = sealed(_("To whom, if it was handed over to somebody whom the person named"))

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, witness=people)


def terms_of(data: Any) -> OutTerms:
    """What was entered, as the service takes it."""
    return OutTerms(**data)


class _Entry(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: SavingsEntry) -> str:
        return f"{day(obj.on)}: {label('ledger_entry', obj.kind)}, {money(counted(obj), obj.currency)}"


class CorrectForm(forms.Form):
    """What an entry should have been."""

    entry = _Entry(
        queryset=SavingsEntry.objects.none(), label=_("Which entry?"), empty_label=None, widget=forms.RadioSelect
    )
    amount = forms.DecimalField(
        label=_("What is the right sum?"),
        min_value=0,
        max_digits=14,
        decimal_places=2,
        help_text=_("Nought if there was no such entry at all."),
        widget=forms.TextInput(attrs={"class": "fener-input--number", "inputmode": "decimal", "autocomplete": "off"}),
    )
    on = forms.DateField(label=_("On which day is it corrected?"))
    witness = Person(
        queryset=User.objects.none(),
        label=_("The second colleague who was there"),
        required=False,
        empty_label="—",
        help_text=_("Needed where less is left than before: the person sees it, and a second colleague is there."),
    )
    words = sealed(_("How the mistake came about"))

    def __init__(self, *args: Any, entries: QuerySet[SavingsEntry], people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, entry=entries, witness=people)

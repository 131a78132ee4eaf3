"""Forms of the register of shelters."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from fener.casework.forms.children.common import choose_from, one_of
from fener.casework.forms.fields import codes_of
from fener.network.models import Service

MOST = 10_000  # people in one house


class HouseForm(forms.Form):
    """What is said of a house."""

    service = forms.ModelChoiceField(queryset=Service.objects.none(), label=_("Service of the directory"))
    kind = one_of(_("Kind of shelter"), "shelter_kind")
    funder = one_of(_("Who pays for it?"), "funder_kind")
    procurement = one_of(_("How was the operator chosen?"), "procurement_kind")
    cost_per_night = forms.DecimalField(
        label=_("Cost of one place for one night"), required=False, min_value=0, max_digits=10, decimal_places=2
    )
    currency = forms.CharField(label=_("Currency"), required=False, max_length=3, help_text=_("Three letters: EUR"))

    def __init__(self, *args: Any, services: QuerySet[Service], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, service=services)

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()


class NightForm(forms.Form):
    """How many slept there."""

    on = forms.DateField(label=_("In the night of which day?"))
    residents = forms.IntegerField(label=_("How many people slept there?"), min_value=0, max_value=MOST)
    ineligible = forms.IntegerField(
        label=_("How many of them is the house not meant for?"), min_value=0, max_value=MOST, required=False
    )


class HouseRefusalForm(forms.Form):
    """A refusal of the house."""

    on = forms.DateField(label=_("On which day?"))
    reason = one_of(_("Why did the house refuse?"), "shelter_refusal")


class KindForm(forms.Form):
    """The filter of the register."""

    kind = forms.ChoiceField(
        label=_("Kind of shelter"), required=False, choices=lambda: [("", "—"), *codes_of("shelter_kind")]
    )

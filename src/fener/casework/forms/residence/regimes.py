"""Forms of residence regimes."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from fener.casework.chapters.residence.naming import choices
from fener.casework.models.residence.regime import RegimeFact, RegimeStay


class RegimeForm(forms.Form):
    """Which regime, since when."""

    code = forms.ChoiceField(
        label=_("Which regime?"),
        choices=choices,
        help_text=_("A country without a regime of its own here has its recovery period and what the sources say."),
    )
    starts_on = forms.DateField(label=_("Since which day?"))


class EndForm(forms.Form):
    """It applies no longer."""

    reason = forms.ChoiceField(label=_("Why?"), choices=RegimeStay.End.choices, widget=forms.RadioSelect)
    on = forms.DateField(label=_("On which day?"))


class PathForm(forms.Form):
    """The other path."""

    on = forms.DateField(label=_("On which day?"))


class FactForm(forms.Form):
    """What is known of a condition."""

    fact = forms.ChoiceField(label=_("What is known?"), choices=[("", "—"), *RegimeFact.Fact.choices])
    answer = forms.ChoiceField(label=_("Is it so?"), choices=RegimeFact.Answer.choices, widget=forms.RadioSelect)
    on = forms.DateField(label=_("Since which day?"))
    says = forms.ChoiceField(label=_("Who says so?"), choices=[("", "—"), *RegimeFact.Says.choices])

"""Forms of conditions on permits and services."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from fener.casework.forms.children.common import one_of
from fener.casework.models.residence.condition import ImposedCondition


class ConditionForm(forms.Form):
    """A condition and where it stands."""

    what = forms.ChoiceField(
        label=_("On what is it put?"), choices=ImposedCondition.What.choices, widget=forms.RadioSelect
    )
    kind = one_of(_("What is demanded?"), "condition_kind")
    by = forms.ChoiceField(label=_("Who puts it?"), choices=ImposedCondition.By.choices, widget=forms.RadioSelect)
    stands = forms.ChoiceField(
        label=_("Where does it stand?"), choices=ImposedCondition.Stands.choices, widget=forms.RadioSelect
    )
    source = forms.CharField(
        label=_("Which law or paper, or who said it?"),
        max_length=300,
        help_text=_("It is sealed."),
    )
    since = forms.DateField(label=_("Since which day?"))


class DayForm(forms.Form):
    """The day on which it was refused or lifted."""

    on = forms.DateField(label=_("On which day?"))

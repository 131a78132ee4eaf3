"""Forms of what a return passes on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from fener.casework.forms.children.common import choose_from, one_of, some_of
from fener.casework.models.returns.passing_on import PassedOn
from fener.network.models import Organisation


class PassOnForm(forms.Form):
    """Whom, which kinds of data, for what, and what they assured."""

    recipient = forms.ModelChoiceField(
        queryset=Organisation.objects.none(),
        label=_("Which authority is told?"),
        empty_label="—",
        help_text=_("The person's consent has to name it."),
    )
    purpose = one_of(_("What for?"), "return_purpose")
    fields_told = some_of(_("What is it told?"), "return_field", help_text=_("Choose the least that it needs."))
    assurance = forms.ChoiceField(
        label=_("Is it certain that no statement is demanded there without protection?"),
        choices=PassedOn.Assurance.choices,
        widget=forms.RadioSelect,
    )
    assured_on = forms.DateField(label=_("When did the authority confirm it?"), required=False)
    on = forms.DateField(label=_("On which day is it told?"))

    def __init__(self, *args: Any, bodies: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, recipient=bodies)


class DemandedForm(forms.Form):
    """A statement was demanded there."""

    by = one_of(_("Who demanded it?"), "incident_author")
    on = forms.DateField(label=_("On which day?"))

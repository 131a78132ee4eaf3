"""Forms of a search for the family."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fener.casework.domain.returns.tracing_states import CALL_OFF, FIND, MISS, TRACING
from fener.casework.forms.children.common import one_of
from fener.casework.forms.children.common import words as sealed
from fener.casework.models.returns.tracing import FamilySearch

STEPS = {
    FIND: _("Somebody was found. They are told nothing."),
    MISS: _("Nobody was found"),
    CALL_OFF: _("The person no longer wants it"),
}


class SearchForm(forms.Form):
    """Whom, by whom, and that the person wants it."""

    relative = one_of(_("Who is looked for?"), "risk_subject")
    by = forms.ChoiceField(label=_("Who looks?"), choices=[("", "—"), *FamilySearch.By.choices])
    asked_on = forms.DateField(label=_("On which day did the person ask for it?"))
    agreed = forms.BooleanField(
        label=_("The person wants it; for a child, the guardian does, and the child was heard"), required=False
    )
    words = sealed(_("Who is looked for, and where they lived last"), required=True)


class SearchEndForm(forms.Form):
    """How it stands; only what is possible is offered."""

    step = forms.ChoiceField(label=_("How does it stand?"), choices=[], widget=forms.RadioSelect)
    on = forms.DateField(label=_("On which day?"))

    def __init__(self, *args: Any, state: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        possible = [(act, words) for act, words in STEPS.items() if (state, act) in TRACING.steps]
        self.fields["step"].choices = possible  # type: ignore[attr-defined]


class FamilyContactForm(forms.Form):
    """That the person agreed to be in touch with this relative, and when it was done."""

    agreed = forms.BooleanField(
        label=_("The person agreed; for a child, the guardian did, and the child was heard"), required=False
    )
    agreed_on = forms.DateField(label=_("On which day did they agree?"))
    on = forms.DateField(label=_("On which day was the relative told?"))

"""Forms of promises."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fener.casework.domain.safety.promise_states import BREAK, KEEP, PROMISE, RELEASE
from fener.casework.forms.children.common import choose_from
from fener.casework.models.safety.promise import Promise
from fener.casework.services.safety.promises import PromiseTerms

STEPS = {
    KEEP: _("It was kept: the person has it"),
    BREAK: _("It was broken, or it is certain that it will not be kept"),
    RELEASE: _("The person no longer wants it"),
}


class PromiseForm(forms.Form):
    """What was promised, by whom, for when."""

    kind = forms.ChoiceField(label=_("What was promised?"), choices=Promise.Kind.choices, widget=forms.RadioSelect)
    by = forms.ChoiceField(label=_("Who promised it?"), choices=[("", "—"), *Promise.By.choices])
    made_on = forms.DateField(label=_("When was it promised?"))
    due_on = forms.DateField(
        label=_("For when?"), help_text=_("If no day was named: the day on which you ask about it again.")
    )
    no_day_named = forms.BooleanField(label=_("No day was named"), required=False)
    words = forms.CharField(
        label=_("Who said it, and how"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Name, office, the words as the person remembers them. Sealed with the legal part of the file."),
    )


def terms_of(data: Mapping[str, Any]) -> PromiseTerms:
    """What was entered, as the service takes it."""
    return PromiseTerms(
        kind=data["kind"],
        by=data["by"],
        made_on=data["made_on"],
        due_on=data["due_on"],
        day_was_named=not data["no_day_named"],
        words=data["words"],
    )


class SettleForm(forms.Form):
    """What became of a promise; only what is possible from its state is offered."""

    step = forms.ChoiceField(label=_("What became of it?"), choices=[], widget=forms.RadioSelect)
    on = forms.DateField(label=_("On which day?"))

    def __init__(self, *args: Any, state: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        possible = [(act, words) for act, words in STEPS.items() if (state, act) in PROMISE.steps]
        choose_from(self, step=possible)


class ToldForm(forms.Form):
    """That the person was told."""

    on = forms.DateField(label=_("On which day did you tell the person?"))

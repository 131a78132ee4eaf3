"""Forms of what stays behind."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from fener.casework.domain.justice.belonging_states import ASK, BELONGING, CLAIM, LOSE, RECOVER, WAIVE
from fener.casework.forms.children.common import one_of
from fener.casework.forms.children.common import words as sealed
from fener.casework.forms.justice.compensation import listed, sum_of
from fener.casework.models.justice.belonging import LeftBehind
from fener.casework.models.justice.claim import Claim

STEPS = {
    ASK: _("Whoever has it was asked to give it back"),
    CLAIM: _("A claim was made"),
    RECOVER: _("It was recovered"),
    LOSE: _("It is lost"),
    WAIVE: _("The person does not want it"),
}


class LeftForm(forms.Form):
    """What stays behind, and of wages what is known of them."""

    kind = one_of(_("What stays behind?"), "belonging_kind")
    held_by = forms.ChoiceField(label=_("Who has it?"), choices=partial(listed, "incident_author"))
    left_on = forms.DateField(label=_("Since when?"))
    time_given = forms.ChoiceField(
        label=_("Was there time to collect it?"), choices=LeftBehind.Time.choices, widget=forms.RadioSelect
    )
    currency = forms.ChoiceField(label=_("Currency"), choices=partial(listed, "currency"), required=False)
    agreed = sum_of(_("Wage that was agreed, for one period"), required=False)
    minimum = sum_of(_("Least wage by law, for one period"), required=False)
    periods = sum_of(_("How many periods were worked?"), required=False)
    paid = sum_of(_("What was paid in all"), required=False, help_text=_("Nought if nothing. Empty: not known."))
    words = sealed(_("What it is, and where"))


class LeftStepForm(forms.Form):
    """What became of it; only what is possible is offered."""

    step = forms.ChoiceField(label=_("What became of it?"), choices=[], widget=forms.RadioSelect)
    claim = forms.ModelChoiceField(
        queryset=Claim.objects.none(), label=_("Which claim?"), required=False, empty_label="—",
        help_text=_("Only where a claim was made. It stands under Compensation."),
    )  # fmt: skip
    on = forms.DateField(label=_("On which day?"))

    def __init__(self, *args: Any, state: str, claims: QuerySet[Claim], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        possible = [(act, words) for act, words in STEPS.items() if (state, act) in BELONGING.steps]
        self.fields["step"].choices = possible  # type: ignore[attr-defined]
        self.fields["claim"].queryset = claims  # type: ignore[attr-defined]
        self.fields["claim"].label_from_instance = _named  # type: ignore[attr-defined]


def _named(claim: Claim) -> str:
    return f"{date_format(claim.claimed_on)}, {claim.currency}"

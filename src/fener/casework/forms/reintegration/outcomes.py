"""Forms of outcomes and of causes of a failed case."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fener.casework.forms.children.common import one_of, some_of
from fener.casework.forms.children.common import words as sealed
from fener.casework.models.reintegration.outcome import AREAS, Outcome
from fener.casework.services.reintegration.outcomes import OutcomeTerms


class OutcomeForm(forms.Form):
    """How the person lives."""

    on = forms.DateField(label=_("On which day was it so?"))
    how = forms.ChoiceField(label=_("How did it become known?"), choices=Outcome.How.choices, widget=forms.RadioSelect)
    channel = one_of(_("If you got in touch: on which channel?"), "safe_channel", required=False)
    safe_time = forms.BooleanField(label=_("It was one of the times that the person called safe"), required=False)
    home = one_of(_("Where does the person live?"), "outcome_home")
    work = one_of(_("Does the person work?"), "outcome_work")
    income = one_of(_("Is there enough to live on?"), "outcome_income")
    school = one_of(_("School"), "outcome_school")
    safety = one_of(_("Does the person feel safe?"), "outcome_safety")
    re_trafficked = one_of(_("Was the person trafficked again?"), "outcome_re_trafficked")
    in_programme = forms.BooleanField(
        label=_("Still in a programme"), required=False, help_text=_("Counts as neither success nor failure.")
    )
    own_view = forms.ChoiceField(
        label=_("How does the person judge it?"), choices=Outcome.OwnView.choices, widget=forms.RadioSelect
    )
    reasons = some_of(_("What did not go well: why?"), "setback_reason", required=False)
    words = sealed(_("What the person said"))


def terms_of(data: Any) -> OutcomeTerms:
    """What was entered, as the service takes it."""
    rest = {name: value for name, value in data.items() if name not in AREAS}
    return OutcomeTerms(areas={area: data[area] for area in AREAS}, **rest)


class FailureForm(forms.Form):
    """Why a case failed."""

    cause = one_of(_("What was the cause?"), "failure_cause")
    on = forms.DateField(label=_("On which day was it seen?"))
    words = sealed(_("What happened"))

"""Forms of a family reunion: no question about income."""

from __future__ import annotations

from functools import partial

from django import forms
from django.utils.translation import gettext_lazy as _

from fener.casework.forms.children.common import one_of
from fener.casework.forms.children.common import words as sealed
from fener.casework.forms.justice.compensation import listed


class ReunionForm(forms.Form):
    """Who wants to join the person."""

    relative = one_of(_("Who joins the person?"), "risk_subject")
    which = forms.IntegerField(
        label=_("Which of them? Count from 1, as for the dangers."), min_value=1, max_value=20, initial=1
    )
    on = forms.DateField(label=_("On which day was it asked for?"))
    words = sealed(_("Who it is, and where they are"))


class ReunionDecisionForm(forms.Form):
    """What was decided."""

    granted = forms.TypedChoiceField(
        label=_("What was decided?"), choices=[("yes", _("Granted")), ("no", _("Refused"))], widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )  # fmt: skip
    reason = forms.ChoiceField(
        label=_("Why was it refused?"), choices=partial(listed, "reunion_refusal"), required=False
    )
    on = forms.DateField(label=_("On which day?"))

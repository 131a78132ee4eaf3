"""The form of a returnee's screening."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from fener.casework.forms.children.common import one_of


class ReturnScreeningForm(forms.Form):
    """How it ended, and when."""

    outcome = one_of(
        _("How did the screening end?"),
        "return_screening",
        help_text=_("What it found is recorded as an assessment. A refusal proves nothing and ends no help."),
    )
    on = forms.DateField(label=_("On which day?"))

"""Forms of second entries."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class CameBackForm(forms.Form):
    """Since when the person is here again."""

    on = forms.DateField(label=_("Since which day is the person here again?"))


class AnsweredForm(forms.Form):
    """When it was talked about."""

    on = forms.DateField(label=_("On which day did you talk with the person about it?"))

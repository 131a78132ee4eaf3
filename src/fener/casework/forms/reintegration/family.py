"""Forms about the family."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from fener.casework.forms.children.common import one_of
from fener.casework.forms.children.common import words as sealed
from fener.casework.forms.reintegration.plan import YES_NO


class AskForm(forms.Form):
    """The person's own yes or no."""

    agreed = forms.ChoiceField(label=_("Does the person want it?"), choices=YES_NO, widget=forms.RadioSelect)
    relative = sealed(
        _("Which relative, how to reach them safely, and what they may know"),
        required=True,
        help_text=_("Sealed. Nothing is told that the person did not name."),
    )
    on = forms.DateField(label=_("On which day?"))


class SupportForm(forms.Form):
    """A contact, or help for the family."""

    kind = one_of(_("What was done?"), "family_support")
    on = forms.DateField(label=_("On which day?"))
    words = sealed(_("In words"))

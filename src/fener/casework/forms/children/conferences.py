"""Forms of case conferences."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from fener.casework.forms.children.common import one_of, some_of, words

LEGAL = _("Sealed with the legal part of the file.")


class CallForm(forms.Form):
    """The child's level of risk."""

    level = one_of(_("How high is the risk for the child?"), "risk_level")
    on = forms.DateField(label=_("Since which day?"))


class HeldForm(forms.Form):
    """Who was there and which risk was found."""

    held_on = forms.DateField(label=_("On which day?"))
    present = some_of(_("Who was there?"), "conference_sector")
    chair = one_of(_("Who chaired it?"), "conference_sector")
    level = one_of(_("How high is the risk for the child?"), "risk_level")
    words = words(_("Minutes"), help_text=LEGAL)


class MeasureForm(forms.Form):
    """What is to be done, by whom and when."""

    words = words(_("What is to be done?"), required=True, help_text=LEGAL)
    sector = one_of(_("Who does it?"), "conference_sector")
    due_on = forms.DateField(label=_("By when?"))

"""Forms of detentions."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from fener.casework.forms.children.common import one_of, words
from fener.casework.services.safety.detentions import RELEASE, TRANSFER


class DetentionForm(forms.Form):
    """By whom, and since when."""

    by = one_of(_("Who holds the person?"), "incident_author")
    since = forms.DateField(label=_("Since which day?"), help_text=_("The first day that you know of."))
    words = words(_("Where, and on what ground"), help_text=_("Sealed with the legal part of the file."))


class DetentionEndForm(forms.Form):
    """A transfer, or a release."""

    step = forms.ChoiceField(
        label=_("How did it end?"),
        choices=[(TRANSFER, _("Transferred to a place of help")), (RELEASE, _("Released"))],
        widget=forms.RadioSelect,
    )
    on = forms.DateField(label=_("On which day?"))

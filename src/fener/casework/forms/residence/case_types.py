"""Forms of the type of a case."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from fener.casework.forms.children.common import one_of


class CaseTypeForm(forms.Form):
    """As what the case is worked on."""

    kind = one_of(_("As what is this case worked on?"), "case_type")
    on = forms.DateField(label=_("From which day?"))


class OfferedForm(forms.Form):
    """A referral or service was offered."""

    declined = forms.BooleanField(label=_("The person wants none for now; the offer stays"), required=False)
    on = forms.DateField(label=_("On which day?"))

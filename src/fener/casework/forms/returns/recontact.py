"""Forms of contact after the journey."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from fener.casework.forms.children.common import one_of
from fener.casework.forms.children.common import words as sealed
from fener.casework.models.returns.recontact import FollowUp


class AgreeForm(forms.Form):
    """What the person agrees to."""

    channel = one_of(_("How does the person want to be reached?"), "safe_channel")
    how = sealed(
        _("Who gets in touch, where, and at which times is it safe?"),
        required=True,
        help_text=_("Number or address, safe days and hours, what to say if somebody else answers. Sealed."),
    )
    on = forms.DateField(label=_("When did the person agree?"))
    until = forms.DateField(label=_("Until when?"), help_text=_("It ends by itself on that day."))


class WithdrawForm(forms.Form):
    """The person no longer wants it."""

    on = forms.DateField(label=_("Since when?"))


class ContactForm(forms.Form):
    """A contact that was made or tried."""

    channel = one_of(_("On which channel?"), "safe_channel")
    safe_time = forms.BooleanField(label=_("It was one of the times that the person called safe"), required=False)
    result = forms.ChoiceField(label=_("What came of it?"), choices=FollowUp.Result.choices, widget=forms.RadioSelect)
    on = forms.DateField(label=_("On which day?"))
    words = sealed(_("What the person said"))

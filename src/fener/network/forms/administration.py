"""The form that begins an administration session."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from fener.trust.elevation import DEFAULT_MINUTES

MINUTES = (15, DEFAULT_MINUTES, 60, 120)


class BeginForm(forms.Form):
    """Why, for how long, and proof that it is still the same person at the keyboard."""

    reason = forms.CharField(
        label=_("What are you about to do, and why?"),
        max_length=300,
        help_text=_(
            "In words, for those who watch over your organisation's keys. Name nobody: no colleague, and above all "
            "no person whom you help."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    minutes = forms.TypedChoiceField(
        label=_("For how long?"),
        coerce=int,
        initial=DEFAULT_MINUTES,
        widget=forms.RadioSelect(attrs={"class": "fener-inline"}),
        choices=[(MINUTES[0], _("15 minutes")), (MINUTES[1], _("30 minutes")), (MINUTES[2], _("1 hour")),
                 (MINUTES[3], _("2 hours"))],
    )  # fmt: skip
    proof = forms.CharField(
        label=_("Your password, or the code of your second step"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

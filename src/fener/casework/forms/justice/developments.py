"""Forms of developments in the proceedings and of the person's wish to be told."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from fener.casework.forms.children.common import one_of, words


class WishForm(forms.Form):
    """Whether the person wants to be told, and how."""

    wants = forms.ChoiceField(
        label=_("Does the person want to be told?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
    )
    channel = one_of(
        _("Through which channel?"), "safe_channel", required=False, help_text=_("Only where they want to be told.")
    )
    how = words(_("When, by whom, what never"))
    since = forms.DateField(label=_("When did the person say so?"))


class DevelopmentForm(forms.Form):
    """Something happened in the proceedings."""

    kind = one_of(_("What happened?"), "development_kind")
    happened_at = forms.DateTimeField(label=_("When did it happen?"))
    words = words(_("Who, where, what exactly"))


class TellForm(forms.Form):
    """The person was told."""

    channel = one_of(_("Through which channel?"), "safe_channel")
    at = forms.DateTimeField(label=_("When was the person told?"))

"""Forms of a health card: what it opens, and the code that somebody shows."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fener.casework.services.health.cards import OPENS
from fener.norms.vocab import vocabulary


def kinds() -> list[tuple[str, str]]:
    """What a card may open, in the reader's language."""
    return [(code, gettext(vocabulary("health_offer").label(code))) for code in OPENS]


class GiveForm(forms.Form):
    """What the card opens and until when."""

    opens = forms.MultipleChoiceField(
        label=_("What does the card open?"), choices=kinds, widget=forms.CheckboxSelectMultiple
    )
    until = forms.DateField(label=_("Until which day?"), help_text=_("At most a year. A new card ends this one."))


class EndForm(forms.Form):
    """Nothing is asked."""


class CodeForm(forms.Form):
    """The code of a card."""

    code = forms.CharField(
        label=_("The code on the card"),
        max_length=40,
        help_text=_("Thirteen signs. Ask for nothing else: no name, no papers."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )

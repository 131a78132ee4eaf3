"""The form of papers and entitlements: every line with how it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fener.casework.forms.children.common import words as sealed
from fener.casework.forms.fields import codes_of
from fener.casework.services.reintegration.papers import PapersTerms, items

START = "state_"


class PapersForm(forms.Form):
    """How each line stands; what stays as it was is written no second time."""

    on = forms.DateField(label=_("On which day was it so?"))
    denied_by = forms.ChoiceField(
        label=_("If something was denied: by whom?"),
        required=False,
        choices=lambda: [("", "—"), *codes_of("denying_office", sort=False)],
    )
    answer_by = forms.DateField(
        label=_("If something was applied for: until when is an answer expected?"),
        required=False,
        help_text=_("You are reminded then."),
    )
    words = sealed(_("Number of the file, reason of a denial"))

    def __init__(self, *args: Any, states: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "—"), *codes_of("document_state", sort=False)]
        lines = {
            f"{START}{item}": forms.ChoiceField(
                label=gettext(text), required=False, choices=choices, initial=states.get(item, "")
            )
            for item, text in items().items()
        }
        self.fields = {"on": self.fields.pop("on"), **lines, **self.fields}


def terms_of(data: Mapping[str, Any]) -> PapersTerms:
    """What was entered, as the service takes it."""
    states = {name.removeprefix(START): value for name, value in data.items() if name.startswith(START)}
    rest = {name: value for name, value in data.items() if not name.startswith(START)}
    return PapersTerms(states=states, **rest)

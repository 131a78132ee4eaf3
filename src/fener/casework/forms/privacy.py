"""Forms about a person's own data: a copy, an erasure, periods."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fener.casework.services.person_copy import WORDS
from fener.norms.fields import compartment_fields
from fener.trust.compartments import EXPORTABLE_COMPARTMENTS
from fener.trust.privacy.erasures import HOLDS, STOPPED_FOR

FORMATS = (
    ("page", _("A page to print")),
    ("pdf", _("A PDF file")),
    ("json", _("A file for a machine (JSON)")),
)


class CopyForm(forms.Form):
    """In which form and language the person wants it, and what tells about somebody else as well."""

    form = forms.ChoiceField(label=_("In which form"), choices=FORMATS, widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("In which language"), choices=settings.LANGUAGES)
    leave_out = forms.MultipleChoiceField(
        label=_("Leave out, because it tells about somebody else too"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What is about other people alone is left out anyway. The copy says what is missing."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        long_texts = [
            (f"{spec.compartment}.{spec.code}", gettext(spec.label))
            for spec in compartment_fields()
            if spec.type == "longtext" and spec.compartment in EXPORTABLE_COMPARTMENTS and spec.whose == "person"
        ]
        choices = [*long_texts, (WORDS, gettext("Words that were written beside records"))]
        self.fields["leave_out"].choices = choices  # type: ignore[attr-defined]


class RefuseForm(forms.Form):
    """Why not now, and when to look again."""

    hold = forms.ChoiceField(label=_("Why not now"), widget=forms.RadioSelect, choices=list(HOLDS.items()))
    look_again_on = forms.DateField(
        label=_("Look again on"), help_text=_("On this day it is proposed again by itself. Tell the person both.")
    )


class StopForm(forms.Form):
    """Who wishes that it stops."""

    because = forms.ChoiceField(label=_("Why it stops"), widget=forms.RadioSelect, choices=list(STOPPED_FOR.items()))


class PeriodForm(forms.Form):
    """How long, and why so long."""

    months = forms.IntegerField(label=_("Months"), min_value=1, max_value=600)
    reason = forms.CharField(
        label=_("Why this long"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("It stands in the register beside the period, as your own rule and not the law's. Name nobody."),
    )

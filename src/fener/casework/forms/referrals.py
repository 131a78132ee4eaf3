"""Forms of referrals: what will be told and how urgent it is; a no with its reason; what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from fener.casework.domain.reasons import DECLINE_REASONS, outcomes_for
from fener.casework.models import Referral
from fener.trust.compartments import Compartment


class SendForm(forms.Form):
    """What is told, out of what the person agreed to, and until when an answer is needed."""

    # The page writes the legend: it is the first half of the sentence.
    compartments = forms.MultipleChoiceField(
        label=_("What is told"), required=False, widget=forms.CheckboxSelectMultiple, choices=[]
    )
    urgency = forms.ChoiceField(
        label=_("How soon is an answer needed?"),
        widget=forms.RadioSelect,
        choices=Referral.Urgency.choices,
        initial=Referral.Urgency.NORMAL,
        help_text=_("It decides until when the desk has to answer."),
    )

    def __init__(self, *args: Any, agreed: Iterable[str], empty: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parts, nothing = [c for c in Compartment if c.value in set(agreed)], set(empty)
        self.fields["compartments"].choices = [  # type: ignore[attr-defined]
            (
                c.value,
                format_html("{} ({})", c.label, _("nothing is written there yet")) if c.value in nothing else c.label,
            )
            for c in parts
        ]
        self.fields["compartments"].initial = [c.value for c in parts]


class DeclineForm(forms.Form):
    """A no: each reason says what follows from it."""

    reason = forms.ChoiceField(label=_("Why not?"), widget=forms.RadioSelect, choices=[])
    note = forms.CharField(
        label=_("A note for the sender"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It is not sealed. Name nobody in it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [  # type: ignore[attr-defined]
            # "No answer in time" is what the clock says; nobody chooses it.
            (reason.code, format_html("{}. <span class='fener-quiet'>{}</span>", reason.label, reason.consequence))
            for reason in DECLINE_REASONS.values()
            if reason.code != "no_answer"
        ]


class OutcomeForm(forms.Form):
    """What became of it, back to whoever sent the person."""

    outcome = forms.ChoiceField(label=_("What became of it?"), widget=forms.RadioSelect, choices=[])
    note = forms.CharField(
        label=_("What the sender should know"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Sealed: only the sender and your organisation can open it."),
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [  # type: ignore[attr-defined]
            (
                outcome.code,
                format_html(
                    "{}. <span class='fener-quiet'>{}</span>",
                    outcome.label,
                    _("It ends the referral, and with it what you can open."),
                )
                if outcome.ends
                else outcome.label,
            )
            for outcome in outcomes_for(kind)
        ]

"""A sentence that the person agrees to: who, what, what for, until when, how it was explained."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework.domain import told
from fener.casework.forms.fields import codes_of, compartment_choices
from fener.casework.models import Case
from fener.network.models import Organisation
from fener.trust.models import Consent
from fener.trust.purposes import NOT_FOR_CHILDREN, Purpose
from fener.trust.sentences import sentence

USUAL_LENGTH = timedelta(days=90)
INTERPRETER_HELP = _("The interpreter's name. Leave it empty if you speak the language yourself.")


class ConsentForm(forms.Form):
    """One consent. Every part of the sentence is asked for; nothing that the person must choose is ticked."""

    recipient = forms.ModelChoiceField(
        queryset=Organisation.objects.none(), label=_("Who may have it?"), empty_label="—"
    )
    purpose = forms.ChoiceField(
        label=_("What for?"),
        widget=forms.RadioSelect,
        help_text=_("One purpose opens no other. Ask for each by itself."),
    )
    compartments = forms.MultipleChoiceField(
        label=_("What exactly?"), widget=forms.CheckboxSelectMultiple, help_text=_("Only what the person names.")
    )
    until = forms.DateField(label=_("Until when?"))
    giver = forms.ChoiceField(
        label=_("Who agrees?"),
        widget=forms.RadioSelect,
        choices=Consent.Giver.choices,
        help_text=_("For somebody under 18, or whose age is in doubt, the guardian agrees and the child is asked."),
    )
    child_assent = forms.BooleanField(label=_("The child was asked, and agrees"), required=False)
    language = forms.ChoiceField(label=_("Explained in this language"))
    interpreter = forms.CharField(
        label=_("Interpreter or cultural mediator"), required=False, max_length=120, help_text=INTERPRETER_HELP
    )
    given_on = forms.DateField(label=_("Agreed on"))

    def __init__(self, *args: Any, case: Case, organisations: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        today = timezone.localdate()
        self.fields["recipient"].queryset = organisations  # type: ignore[attr-defined]
        self.fields["purpose"].choices = [  # type: ignore[attr-defined]
            (purpose.value, purpose.label)
            for purpose in Purpose
            if not (case.treated_as_child and purpose in NOT_FOR_CHILDREN)
        ]
        self.fields["compartments"].choices = compartment_choices()  # type: ignore[attr-defined]
        self.fields["language"].choices = [("", "—"), *codes_of("languages")]  # type: ignore[attr-defined]
        self.fields["language"].initial = case.language
        self.fields["interpreter"].initial = case.interpreter
        self.fields["until"].initial = today + USUAL_LENGTH
        self.fields["given_on"].initial = today
        self.fields["giver"].initial = Consent.Giver.GUARDIAN if case.treated_as_child else Consent.Giver.PERSON

    def terms(self) -> dict[str, Any]:
        """The keyword arguments of ``services.consents.record_consent`` that the form holds."""
        data = dict(self.cleaned_data)
        data["child_assent"] = data["child_assent"] if data["giver"] == Consent.Giver.GUARDIAN else None
        return data

    def sentence(self) -> str:
        """What will be recorded, as it will read. Nothing is stored."""
        data = self.terms()
        text_id, version = told.consent_text(data["purpose"])
        recipient = data.pop("recipient")
        return sentence(
            Consent(
                subject_id=self.case.pk,
                recipient=recipient.keeper,
                holder=self.case.organisation.keeper,
                text_id=text_id,
                text_version=version,
                **data,
            )
        )

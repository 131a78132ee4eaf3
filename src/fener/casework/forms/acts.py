"""Short forms on a case: what was told, doubts about age, refusals, overrides, workers, clocks, closing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fener.casework.domain import closing, told
from fener.casework.forms.fields import codes_of, compartment_choices
from fener.casework.models import AgeDispute, Case
from fener.casework.services import clocks
from fener.casework.services.information import InformationTerms
from fener.casework.services.refusals import OF, REASONS
from fener.network.models import Organisation
from fener.norms import texts
from fener.norms.services_catalogue import catalogue
from fener.trust.models import User

SEALED = _("Sealed for your organisation and the one that keeps the case.")


def _words(label: Any, *, required: bool = False, help_text: Any = SEALED) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=20_000, help_text=help_text, widget=forms.Textarea({"rows": 5})
    )


def _languages() -> list[tuple[str, str]]:
    return [("", "—"), *codes_of("languages")]


class InformationForm(forms.Form):
    """What the person was told, point by point."""

    items = forms.MultipleChoiceField(
        label=_("What you told the person"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tell it in their words, and give time for questions. Tick only what was told."),
    )
    information_language = forms.ChoiceField(label=_("In this language"))
    interpreter = forms.CharField(
        label=_("Interpreter or cultural mediator"),
        required=False,
        max_length=120,
        help_text=_("The interpreter's name. Leave it empty if you speak the language yourself."),
    )
    told_on = forms.DateField(label=_("Told on"))

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {item.code: item for before in told.BEFORE for item in texts.rights_items(before, child=None)}
        self.fields["items"].choices = [  # type: ignore[attr-defined]
            (code, f"{gettext(known[code].label)}: {gettext(known[code].text)}")
            for code in told.items()
            if code in known
        ]
        self.fields["information_language"].choices = _languages()  # type: ignore[attr-defined]
        self.fields["information_language"].initial = case.language
        self.fields["interpreter"].initial = case.interpreter
        self.fields["told_on"].initial = timezone.localdate()

    def terms(self) -> InformationTerms:
        """As the service takes it."""
        data = self.cleaned_data
        return InformationTerms(
            items=data["items"],
            language=data["information_language"],
            interpreter=data["interpreter"],
            told_on=data["told_on"],
            pack_version=told.version(),
        )


class AgeDisputeForm(forms.Form):
    """A doubt about the age, and what it rests on."""

    evidence = _words(_("What does the doubt rest on?"))
    raised_on = forms.DateField(label=_("Noticed on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["raised_on"].initial = timezone.localdate()


class AgeDecisionForm(forms.Form):
    """How a doubt about the age is decided."""

    result = forms.ChoiceField(label=_("The person"), widget=forms.RadioSelect, choices=AgeDispute.Result.choices)
    reasons = _words(_("Reasons"), required=True)
    age_at_contact = forms.IntegerField(
        label=_("The age at first contact that follows"),
        required=False,
        min_value=0,
        max_value=120,
        help_text=_("Leave it empty if it stays unknown."),
        widget=forms.NumberInput({"class": "fener-input--number", "inputmode": "numeric"}),
    )
    decided_on = forms.DateField(label=_("Decided on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decided_on"].initial = timezone.localdate()


class RefusalForm(forms.Form):
    """What the person does not want, in their own terms."""

    of = forms.ChoiceField(label=_("The person does not want"))
    reason = forms.ChoiceField(
        label=_("Because the person"), widget=forms.RadioSelect, choices=list(REASONS.items()), initial="not_said"
    )
    words = _words(_("In their own words"))
    refused_on = forms.DateField(label=_("Said on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        services = [(service.code, gettext(service.label)) for service in catalogue().services]
        self.fields["of"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            *OF.items(),
            *sorted(services, key=lambda pair: pair[1].casefold()),
        ]
        self.fields["refused_on"].initial = timezone.localdate()


class OverrideForm(forms.Form):
    """A disclosure that the law obliges to. Two persons, a reason, an end."""

    recipient = forms.ModelChoiceField(
        queryset=Organisation.objects.none(), label=_("Who has to be told?"), empty_label="—"
    )
    compartments = forms.MultipleChoiceField(
        label=_("What exactly?"), widget=forms.CheckboxSelectMultiple, help_text=_("Only what the law names.")
    )
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=300, help_text=_("The law and article."))
    reason = forms.CharField(
        label=_("Why it cannot wait for the person's consent"),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("The co-ordinator reads this. Name nobody."),
    )
    until = forms.DateField(label=_("Until when?"))

    def __init__(self, *args: Any, organisations: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recipient"].queryset = organisations  # type: ignore[attr-defined]
        self.fields["compartments"].choices = compartment_choices()  # type: ignore[attr-defined]
        self.fields["until"].initial = timezone.localdate() + timedelta(days=7)


class AssignForm(forms.Form):
    """Who carries the case from now on."""

    user = forms.ModelChoiceField(
        queryset=User.objects.none(), label=_("Somebody of your organisation"), empty_label="—"
    )
    act = forms.ChoiceField(
        label=_("From now on this person"),
        widget=forms.RadioSelect,
        choices=[("assign", _("carries the case")), ("unassign", _("no longer carries the case"))],
        initial="assign",
    )

    def __init__(self, *args: Any, colleagues: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = colleagues  # type: ignore[attr-defined]
        self.fields["user"].label_from_instance = lambda user: user.full_name or user.username  # type: ignore[attr-defined]


class ExtendForm(forms.Form):
    """By how long a clock goes on, and on what that rests."""

    amount = forms.IntegerField(
        label=_("How many"),
        min_value=1,
        max_value=730,
        widget=forms.NumberInput({"class": "fener-input--number", "inputmode": "numeric"}),
    )
    unit = forms.ChoiceField(
        label=_("Of what"),
        widget=forms.RadioSelect,
        choices=[("days", _("days")), ("working", _("working days")), ("months", _("months")), ("hours", _("hours"))],
        initial="days",
    )
    legal_basis = forms.CharField(
        label=_("Legal basis"), max_length=300, help_text=_("The law or the decision that the extension rests on.")
    )

    def length(self) -> dict[str, Any]:
        """As packs write a length."""
        amount, unit = self.cleaned_data["amount"], self.cleaned_data["unit"]
        if unit == "working":
            return {"days": amount, "count": "working"}
        return {unit: amount}


END_LABELS = {
    "done": _("It was done"),
    "not_needed": _("It is not needed any more"),
    "adult": _("The person is an adult"),
    "own_wish": _("The person wants it to end"),
    "ran_out": _("Its time is over"),
}


class EndForm(forms.Form):
    """Why a clock ends."""

    reason = forms.ChoiceField(label=_("Why does it end?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, right: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = clocks.ENDS_OF_A_RIGHT if right else clocks.END_REASONS
        self.fields["reason"].choices = [  # type: ignore[attr-defined]
            (code, label) for code, label in END_LABELS.items() if code in allowed
        ]


class CloseForm(forms.Form):
    """Closing a case. No refusal to co-operate is a reason."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    state = forms.ChoiceField(
        label=_("From now on the case is"),
        widget=forms.RadioSelect,
        choices=[(state, label) for state, label in Case.State.choices if state != Case.State.ACTIVE],
    )
    reason = forms.ChoiceField(label=_("Because"), widget=forms.RadioSelect, choices=closing.choices)


class ReopenForm(forms.Form):
    """Opening a closed case again."""

    version = forms.IntegerField(widget=forms.HiddenInput)

"""Forms of the hardest protections: witness protection, openings, shut-outs, two persons, broken glass, a trace."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework.domain import opening_answers
from fener.casework.forms.fields import compartment_choices
from fener.casework.models import GlassBreak, OpeningRequest, ShutOut
from fener.casework.services.protection.opening import LONGEST_DAYS
from fener.network.models import Organisation
from fener.trust.compartments import Compartment
from fener.trust.models import User

SEALED = _("Sealed for your organisation.")
YES_NO = [("yes", _("Yes")), ("no", _("No"))]


class Person(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One account, by the person's name."""

    def label_from_instance(self, obj: User) -> str:
        return obj.get_full_name() or obj.username


class People(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Several accounts."""

    def label_from_instance(self, obj: User) -> str:
        return obj.get_full_name() or obj.username


def _words(label: Any, *, required: bool = True, help_text: Any = SEALED) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=4000, help_text=help_text, widget=forms.Textarea({"rows": 4})
    )


class ProtectForm(forms.Form):
    """Into witness protection: on which ground, who is the second person, who shall see it."""

    legal_basis = forms.CharField(
        label=_("Legal basis"), max_length=300, help_text=_("The law and article, or a decision.")
    )
    reason = _words(_("Why"))
    second = Person(
        queryset=User.objects.none(),
        label=_("Who is the second person?"),
        empty_label="—",
        help_text=_("A case manager of your organisation. Only they see this question."),
    )
    keepers = People(
        queryset=User.objects.none(),
        label=_("Who else shall see the case?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("You and the second person see it anyway. One more is good, so that one of you may be away."),
    )

    def __init__(self, *args: Any, managers: QuerySet[User], colleagues: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["second"].queryset = managers  # type: ignore[attr-defined]
        self.fields["keepers"].queryset = colleagues  # type: ignore[attr-defined]


class ReleaseForm(forms.Form):
    """Out of witness protection again."""

    legal_basis = forms.CharField(label=_("Legal basis"), max_length=300)
    reason = _words(_("Why it is not needed any more"))
    second = Person(queryset=User.objects.none(), label=_("Who is the second person?"), empty_label="—")

    def __init__(self, *args: Any, managers: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["second"].queryset = managers  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """A yes or a no, with nothing chosen before."""

    answer = forms.ChoiceField(label=_("Your answer"), widget=forms.RadioSelect, choices=YES_NO)


class OpeningForm(forms.Form):
    """Asking to see what a code stands for."""

    code = forms.CharField(label=_("Code"), max_length=20, help_text=_("As it was told to you, like 7F3K-9Q2M."))
    why = forms.ChoiceField(label=_("Because"), widget=forms.RadioSelect, choices=OpeningRequest.Why.choices)
    words = forms.CharField(
        label=_("Why you have to know"),
        max_length=500,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Whoever decides reads this. Name nobody."),
    )


class DecideForm(forms.Form):
    """A keeper's answer to such a request."""

    answer = forms.ChoiceField(label=_("May this person see the case?"), widget=forms.RadioSelect, choices=YES_NO)
    days = forms.IntegerField(
        label=_("If yes: for how many days?"),
        required=False,
        min_value=0,
        max_value=LONGEST_DAYS,
        help_text=_("0: for good, as a keeper; only for a colleague, and only if both of you say so."),
        widget=forms.NumberInput({"class": "fener-input--number", "inputmode": "numeric"}),
    )
    reason = forms.ChoiceField(
        label=_("If no: what are they told?"),
        required=False,
        widget=forms.RadioSelect,
        choices=[*opening_answers.REASONS.items(), (opening_answers.OWN_WORDS, _("Own words"))],
        help_text=_(
            "The sentences are also told about codes that stand for nothing. Own words tell that somebody has read the "
            "request: use them only if this person knows already."
        ),
    )
    words = forms.CharField(label=_("Own words"), required=False, max_length=500, widget=forms.Textarea({"rows": 3}))


class ShutOutForm(forms.Form):
    """A person or a body for whom the case is not there."""

    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(), label=_("A body"), required=False, empty_label="—"
    )
    user = Person(
        queryset=User.objects.none(),
        label=_("Or a colleague of your organisation"),
        required=False,
        empty_label="—",
    )
    username = forms.CharField(
        label=_("Or an official elsewhere, by user name"),
        required=False,
        max_length=60,
        help_text=_("Ask at their body, or leave it and shut out the whole body."),
    )
    why = forms.ChoiceField(label=_("Because"), widget=forms.RadioSelect, choices=ShutOut.Why.choices)
    words = _words(_("What is known"), required=False)

    def __init__(
        self, *args: Any, organisations: QuerySet[Organisation], colleagues: QuerySet[User], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        self.fields["user"].queryset = colleagues  # type: ignore[attr-defined]


class SensitiveForm(forms.Form):
    """Which parts are opened by two."""

    parts = forms.MultipleChoiceField(label=_("Opened by two"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parts"].choices = [("all", _("every sealed part")), *compartment_choices()]  # type: ignore[attr-defined]


class CodeForm(forms.Form):
    """Which case, by its code."""

    code = forms.CharField(label=_("Code of the case"), max_length=20, help_text=_("Like 7F3K-9Q2M."))


class GlassForm(forms.Form):
    """What is opened, and why it cannot wait."""

    compartment = forms.ChoiceField(label=_("Which part do you need?"), widget=forms.RadioSelect)
    danger = forms.ChoiceField(
        label=_("What is the danger?"), widget=forms.RadioSelect, choices=GlassBreak.Danger.choices
    )
    words = _words(_("What happens, in a sentence"), help_text=_("Sealed. The custodians who review it can read it."))

    def __init__(self, *args: Any, parts: Iterable[Compartment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["compartment"].choices = [  # type: ignore[attr-defined]
            (part.value, str(part.label).capitalize()) for part in parts
        ]


class ReviewForm(forms.Form):
    """A custodian's finding."""

    verdict = forms.ChoiceField(label=_("It was"), widget=forms.RadioSelect, choices=GlassBreak.Verdict.choices)
    follows = forms.ChoiceField(label=_("What follows"), widget=forms.RadioSelect, choices=GlassBreak.Follows.choices)


class ExposureForm(forms.Form):
    """Which fact came out, and since when somebody knew it."""

    code = forms.CharField(label=_("Code of the case"), max_length=20)
    compartment = forms.ChoiceField(
        label=_("Which part was exposed?"), required=False, help_text=_("Leave it open if you do not know.")
    )
    since = forms.DateField(label=_("From"), help_text=_("The first day on which it was in the file."))
    until = forms.DateField(label=_("Until"), help_text=_("The day on which it was known outside."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["compartment"].choices = [("", _("any part")), *compartment_choices()]  # type: ignore[attr-defined]
        self.fields["since"].initial = timezone.localdate() - timedelta(days=30)
        self.fields["until"].initial = timezone.localdate()

"""Forms of the first contact. Nothing in them is required that names somebody."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fener.contact.services.intakes import CLOSE_REASONS
from fener.contact.services.offers import DECLINE_REASONS
from fener.contact.services.screenings import IMMEDIATE_NEEDS
from fener.network.models import Desk
from fener.norms import screening as sets
from fener.norms.packs import Pack
from fener.norms.vocab import vocabulary

NEED_LABELS = {
    "safety": _("A safe place to talk and to stay"),
    "medical": _("Urgent medical care"),
    "basics": _("Water, food, rest, warm clothes"),
    "phone_call": _("A call to somebody they trust"),
    "interpreter": _("An interpreter, not a companion or the employer"),
}
HOW = (
    ("", "—"),
    ("call", _("a call")),
    ("message", _("a message without content")),
    ("visit", _("a visit")),
    ("meet", _("a meeting elsewhere")),
)
NEED_ANSWERS = (
    ("given", _("Given")),
    ("offered", _("Under way")),
    ("declined", _("Declined")),
    ("not_needed", _("Not needed")),
)
SETTINGS = {
    "police": _("Police"),
    "border": _("Border"),
    "labour_inspection": _("Labour inspection"),
    "health": _("Health service"),
    "school": _("School"),
    "outreach": _("Outreach"),
    "helpline": _("Help-line"),
    "returnee": _("People who return"),
}


def language_choices() -> list[tuple[str, str]]:
    """Languages of the pack, in the reader's language and order."""
    pairs = [(code, gettext(label)) for code, label in vocabulary("languages").choices()]
    return [("", "—"), *sorted(pairs, key=lambda pair: pair[1])]


class StartForm(forms.Form):
    """Which questions, for whom."""

    setting = forms.ChoiceField(label=_("Where you meet the person"), choices=list(SETTINGS.items()))
    person = forms.ChoiceField(
        label=_("Whom the questions are for"),
        widget=forms.RadioSelect,
        choices=[
            ("adult", _("An adult")),
            ("child", _("A child, or somebody who may be under 18")),
        ],
        help_text=_("If you are not sure, choose the questions for a child."),
    )


class NeedsForm(forms.Form):
    """What is offered before any question (rule AS-10)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for need in IMMEDIATE_NEEDS:
            self.fields[need] = forms.ChoiceField(
                label=NEED_LABELS[need], choices=NEED_ANSWERS, widget=forms.RadioSelect(attrs={"class": "fener-inline"})
            )


class OnePageForm(forms.Form):
    """All questions of a set on one page; each may stay open."""

    def __init__(self, *args: Any, set_pack: Pack, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in sets.questions(set_pack):
            self.fields[question.id] = forms.ChoiceField(
                label=gettext(question.text),
                help_text=gettext(question.help) if question.help else "",
                choices=[("yes", _("Yes")), ("no", _("No")), ("unknown", _("Not known"))],
                widget=forms.RadioSelect(attrs={"class": "fener-inline"}),
                required=False,
            )


class RightsForm(forms.Form):
    """That the rights card was told, in which language and by whom it was interpreted."""

    language = forms.ChoiceField(label=_("Told in this language"))
    interpreter = forms.CharField(
        label=_("Interpreter or cultural mediator"),
        max_length=120,
        required=False,
        help_text=_("The interpreter's name. Leave it empty if you speak the language yourself."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = language_choices()  # type: ignore[attr-defined]


class ContactFields(forms.Form):
    """How somebody wants to be reached. At least one of the fields; none of them by itself."""

    how = forms.ChoiceField(
        label=_("In which way"),
        required=False,
        choices=HOW,
    )
    number = forms.CharField(
        label=_("The person's number or address"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    safe_times = forms.CharField(
        label=_("When it is safe"),
        max_length=120,
        required=False,
        help_text=_("For example: after 20:00, not on Sundays."),
    )
    name_to_use = forms.CharField(
        label=_("What they want to be called"),
        max_length=80,
        required=False,
        help_text=_("Any name they choose. A real name is not needed."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    words = forms.CharField(
        label=_("What they want the organisation to know"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In their own words, only if they wish."),
    )

    CONTACT = ("how", "number", "safe_times", "name_to_use", "words")

    def contact(self) -> dict[str, Any]:
        """What will be sealed for the receiving organisation."""
        return {name: self.cleaned_data.get(name, "") for name in self.CONTACT if self.cleaned_data.get(name)}


class DeskChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A desk to choose, under the body's whole name: nobody can agree to a call from initials."""

    def label_from_instance(self, obj: Desk) -> str:
        """What the person hears read out."""
        return f"{obj.organisation.name}: {obj.name}"


class OfferForm(ContactFields):
    """The person's answer to the offer: what they agree to is a sentence, shown before it is sent."""

    desk = DeskChoice(
        label=_("Which organisation may call"), queryset=Desk.objects.none(), widget=forms.RadioSelect, empty_label=None
    )
    agrees = forms.BooleanField(
        label=_("The person said yes to this call or visit, and to nothing else."),
        error_messages={"required": _("Ask the person, and tick this only if the answer was yes.")},
    )
    guardian = forms.BooleanField(label=_("A guardian is here and agrees"), required=False)

    field_order = ("desk", *ContactFields.CONTACT, "agrees", "guardian")

    def __init__(self, *args: Any, desks: Any, about_child: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["desk"].queryset = desks  # type: ignore[attr-defined]
        if not about_child:
            del self.fields["guardian"]
        else:
            self.fields["agrees"].label = _("The child said yes to this call or visit, and to nothing else.")


class DeclineForm(forms.Form):
    """A no, with the reason only if the person gave one."""

    reason = forms.ChoiceField(
        label=_("The person's own reason, if they gave one"),
        choices=list(DECLINE_REASONS.items()),
        required=False,
        widget=forms.RadioSelect,
    )


class SuspicionForm(ContactFields):
    """One page for somebody who noticed something (rules HE-06, ID-16)."""

    desk = DeskChoice(
        label=_("Who should look after this"), queryset=Desk.objects.none(), widget=forms.RadioSelect, empty_label=None
    )
    about_child = forms.BooleanField(label=_("It may concern somebody under 18"), required=False)
    signs = forms.MultipleChoiceField(
        label=_("What you noticed"), required=False, widget=forms.CheckboxSelectMultiple, choices=[]
    )
    person_knows = forms.ChoiceField(
        label=_("Does the person know that you tell this?"),
        widget=forms.RadioSelect(attrs={"class": "fener-inline"}),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        help_text=_("Tell them if it is safe. They may say no to every offer."),
    )
    urgent = forms.BooleanField(label=_("Somebody is in danger now"), required=False)

    field_order = ("urgent", "about_child", "words", "signs", "person_knows", "how", "number", "safe_times", "desk")

    def __init__(self, *args: Any, desks: Any, signs: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["name_to_use"]
        self.fields["words"].label = _("In your words")
        self.fields["words"].help_text = _(
            "Only what is needed to offer help. It is sealed for that organisation alone."
        )
        self.fields["desk"].queryset = desks  # type: ignore[attr-defined]
        self.fields["signs"].choices = list(signs)  # type: ignore[attr-defined]


class CloseForm(forms.Form):
    """Why no case was opened."""

    reason = forms.ChoiceField(
        label=_("Why no case is opened"), choices=list(CLOSE_REASONS.items()), widget=forms.RadioSelect
    )

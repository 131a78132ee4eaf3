"""Forms of a journey: one thing each."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fener.casework.forms.children.common import choose_from, listed, one_of, some_of
from fener.casework.forms.children.common import words as sealed
from fener.casework.forms.fields import codes_of
from fener.casework.models.returns.journey import REMOVALS, VOLUNTARY, Journey
from fener.network.models import Agreement, Organisation
from fener.norms.alternatives import alternatives_for

TOLD = [
    ("rights", _("Their rights")),
    ("options", _("What else is possible")),
    ("consequences", _("What follows from going and from staying")),
]

# Results of this file stand under Health; what is answered here can only keep the departure waiting (HE-04).
ELSEWHERE = [
    (Journey.Tests.NONE.value, _("No")),
    (Journey.Tests.WAITING.value, _("Yes, or a result was given without counselling")),
]


def _kinds(*codes: str) -> list[tuple[str, str]]:
    return [pair for pair in codes_of("return_type", sort=False) if pair[0] in codes]


def _country() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("To which country?"), choices=partial(listed, "countries"))


def _under() -> forms.ModelChoiceField[Agreement]:
    return forms.ModelChoiceField(
        queryset=Agreement.objects.none(), label=_("Under which agreement on return?"), required=False, empty_label="—"
    )


class OnForm(forms.Form):
    """The day of a step."""

    on = forms.DateField(label=_("On which day?"))


class RequestForm(OnForm):
    """What the person asks for."""

    kind = forms.ChoiceField(
        label=_("What does the person ask for?"), choices=partial(_kinds, *VOLUNTARY), widget=forms.RadioSelect
    )
    country = _country()
    words = sealed(_("Where to, and what the person says about it"))
    field_order = ("kind", "country", "on", "words")


class TellForm(OnForm):
    """What was told, and what the person said to each alternative of this country on this day (RT-04)."""

    items = forms.MultipleChoiceField(
        label=_("What was the person told?"), choices=TOLD, widget=forms.CheckboxSelectMultiple
    )
    language = forms.ChoiceField(label=_("In which language?"), choices=partial(listed, "languages"))
    interpreter = forms.CharField(label=_("Name of the interpreter"), max_length=120, required=False)
    field_order = ("items", "language", "interpreter", "on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in alternatives_for(settings.FENER_JURISDICTION, timezone.localdate()):
            text = gettext(one.text)
            self.fields[f"alternative_{one.kind}"] = one_of(
                gettext(one.label),
                "alternative_answer",
                help_text=text if one.known_here else f"{text} {gettext(one.why[-1].text)}",
            )


def answers_of(data: Any) -> dict[str, str]:
    """What was answered, by kind of alternative."""
    start = "alternative_"
    return {name.removeprefix(start): value for name, value in data.items() if name.startswith(start)}


class AssessForm(OnForm):
    """The risks of the place."""

    allows = forms.ChoiceField(
        label=_("Do the risks allow the journey?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
    )
    words = sealed(_("What threatens the person there, and who assessed it"))
    field_order = ("allows", "on", "words")


class DecideForm(OnForm):
    """The person's own decision to go."""

    words = sealed(_("The decision, in the person's own words"), required=True)
    field_order: tuple[str, ...] = ("on", "words")


class ChildDecideForm(DecideForm):
    """For a child: the guardian's decision, with the child heard."""

    heard_on = forms.DateField(label=_("When was the child heard?"))
    words = sealed(_("The guardian's decision, and what the child said in its own words"), required=True)
    field_order = ("heard_on", "on", "words")


class DeclineForm(OnForm):
    """The person's own decision to stay."""

    reason = one_of(_("Why does the person not want to go?"), "return_refusal")
    words = sealed(_("In the person's own words"))
    field_order = ("reason", "on", "words")


class PrepareForm(forms.Form):
    """Papers, who goes along, who receives the person."""

    papers = some_of(_("Which papers are ready?"), "travel_paper", required=False)
    escort = one_of(_("Who goes along?"), "escort_kind")
    provider = forms.ModelChoiceField(
        queryset=Organisation.objects.none(),
        label=_("Which service receives the person?"),
        required=False,
        empty_label="—",
    )
    provider_elsewhere = forms.BooleanField(label=_("It is not in the list; it is named below"), required=False)
    plan = sealed(
        _("The plan for afterwards"),
        help_text=_("Who receives the person, where they will live, on what, and who stays in touch. Sealed."),
    )
    belongings = forms.ChoiceField(
        label=_("Wages, belongings and papers"), choices=Journey.Belongings.choices, widget=forms.RadioSelect
    )
    tests = forms.ChoiceField(
        label=_("Does the person wait for a medical result from elsewhere?"),
        choices=ELSEWHERE,
        widget=forms.RadioSelect,
        help_text=_("What stands in the health part of this file is looked up by itself, and is not asked here."),
    )
    departs_on = forms.DateField(label=_("When shall the journey begin?"), required=False)
    agreement = _under()

    def __init__(
        self, *args: Any, bodies: QuerySet[Organisation], agreements: QuerySet[Agreement], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, agreement=agreements, provider=bodies)


class ProtectForm(forms.Form):
    """What a child needs before it may go."""

    authority_confirmed_on = forms.DateField(
        label=_("When did the receiving authority confirm?"),
        required=False,
        help_text=_("The child-protection body there, not the police."),
    )
    follow_up_on = forms.DateField(label=_("When is the first visit after the arrival?"), required=False)


class AnnounceForm(OnForm):
    """A removal that an authority decided."""

    kind = forms.ChoiceField(label=_("What was decided?"), choices=partial(_kinds, *REMOVALS), widget=forms.RadioSelect)
    country = _country()
    office = forms.ChoiceField(label=_("Who decided it?"), choices=[("", "—"), *Journey.Office.choices])
    basis = one_of(_("On which basis?"), "removal_basis")
    on = forms.DateField(label=_("When was it decided?"))
    departs_on = forms.DateField(label=_("When shall it happen?"), required=False)
    agreement = _under()
    words = sealed(_("Law and article, who signed it, and what the person says about it"))
    field_order = ("kind", "country", "office", "basis", "on", "departs_on", "agreement", "words")

    def __init__(self, *args: Any, agreements: QuerySet[Agreement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, agreement=agreements)


class CarryOutForm(OnForm):
    """The removal."""

    happened = forms.BooleanField(
        label=_("It was done although conditions are missing. Record it as it happened."), required=False
    )


class ConfirmForm(OnForm):
    """The arrival."""

    by = forms.ChoiceField(
        label=_("Who confirmed the arrival?"), choices=Journey.Confirmed.choices, widget=forms.RadioSelect
    )
    field_order: tuple[str, ...] = ("by", "on")


class ChildConfirmForm(ConfirmForm):
    """The arrival of a child."""

    hand_over = one_of(_("Who handed the child over?"), "hand_over")
    field_order = ("by", "hand_over", "on")


class AlarmForm(OnForm):
    """What was done about an alarm."""

    words = sealed(_("What did the child-protection body do?"), required=True)


class CloseForm(OnForm):
    """Who received the person."""

    reception = forms.ChoiceField(
        label=_("Who received the person?"), choices=Journey.Reception.choices, widget=forms.RadioSelect
    )
    field_order = ("reception", "on")

"""Forms of interviews: planned, held, spared, ended."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fener.casework.domain.justice.interview_states import CALL_OFF, DECLINE
from fener.casework.forms.children.common import choose_from, chosen, some_of
from fener.casework.forms.children.common import words as sealed
from fener.casework.forms.fields import codes_of
from fener.casework.services.justice.interviews import SHARED_FOR, STANDARD, HeldTerms, InterviewTerms
from fener.network.models import Organisation
from fener.norms.path.checklists import checklist

ITEM = "item_"
AGAIN_HELP = _("Only where the same was asked before.")


class PlanForm(forms.Form):
    """Who wants to question the person, and why."""

    asked_by = chosen(_("Who asks?"), "incident_author")
    purpose = chosen(_("Why?"), "interview_purpose")
    on = forms.DateField(label=_("On which day?"))
    again = chosen(_("Why is it asked again?"), "asked_again", required=False, help_text=AGAIN_HELP)
    words = sealed(_("Names and the place"))


class HoldForm(forms.Form):
    """How an interview was held."""

    on = forms.DateField(label=_("On which day was it held?"))
    language = chosen(_("In which language?"), "languages")
    interpreter = forms.CharField(label=_("Interpreter or cultural mediator"), max_length=120, required=False)
    present = some_of(_("Who else was present?"), "interview_present", required=False)
    minutes = forms.IntegerField(
        label=_("How many minutes did it take?"),
        required=False,
        min_value=1,
        max_value=1440,
        widget=forms.NumberInput(attrs={"class": "fener-input--number", "inputmode": "numeric"}),
    )
    again = chosen(_("Why is it asked again?"), "asked_again", required=False, help_text=AGAIN_HELP)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in checklist(STANDARD).items:
            self.fields[ITEM + item.code] = forms.ChoiceField(
                label=gettext(item.text),
                choices=partial(codes_of, checklist(STANDARD).states, sort=False),
                widget=forms.RadioSelect,
            )


class HeldForm(HoldForm):
    """An interview that was held without a plan here."""

    asked_by = chosen(_("Who asked?"), "incident_author")
    purpose = chosen(_("Why?"), "interview_purpose")
    words = sealed(_("Names and the place"))
    field_order = ("asked_by", "purpose", "on", "again", "words")


def terms_of(data: Any) -> InterviewTerms:
    """Who asks and why, as the service takes it."""
    return InterviewTerms(
        asked_by=data["asked_by"], purpose=data["purpose"], again=data["again"], words=data["words"]
    )  # fmt: skip


def held_of(data: Any) -> HeldTerms:
    """How it was held, as the service takes it."""
    return HeldTerms(
        on=data["on"],
        language=data["language"],
        standard={name.removeprefix(ITEM): value for name, value in data.items() if name.startswith(ITEM)},
        interpreter=data["interpreter"],
        present=data["present"],
        minutes=data["minutes"],
        again=data["again"],
    )


def _purposes() -> list[tuple[str, str]]:
    return [(one.value, str(one.label)) for one in SHARED_FOR]


class SpareForm(forms.Form):
    """Which body got earlier statements instead."""

    recipient = forms.ModelChoiceField(
        queryset=Organisation.objects.none(), label=_("Which body gets the earlier statements?"), empty_label="—"
    )
    purpose = forms.ChoiceField(
        label=_("For what did the person agree to share them?"), choices=_purposes, widget=forms.RadioSelect
    )
    on = forms.DateField(label=_("On which day?"))

    def __init__(self, *args: Any, bodies: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, recipient=bodies)


class EndForm(forms.Form):
    """Why a planned interview does not take place."""

    step = forms.ChoiceField(
        label=_("Why does it not take place?"),
        choices=[(DECLINE, _("The person does not want it")), (CALL_OFF, _("Whoever asked no longer does"))],
        widget=forms.RadioSelect,
    )
    on = forms.DateField(label=_("On which day?"))

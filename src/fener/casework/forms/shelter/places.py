"""Forms of places: the search, a request, the answer of the house."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fener.casework.forms.children.common import one_of, words
from fener.casework.forms.fields import codes_of
from fener.casework.models.shelter.place import PlaceRequest
from fener.casework.services.shelter.places import MOST_CHILDREN

URGENCY = [
    ("now", _("Now: danger, or nowhere to sleep")),
    ("urgent", _("Today or tomorrow")),
    ("normal", _("Later")),
]


def _any(vocabulary_id: str) -> Any:
    return lambda: [("", "—"), *codes_of(vocabulary_id)]


class VacancyForm(forms.Form):
    """What a house must be fit for."""

    kind = forms.ChoiceField(label=_("Kind of shelter"), required=False, choices=_any("shelter_kind"))
    region = forms.CharField(label=_("Region"), required=False, max_length=60)
    gender = forms.ChoiceField(label=_("For whom?"), required=False, choices=_any("gender"))
    language = forms.ChoiceField(label=_("Language"), required=False, choices=_any("languages"))
    children = forms.BooleanField(label=_("With children"), required=False)
    step_free = forms.BooleanField(label=_("Without steps"), required=False)


class PlaceForm(forms.Form):
    """A request for a place: nothing in it says who the person is."""

    gender = forms.ChoiceField(label=_("For whom?"), choices=_any("gender"))
    age_band = one_of(_("About how old?"), "age_band")
    children = forms.IntegerField(
        label=_("How many children come along?"), min_value=0, max_value=MOST_CHILDREN, initial=0
    )
    step_free = forms.BooleanField(label=_("A room and a way without steps are needed"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False, choices=_any("languages"))
    urgency = forms.ChoiceField(label=_("By when is it needed?"), choices=URGENCY, widget=forms.RadioSelect)


class PlaceAnswerForm(forms.Form):
    """The answer of the house."""

    answer = forms.ChoiceField(
        label=_("Is there a place?"),
        choices=[("accept", _("Yes, hold it")), ("decline", _("No"))],
        widget=forms.RadioSelect,
    )
    reason = forms.ChoiceField(label=_("If not: why?"), required=False, choices=_any("shelter_refusal"))
    address = words(
        _("Where to bring the person"),
        help_text=_(
            "Sealed for the body that asked, with where the person is. Leave it empty where you tell it by telephone."
        ),
    )


class PlaceStateForm(forms.Form):
    """The filter of the list."""

    state = forms.ChoiceField(
        label=_("State"), required=False, choices=lambda: [("", "—"), *PlaceRequest.State.choices]
    )

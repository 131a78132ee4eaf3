"""Forms of restrictions of a resident."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from fener.casework.forms.children.common import ANSWER, choose_from, one_of, words, yes_no_unknown
from fener.casework.models.shelter.restriction import StayRestriction
from fener.casework.services.shelter.restrictions import RestrictionTerms
from fener.trust.models import User


def answers(*, required: bool) -> forms.ChoiceField:
    """What the person says to it."""
    return forms.ChoiceField(
        label=_("What does the person say to it?"),
        choices=StayRestriction.Answer.choices,
        widget=forms.RadioSelect,
        required=required,
    )


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A colleague by name."""

    def label_from_instance(self, obj: User) -> str:
        return obj.get_full_name()


class RestrictionForm(forms.Form):
    """A restriction. What is missing the gate says, each with what to do."""

    kind = one_of(_("What is restricted?"), "restriction_kind")
    locks_in = yes_no_unknown(_("Does it keep the person from leaving the house at any hour?"))
    ground = one_of(_("On what ground?"), "restriction_ground", required=False)
    words = words(
        _("Which law, order or rule, or what danger?"),
        help_text=_("Not needed where the person agreed. Sealed with the legal part."),
    )
    decided_by = PersonField(queryset=User.objects.none(), label=_("Who decided it?"), required=False)
    answer = answers(required=False)
    since = forms.DateField(label=_("From which day on?"))
    until = forms.DateField(label=_("Until which day?"), required=False)
    review_on = forms.DateField(label=_("By which day is it looked at again?"), required=False)

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, decided_by=people)


def terms_of(data: Mapping[str, Any]) -> RestrictionTerms:
    """What was entered, as the service takes it."""
    return RestrictionTerms(**{**data, "locks_in": ANSWER[data["locks_in"]]})


class ReviewForm(forms.Form):
    """It was looked at again and still stands."""

    on = forms.DateField(label=_("On which day was it looked at?"))
    answer = answers(required=True)
    review_on = forms.DateField(label=_("By which day is it looked at again?"))


class EndForm(forms.Form):
    """It ended."""

    on = forms.DateField(label=_("On which day?"))

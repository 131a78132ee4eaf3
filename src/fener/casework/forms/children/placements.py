"""Forms of where a child lives, who handed it over, and how it leaves care."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fener.casework.forms.children.common import choose_from, one_of, words
from fener.casework.models.children.placement import LeavingCare
from fener.casework.services.children.placements import PlacementTerms, hours_before_a_decision
from fener.network.models import Organisation
from fener.trust.models import User

ASKED = [
    ("offered_first", _("A specialised shelter was offered first")),
    ("none_exists", _("There is no specialised shelter")),
    ("quarters", _("The institution has quarters for children")),
    ("family_first", _("A family was looked at first")),
]
OF_A_RETURN = [
    ("by_child_protection", _("The child-protection body decided it")),
    ("violence_assessed", _("Violence in the family is assessed")),
    ("abuse_assessed", _("Abuse is assessed")),
]


class PlacementForm(forms.Form):
    """Where the child is placed."""

    kind = one_of(_("Where is the child placed?"), "placement_kind")
    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(), label=_("Body"), required=False, empty_label="—"
    )
    since = forms.DateTimeField(label=_("From"), help_text=_("Day and hour. Empty: now."), required=False)
    asked = forms.MultipleChoiceField(
        label=_("What is true of it?"), choices=ASKED, required=False, widget=forms.CheckboxSelectMultiple
    )
    hours = forms.IntegerField(
        label=_("Only until the decision: for how many hours?"),
        required=False,
        widget=forms.NumberInput(attrs={"class": "fener-input--number", "inputmode": "numeric"}),
    )
    returned = forms.BooleanField(label=_("The child came back from another country or place"), required=False)
    of_a_return = forms.MultipleChoiceField(
        label=_("Of a child that came back"), choices=OF_A_RETURN, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, bodies: QuerySet[Organisation], people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, organisation=bodies)
        least, most = hours_before_a_decision()
        self.fields["hours"].help_text = gettext(
            "Between %(least)s and %(most)s. Empty: it is no temporary placement."
        ) % {"least": least, "most": most}


def terms_of(data: Mapping[str, Any]) -> PlacementTerms:
    """What was entered, as the service takes it."""
    said = {*data["asked"], *data["of_a_return"]}
    since: datetime = data["since"] or timezone.now()
    return PlacementTerms(
        kind=data["kind"],
        since=since,
        organisation_id=data["organisation"].pk if data["organisation"] else None,
        hours=data["hours"],
        returned=data["returned"],
        **{code: code in said for code, _label in (*ASKED, *OF_A_RETURN)},
    )


class HandOverForm(forms.Form):
    """Who handed the child over, to whom."""

    by = one_of(_("Who handed the child over?"), "hand_over")
    to = one_of(_("To where?"), "placement_kind")
    on = forms.DateField(label=_("On which day?"))


class EighteenthForm(forms.Form):
    """The day on which the child turns 18."""

    on = forms.DateField(label=_("On which day does the child turn 18?"))


class LeavingForm(forms.Form):
    """The plan for leaving care."""

    leaves = forms.ChoiceField(
        label=_("What does the young person leave?"), choices=LeavingCare.From.choices, widget=forms.RadioSelect
    )
    leaves_on = forms.DateField(label=_("On which day?"))
    words = words(
        _("The plan"),
        help_text=_("A home, an income, school or work, and who stays in touch. Sealed with the legal part."),
    )

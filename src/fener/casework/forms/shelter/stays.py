"""Forms of stays in a shelter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fener.casework.forms.children.common import ANSWER, choose_from, chosen, one_of, words, yes_no_unknown
from fener.casework.models.shelter.house import Shelter
from fener.casework.models.shelter.place import PlaceRequest
from fener.casework.models.shelter.stay import ShelterStay
from fener.casework.services.shelter.stays import AdmissionTerms
from fener.norms.vocab import vocabulary

SAID = [
    ("rules_explained", _("The rules of the house were explained in a language that the person understands")),
    ("right_to_leave_told", _("It was told that the person may leave at any time")),
    ("testimony_not_asked", _("Nobody asked about testimony for the admission")),
]


class HouseField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A house by the name of its service."""

    def label_from_instance(self, obj: Shelter) -> str:
        return obj.service.name


class HoldField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A held place by its house and the body that asked."""

    def label_from_instance(self, obj: PlaceRequest) -> str:
        return f"{obj.shelter.service.name}: {obj.asked_by.short_name}"


class AdmissionForm(forms.Form):
    """An admission. It asks nothing about testimony, and takes no sum."""

    hold = HoldField(
        queryset=PlaceRequest.objects.none(),
        label=_("Was a place held for the person?"),
        required=False,
        empty_label=_("No"),
    )
    shelter = HouseField(queryset=Shelter.objects.none(), label=_("Shelter"))
    ground = one_of(_("On what ground is the person admitted?"), "admission_ground")
    reason = one_of(_("Why does the person need to stay?"), "stay_reason")
    since = forms.DateField(label=_("Which is the first night?"))
    decided_by = forms.ChoiceField(
        label=_("Who agreed to the stay?"), choices=ShelterStay.Decided.choices, widget=forms.RadioSelect
    )
    said = forms.MultipleChoiceField(
        label=_("What was said before?"), choices=SAID, required=False, widget=forms.CheckboxSelectMultiple
    )
    sees_self_so = yes_no_unknown(_("Does the person see themself as somebody whom this house is meant for?"))
    until = forms.DateField(
        label=_("Until which day, by a decision or the person's own permit?"),
        required=False,
        help_text=_("Empty: the rule here says how long, where there is one."),
    )

    def __init__(self, *args: Any, houses: QuerySet[Shelter], holds: QuerySet[PlaceRequest], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, hold=holds, shelter=houses)


def terms_of(data: Mapping[str, Any]) -> AdmissionTerms:
    """What was entered, as the service takes it."""
    return AdmissionTerms(
        ground=data["ground"],
        reason=data["reason"],
        since=data["since"],
        decided_by=data["decided_by"],
        sees_self_so=ANSWER[data["sees_self_so"]],
        until=data["until"],
        **{code: code in data["said"] for code, _label in SAID},
    )


class ExtensionForm(forms.Form):
    """Longer, and why."""

    until = forms.DateField(label=_("Until which day?"))
    reason = one_of(_("Why does the person need to stay?"), "stay_reason")


class ExitPlanForm(forms.Form):
    """What was agreed for after the stay."""

    to = one_of(_("Where will the person live?"), "exit_to")
    on = forms.DateField(label=_("On which day was it agreed?"))
    words = words(
        _("The exit plan"),
        required=True,
        help_text=_("Where the person will live, on what, and who stays in touch. Sealed with where the person is."),
    )


class LeavingForm(forms.Form):
    """How the stay ended."""

    reason = one_of(_("How did the stay end?"), "stay_exit")
    on = forms.DateField(label=_("On which day?"))
    taken_by = chosen(
        _("Which authority decided it?"),
        "incident_author",
        required=False,
        help_text=_("Only where an authority took the person away. It is kept as an incident."),
    )


class LeftForm(forms.Form):
    """That the person left, by their own decision: all that a house may still record once the consent has ended."""

    reason = forms.ChoiceField(label=_("How did the stay end?"), choices=lambda: _own(), widget=forms.RadioSelect)
    on = forms.DateField(label=_("On which day?"))


def _own() -> list[tuple[str, str]]:
    known = vocabulary("stay_exit")
    return [(code, gettext(known.label(code))) for code in known.codes() if known.group(code) == "own"]

"""Forms of permits, and the filter above the list of people in limbo."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fener.casework.forms.children.common import choose_from
from fener.casework.models.residence.permit import Permit
from fener.casework.services.residence.limbo import IDENTIFICATION, LEGAL_STATUS

KINDS = {IDENTIFICATION: _("Identification"), LEGAL_STATUS: _("Residence")}


class ApplyForm(forms.Form):
    """The document of a phase was applied for."""

    phase = forms.ChoiceField(label=_("Which document?"), widget=forms.RadioSelect)
    applicant = forms.ChoiceField(label=_("Who applied?"), choices=Permit.Applicant.choices, widget=forms.RadioSelect)
    on = forms.DateField(label=_("On which day?"))

    def __init__(self, *args: Any, documents: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, phase=documents)


class DecideForm(forms.Form):
    """What was decided on an application."""

    decision = forms.ChoiceField(
        label=_("What was decided?"), choices=Permit.Decision.choices, widget=forms.RadioSelect
    )
    on = forms.DateField(label=_("On which day?"))
    valid_from = forms.DateField(label=_("If granted: from which day?"), required=False)
    valid_until = forms.DateField(
        label=_("If granted: until which day?"), required=False, help_text=_("Empty: it has no end.")
    )
    number = forms.CharField(
        label=_("If granted: number of the paper"), max_length=60, required=False, help_text=_("It is sealed.")
    )
    reason = forms.ChoiceField(label=_("If refused: why?"), choices=[("", "—"), *Permit.Reason.choices], required=False)
    appeal_until = forms.DateField(
        label=_("If refused: until which day can it be appealed?"),
        required=False,
        help_text=_("As the decision says. Empty: it names no day."),
    )


class AppealForm(forms.Form):
    """A refusal is appealed."""

    on = forms.DateField(label=_("On which day?"))


class AppealDecidedForm(forms.Form):
    """What became of an appeal."""

    outcome = forms.ChoiceField(
        label=_("What became of the appeal?"), choices=Permit.Appeal.choices, widget=forms.RadioSelect
    )
    on = forms.DateField(label=_("On which day?"))


class LimboFilterForm(forms.Form):
    """Who is shown. Nothing in it can be wrong: what is not understood is left out."""

    use_required_attribute = False
    kind = forms.ChoiceField(label=_("Decision"), choices=[("", _("any")), *KINDS.items()], required=False)
    overdue = forms.ChoiceField(
        label=_("Only"), choices=[("", _("everybody")), ("1", _("those with something overdue"))], required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "filter_%s", **kwargs})

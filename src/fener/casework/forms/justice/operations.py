"""Forms of operations: one for each part of the record."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fener.casework.forms.children.common import one_of, some_of
from fener.casework.forms.fields import codes_of
from fener.casework.models.justice.operation import Operation
from fener.casework.services.justice.operations import OUTCOMES, RIGHTS
from fener.norms.path.checklists import checklist


def number(label: Any, *, required: bool = True, **more: Any) -> forms.IntegerField:
    """A number from nought up."""
    widget = forms.NumberInput(attrs={"class": "fener-input--number", "inputmode": "numeric"})
    return forms.IntegerField(label=label, required=required, min_value=0, max_value=100_000, widget=widget, **more)


class OperationKindForm(forms.Form):
    """The filter of the register."""

    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("All")), *codes_of("operation_kind")]  # type: ignore[attr-defined]


class OperationForm(forms.Form):
    """What took place, and when."""

    kind = one_of(_("What took place?"), "operation_kind")
    on = forms.DateField(label=_("On which day?"))


class NumbersForm(forms.Form):
    """The yield and the repetition."""

    premises = number(_("How many premises were checked?"))
    checked = number(_("How many people were checked?"))
    met = number(_("How many people were met?"), help_text=_("Each of them is accounted for before it is closed."))
    before = forms.ChoiceField(
        label=_("Were these premises checked before?"), choices=Operation.Before.choices, widget=forms.RadioSelect
    )
    times_before = number(_("How often before?"), required=False)


class PeopleForm(forms.Form):
    """What became of those who have no case."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, label in codes_of(OUTCOMES, sort=False):
            self.fields[f"outcome_{code}"] = number(label, required=False)


class MetCaseForm(forms.Form):
    """Somebody who has a case here."""

    code = forms.CharField(label=_("Code of the case"), max_length=20)
    outcome = one_of(_("What became of the person?"), OUTCOMES)


class RightsForm(forms.Form):
    """The checklist of rights."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = checklist(RIGHTS)
        for item in known.items:
            self.fields[item.code] = one_of(gettext(item.text), known.states)


class LessonsForm(forms.Form):
    """What the evaluation found."""

    lessons = some_of(_("What did the evaluation find?"), "operation_lesson")


class ClosingForm(forms.Form):
    """The day on which the record is closed."""

    on = forms.DateField(label=_("On which day is the record closed?"))

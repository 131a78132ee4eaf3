"""Forms of dates for testimony and of measures that a court is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from fener.casework.chapters.children.drawing import label
from fener.casework.domain.justice.hearing_states import (
    CALL_OFF,
    CARRY_OUT,
    COURT_MEASURE,
    DECLINE,
    GRANT,
    HOLD,
    REFUSE,
)
from fener.casework.forms.children.common import ANSWER, choose_from, one_of, words, yes_no_unknown
from fener.casework.forms.fields import codes_of
from fener.casework.models.justice.charge import Charge
from fener.casework.services.justice.court_measures import MeasureTerms
from fener.casework.services.justice.hearings import HearingTerms
from fener.casework.services.justice.protected_dates import needs_protection

HURTS = _("Would it hurt the person again to meet the accused there?")
HEARING_STEPS = [
    (HOLD, _("The person testified")),
    (DECLINE, _("The person does not testify")),
    (CALL_OFF, _("The authority called it off")),
]
MEASURE_STEPS = {GRANT: _("Granted"), REFUSE: _("Refused"), CARRY_OUT: _("Carried out")}


class ProceedingField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A charge by what is charged and the day of the act."""

    def label_from_instance(self, obj: Charge) -> str:
        return f"{label('charge_kind', obj.kind)}, {date_format(obj.act_on)}"


def _listed(vocabulary_id: str) -> list[tuple[str, str]]:
    return [("", "—"), *codes_of(vocabulary_id, sort=False)]


def _kinds() -> list[tuple[str, str]]:
    return [
        (code, text)
        for code, text in codes_of("statement_kind", sort=False)
        if needs_protection(code, "statement_kind")
    ]


class _InProceeding(forms.Form):
    def __init__(self, *args: Any, charges: QuerySet[Charge], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, charge=charges)


class HearingForm(_InProceeding):
    """A date for testimony."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=_kinds, widget=forms.RadioSelect)
    set_by = forms.ChoiceField(label=_("Which authority named the day?"), choices=partial(_listed, "incident_author"))
    on = forms.DateField(label=_("On which day?"))
    would_hurt = yes_no_unknown(HURTS)
    charge = ProceedingField(
        queryset=Charge.objects.none(), label=_("In which proceeding?"), required=False, empty_label=_("Not known")
    )
    words = words(_("Which court and room, and who"))


def hearing_terms(data: Mapping[str, Any]) -> HearingTerms:
    """What was entered, as the service takes it."""
    return HearingTerms(**{**data, "would_hurt": ANSWER[data["would_hurt"]]})


class HearingSettleForm(forms.Form):
    """What became of a date."""

    step = forms.ChoiceField(label=_("What became of it?"), choices=HEARING_STEPS, widget=forms.RadioSelect)
    on = forms.DateField(label=_("On which day?"))


class ConfrontationForm(forms.Form):
    """Whether a confrontation would hurt."""

    would_hurt = yes_no_unknown(HURTS)


class MeasureForm(_InProceeding):
    """A measure that a court is asked for."""

    kind = one_of(_("What is asked for?"), "court_measure")
    asked_by = one_of(_("Who asks for it?"), "measure_asker")
    asked_on = forms.DateField(label=_("When was it asked for?"))
    charge = ProceedingField(
        queryset=Charge.objects.none(),
        label=_("In which proceeding?"),
        required=False,
        empty_label=_("In all that are pending"),
    )
    words = words(_("The number of the file, and what was written"))


def measure_terms(data: Mapping[str, Any]) -> MeasureTerms:
    """What was entered, as the service takes it."""
    return MeasureTerms(**data)


class MeasureSettleForm(forms.Form):
    """What the court decided, or that it was carried out; only what is possible is offered."""

    step = forms.ChoiceField(label=_("What became of it?"), choices=[], widget=forms.RadioSelect)
    reason = forms.ChoiceField(
        label=_("If it was refused: why?"),
        choices=lambda: [("", "—"), *codes_of("measure_refusal", sort=False)],
        required=False,
    )
    on = forms.DateField(label=_("On which day?"))

    def __init__(self, *args: Any, state: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        possible = [(act, text) for act, text in MEASURE_STEPS.items() if (state, act) in COURT_MEASURE.steps]
        choose_from(self, step=possible)

"""Forms of charges and of outcomes that are owed."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fener.casework.forms.children.common import YES_NO_UNKNOWN, listed, one_of, some_of
from fener.casework.forms.children.common import words as sealed
from fener.casework.forms.fields import codes_of
from fener.casework.models.justice.charge import Charge, OwedOutcome
from fener.casework.services.justice.charges import ChargeTerms, Decided
from fener.casework.services.justice.outcomes import answers


def _months(label: Any, **more: Any) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"class": "fener-input--number", "inputmode": "numeric"})
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=1200, widget=widget, **more)


def _reason() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("If it is a lesser offence: why?"), choices=partial(listed, "lesser_reason"), required=False
    )


def _costs() -> forms.MultipleChoiceField:
    return some_of(_("If it is a lesser offence: what does it cost the person?"), "lesser_cost", required=False)


class ChargeForm(forms.Form):
    """A charge and the law of the day of the act."""

    kind = forms.ChoiceField(label=_("What is charged?"), choices=partial(listed, "charge_kind"))
    branch = one_of(_("Criminal or administrative?"), "charge_branch")
    scale = one_of(_("How many did it?"), "charge_scale")
    act_on = forms.DateField(label=_("Day of the act"), help_text=_("If it went on: its last day."))
    article = forms.CharField(
        label=_("Article"), max_length=16, required=False, help_text=_("The number alone, for example 388(3).")
    )
    law_from = forms.DateField(label=_("This version of the law: in force since"), required=False)
    law_until = forms.DateField(label=_("In force until"), required=False, help_text=_("Empty: it still is."))
    least = _months(_("The least it asks for, in months of prison"))
    most = _months(_("The most, in months of prison"))
    reason = _reason()
    costs = _costs()
    words = sealed(_("Who is accused, and the number of the file"))


def terms_of(data: Any) -> ChargeTerms:
    """What was entered, as the service takes it."""
    return ChargeTerms(**{**data, "article": data["article"].strip(), "costs": tuple(data["costs"])})


class StageForm(forms.Form):
    """A stage of the proceedings."""

    stage = one_of(_("Which stage?"), "charge_stage")
    on = forms.DateField(label=_("On which day?"))


class EvidenceForm(forms.Form):
    """What a charge rests on, and the measures of investigation."""

    evidence = some_of(_("What does the charge rest on?"), "evidence_source", required=False)

    def __init__(self, *args: Any, charge: Charge, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evidence"].initial = charge.evidence
        for code, text in codes_of("investigation_measure", sort=False):
            self.fields[f"measure_{code}"] = forms.ChoiceField(
                label=text,
                choices=[("", _("It was not done")), *YES_NO_UNKNOWN],
                required=False,
                initial=charge.measures.get(code, ""),
                help_text=_("If it was done: did a judge consent?"),
            )


def measures_of(data: Any) -> dict[str, str]:
    """Measures that were taken, with the judge's answer."""
    start = "measure_"
    return {name.removeprefix(start): value for name, value in data.items() if name.startswith(start) and value}


class DecideForm(forms.Form):
    """What a charge led to."""

    outcome = one_of(_("What became of the charge?"), "charge_outcome")
    on = forms.DateField(label=_("On which day?"))
    sentence_kind = forms.ChoiceField(label=_("Sentence"), choices=partial(listed, "sentence_kind"), required=False)
    months = _months(_("Months of prison"), help_text=_("Also if they are suspended."))
    reason = _reason()
    costs = _costs()


def decided_of(data: Any) -> Decided:
    """What was entered, as the service takes it."""
    return Decided(**{**data, "costs": tuple(data["costs"])})


class GiveForm(forms.Form):
    """To whom the case was given."""

    office = forms.ChoiceField(
        label=_("Who was given the case?"), choices=OwedOutcome.Office.choices, widget=forms.RadioSelect
    )
    on = forms.DateField(label=_("On which day?"))


def _answers() -> list[tuple[str, str]]:
    return [pair for pair in codes_of("charge_outcome", sort=False) if pair[0] in answers()]


class AnswerForm(forms.Form):
    """What the office said."""

    answer = forms.ChoiceField(label=_("What became of it?"), choices=_answers, widget=forms.RadioSelect)
    on = forms.DateField(label=_("On which day did the office say so?"))

"""Forms of the register of programmes, and of a person's way through one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fener.casework.chapters.children.drawing import label
from fener.casework.forms.children.common import ANSWER, choose_from, one_of, some_of, yes_no_unknown
from fener.casework.forms.fields import codes_of
from fener.casework.models.reintegration.programme import Participation, Programme
from fener.casework.services.reintegration.programmes import SPLIT, TRAINING, ProgrammeTerms, safeguard_items
from fener.norms.path.pipelines import pipelines

START = "state_"


def kinds() -> list[tuple[str, str]]:
    """The kinds of programme in the reader's language."""
    return [(code, gettext(one.label)) for code, one in pipelines().items()]


class FilterForm(forms.Form):
    """The filter of the register."""

    pipeline = forms.ChoiceField(label=_("Kind"), required=False, choices=lambda: [("", gettext("All")), *kinds()])


class ProgrammeForm(forms.Form):
    """A programme."""

    pipeline = forms.ChoiceField(label=_("What kind of programme is it?"), choices=kinds, widget=forms.RadioSelect)
    name = forms.CharField(
        label=_("Name, as clients and employers see it"),
        max_length=80,
        help_text=_("A name that could be anybody's. No person and no address."),
    )
    groups = some_of(_("Whom does it take?"), "beneficiary_group", help_text=_("Two groups at least."))
    since = forms.DateField(label=_("Since when?"))
    demand_source = one_of(
        _("A training: where was it read that somebody looks for people who learned this?"),
        "demand_source",
        required=False,
    )
    standard_course = yes_no_unknown(_("A training: is it the same course for everybody?"), required=False)


def terms_of(data: Mapping[str, Any]) -> ProgrammeTerms:
    """What was entered, as the service takes it."""
    course = ANSWER[data["standard_course"] or "unknown"] if data["pipeline"] == TRAINING else None
    return ProgrammeTerms(**{**data, "standard_course": course})


class SafeguardsForm(forms.Form):
    """How the safeguards stand."""

    on = forms.DateField(label=_("On which day was it so?"))
    workers_share = forms.IntegerField(
        label=_("How much of a profit goes to those who work there, in per cent?"),
        required=False,
        min_value=0,
        max_value=100,
        help_text=_("The rest stays for the common good. Empty: not agreed yet."),
    )

    def __init__(self, *args: Any, states: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "—"), *codes_of("check_state", sort=False)]
        for item, text in safeguard_items().items():
            if item != SPLIT:
                self.fields[f"{START}{item}"] = forms.ChoiceField(
                    label=gettext(text), required=False, choices=choices, initial=states.get(item, "")
                )


def safeguards_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """What was entered, as the service takes it."""
    states = {name.removeprefix(START): value for name, value in data.items() if name.startswith(START) and value}
    return {"states": states, "on": data["on"], "workers_share": data["workers_share"]}


class BeginForm(forms.Form):
    """The person begins."""

    programme = forms.ModelChoiceField(
        queryset=Programme.objects.none(), label=_("Which programme?"), empty_label=None, widget=forms.RadioSelect
    )
    fits_profile = forms.ChoiceField(
        label=_("Does it fit what the person can and wants?"),
        choices=Participation.Fits.choices,
        widget=forms.RadioSelect,
    )
    on = forms.DateField(label=_("On which day were they selected?"))

    def __init__(self, *args: Any, programmes: QuerySet[Programme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, programme=programmes)


class StepForm(forms.Form):
    """The next step; only what is possible is offered."""

    step = forms.ChoiceField(label=_("Which step?"), choices=[], widget=forms.RadioSelect)
    on = forms.DateField(label=_("On which day?"))

    def __init__(self, *args: Any, possible: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = [  # type: ignore[attr-defined]
            (code, label("pipeline_step", code)) for code in possible
        ]

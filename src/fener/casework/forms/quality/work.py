"""Forms of supervision, limits, own time and leave covers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from fener.casework.forms.children.common import one_of
from fener.casework.forms.fields import codes_of
from fener.casework.forms.shelter.restrictions import PersonField
from fener.casework.services.quality.time import LIST, WEEK
from fener.trust.models import User


class SupervisionForm(forms.Form):
    """One supervision. Nothing about any case."""

    on = forms.DateField(label=_("On which day?"))
    kind = one_of(_("What kind of supervision?"), "supervision_kind")
    minutes = forms.IntegerField(label=_("How many minutes?"), min_value=1, max_value=24 * 60)


class LimitsForm(forms.Form):
    """An organisation's own limits."""

    caseload = forms.IntegerField(
        label=_("Open cases of one worker, at most"), required=False, min_value=1, max_value=1000
    )
    administration = forms.IntegerField(
        label=_("Share of time in administration, at most, in percent"), required=False, min_value=1, max_value=100
    )
    supervision_days = forms.IntegerField(
        label=_("Days from one supervision to the next"), required=False, min_value=1, max_value=366
    )


class WeekForm(forms.Form):
    """Own time of one week, in hours by kind."""

    week = forms.DateField(label=_("Week"), help_text=_("Any day of it."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, text in codes_of(LIST, sort=False):
            widget = forms.NumberInput(attrs={"class": "fener-input--number", "inputmode": "decimal", "step": "0.25"})
            self.fields[code] = forms.DecimalField(
                label=text, required=False, min_value=0, max_value=WEEK // 60, decimal_places=2, widget=widget,
                help_text=_("Hours"),
            )  # fmt: skip

    def minutes(self) -> dict[str, int]:
        """Minutes by kind, of the kinds that were filled in."""
        kinds = [code for code, _text in codes_of(LIST, sort=False)]
        return {code: round(self.cleaned_data[code] * 60) for code in kinds if self.cleaned_data.get(code) is not None}


class CoverForm(forms.Form):
    """Who is away, who stands in, until when."""

    worker = PersonField(queryset=User.objects.none(), label=_("Who is away?"))
    cover = PersonField(queryset=User.objects.none(), label=_("Who stands in?"))
    until = forms.DateField(label=_("Until which day?"), help_text=_("On the day after it the access ends by itself."))

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("worker", "cover"):
            self.fields[name].queryset = people  # type: ignore[attr-defined]

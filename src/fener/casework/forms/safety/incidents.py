"""Forms of incidents."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fener.casework.domain.safety.incident_states import NO_RESULT
from fener.casework.forms.children.common import words as sealed
from fener.casework.forms.fields import codes_of
from fener.casework.services.safety.incidents import IncidentTerms


def _chosen(vocabulary_id: str) -> list[tuple[str, str]]:
    return [("", "—"), *codes_of(vocabulary_id)]


def _results() -> list[tuple[str, str]]:
    return [pair for pair in codes_of("incident_result", sort=False) if pair[0] != NO_RESULT]


class IncidentForm(forms.Form):
    """What was violated, by whom, when."""

    right = forms.ChoiceField(label=_("Which right was violated?"), choices=partial(_chosen, "right_violated"))
    by = forms.ChoiceField(label=_("By whom?"), choices=partial(_chosen, "incident_author"))
    happened_on = forms.DateField(label=_("On which day?"), help_text=_("If it went on for some time: the first day."))
    words = sealed(
        _("What happened"),
        help_text=_("Who did it, where, what was said. Sealed with the legal part of the file."),
    )


def terms_of(data: Mapping[str, Any]) -> IncidentTerms:
    """What was entered, as the service takes it."""
    return IncidentTerms(right=data["right"], by=data["by"], happened_on=data["happened_on"], words=data["words"])


class FollowUpForm(forms.Form):
    """What came of an incident."""

    result = forms.ChoiceField(label=_("What came of it?"), choices=_results, widget=forms.RadioSelect)
    on = forms.DateField(label=_("On which day?"))
    again_on = forms.DateField(
        label=_("By when do you look at it again?"),
        required=False,
        help_text=_("Only where it goes on. If you name no day, it is the one that the rules name."),
    )
    words = sealed(_("What was done"), help_text=_("Sealed with the legal part of the file."))

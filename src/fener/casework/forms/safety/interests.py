"""Forms of conflicts with the person's interest."""

from __future__ import annotations

from functools import partial

from django import forms
from django.utils.translation import gettext_lazy as _

from fener.casework.forms.children.common import one_of
from fener.casework.forms.children.common import words as sealed
from fener.casework.forms.justice.compensation import listed


class ConflictForm(forms.Form):
    """Which aim of whom stands against the person's interest."""

    aim = one_of(_("What is wanted of the person?"), "interest_aim")
    by = forms.ChoiceField(label=_("Who wants it?"), choices=partial(listed, "incident_author"))
    arisen_on = forms.DateField(label=_("Since when?"))
    words = sealed(_("Both interests, the person's own words first"), required=True)


class AgainstForm(forms.Form):
    """Who decides against it, on which legal basis."""

    decided_by = forms.ChoiceField(
        label=_("Which office decides?"), choices=partial(listed, "incident_author"), required=False
    )
    name = forms.CharField(label=_("Who decides, by name"), max_length=200, required=False, help_text=_("Sealed."))
    basis = forms.ChoiceField(
        label=_("On which legal basis?"), choices=partial(listed, "override_basis"), required=False
    )
    reasons = sealed(_("Law and article, and why the person's interest has to stand back"))
    on = forms.DateField(label=_("On which day?"))


class DayForm(forms.Form):
    """The day of it."""

    on = forms.DateField(label=_("On which day?"))

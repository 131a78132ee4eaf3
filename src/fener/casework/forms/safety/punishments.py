"""Forms of a review of non-punishment."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from fener.casework.domain.safety.punishment_states import ANNUL, NOT_LINKED, WITHDRAW
from fener.casework.forms.children.common import one_of, words

SEALED = _("Sealed with the legal part of the file.")


class PunishmentForm(forms.Form):
    """What was done to the person, for what, by whom."""

    penalty = one_of(_("What was done to the person?"), "penalty_kind")
    act = one_of(_("For what?"), "linked_act")
    by = one_of(_("By whom?"), "incident_author")
    happened_on = forms.DateField(label=_("On which day?"))
    words = words(_("Number, article, and what happened"), help_text=SEALED)


class ResolveForm(forms.Form):
    """How it ended."""

    step = forms.ChoiceField(
        label=_("How did it end?"),
        choices=[
            (WITHDRAW, _("It was withdrawn")),
            (ANNUL, _("A court annulled it")),
            (NOT_LINKED, _("It is not linked to the trafficking")),
        ],
        widget=forms.RadioSelect,
    )
    on = forms.DateField(label=_("On which day?"))
    words = words(_("The decision, and its reasons"), help_text=SEALED)

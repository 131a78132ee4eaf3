"""Forms of a child's view, of decisions and of the durable solution."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fener.casework.forms.children.common import ANSWER, one_of, some_of, words, yes_no_unknown
from fener.casework.models.children.decision import About
from fener.casework.services.children.decisions import SolutionTerms
from fener.norms.vocab import vocabulary

HEARD = [("yes", _("The child was heard")), ("no", _("The child could not be heard"))]
CRITERION = "criterion_"


class ViewForm(forms.Form):
    """What the child says, or why it could not be heard."""

    about = forms.ChoiceField(label=_("On what?"), choices=About.choices, widget=forms.RadioSelect)
    heard = forms.ChoiceField(label=_("Was the child heard?"), choices=HEARD, widget=forms.RadioSelect)
    on = forms.DateField(label=_("On which day?"))
    words = words(
        _("In the child's own words, or why it could not be heard"),
        required=True,
        help_text=_("Sealed with the legal part of the file."),
    )


class DecisionForm(forms.Form):
    """What a panel decided, and why."""

    about = forms.ChoiceField(
        label=_("On what?"),
        choices=[pair for pair in About.choices if pair[0] != About.SOLUTION],
        widget=forms.RadioSelect,
    )
    decided_on = forms.DateField(label=_("Decided on which day?"))
    panel = some_of(
        _("Who decided?"), "conference_sector", help_text=_("At least two; child protection is one of them.")
    )
    words = words(
        _("What was decided, and why it is in the child's best interests"),
        help_text=_("Sealed with the legal part of the file."),
    )


class SolutionForm(forms.Form):
    """What lasts for the child, by criteria."""

    solution = one_of(_("Which solution?"), "durable_solution")
    decided_on = forms.DateField(label=_("Decided on which day?"))
    panel = some_of(
        _("Who decided?"), "conference_sector", help_text=_("At least two; child protection is one of them.")
    )
    family_first = forms.ChoiceField(
        label=_("Was a family looked at first?"), choices=[("yes", _("Yes")), ("no", _("No"))], widget=forms.RadioSelect
    )
    family_in_interests = yes_no_unknown(_("Is life in a family in the child's interests?"))
    words = words(_("Why it is in the child's best interests"), help_text=_("Sealed with the legal part of the file."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, label in vocabulary("solution_criterion").choices():
            text = gettext("Does it speak for this solution? %(criterion)s") % {"criterion": gettext(label)}
            if code == "violence_or_abuse":
                text = gettext("Is it certain that there is no violence or abuse in the family?")
            self.fields[CRITERION + code] = yes_no_unknown(text)


def solution_of(data: Mapping[str, Any]) -> SolutionTerms:
    """What was entered, as the service takes it."""
    return SolutionTerms(
        solution=data["solution"],
        decided_on=data["decided_on"],
        panel=tuple(data["panel"]),
        words=data["words"],
        criteria={key.removeprefix(CRITERION): data[key] for key in data if key.startswith(CRITERION)},
        family_first=data["family_first"] == "yes",
        family_in_interests=ANSWER[data["family_in_interests"]],
    )

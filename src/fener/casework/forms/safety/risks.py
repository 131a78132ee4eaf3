"""Forms of an assessment of danger, and of a measure of protection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fener.casework.forms.children.common import choose_from, one_of, words
from fener.casework.models.safety.risk import ProtectionMeasure
from fener.casework.services.safety.plan import MeasureTerms
from fener.casework.services.safety.risks import MOST, RiskTerms
from fener.casework.services.safety.standing import NONE, PERSON
from fener.norms.vocab import vocabulary

RISK = "risk_"
SEALED = _("Sealed with the legal part of the file.")


def _which() -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Which of them?"),
        initial=1,
        min_value=1,
        max_value=MOST,
        help_text=_("1 for the first brother or sister, 2 for the second. Names stand in the sealed words."),
    )


class RiskForm(forms.Form):
    """Which dangers were asked about and found, what the person says, and the day of review."""

    subject = one_of(_("Whose danger is assessed?"), "risk_subject", initial=PERSON)
    which = _which()
    assessed_on = forms.DateField(label=_("Assessed on which day?"))
    own_level = forms.ChoiceField(label=_("How great is the danger in their own view?"), required=False)
    own_words = words(_("In their own words"), help_text=SEALED)
    is_review = forms.BooleanField(
        label=_("This reviews an earlier assessment"),
        required=False,
        help_text=_("Only a review can lower the level. Say below what has changed."),
    )
    words = words(_("What threatens them, who assessed it, and what has changed"), help_text=SEALED)
    review_on = forms.DateField(
        label=_("Review on"),
        required=False,
        help_text=_("Leave it empty for the latest day that the level allows, or choose an earlier one."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = [(code, gettext(label)) for code, label in vocabulary("risk_level").choices()]
        choose_from(self, own_level=[("", gettext("Not asked")), *levels])
        answers = [("", gettext("Not asked")), (NONE, gettext("Asked: no danger")), *levels]
        kinds = {RISK + code: gettext(label) for code, label in vocabulary("risk_kind").choices()}
        for name, label in kinds.items():
            self.fields[name] = forms.ChoiceField(label=label, choices=answers, required=False)
        self.order_fields(["subject", "which", "assessed_on", *kinds])


def risk_of(data: Mapping[str, Any]) -> RiskTerms:
    """What was entered, as the service takes it."""
    answers = {name.removeprefix(RISK): value for name, value in data.items() if name.startswith(RISK) and value}
    rest = {name: value for name, value in data.items() if not name.startswith(RISK)}
    return RiskTerms(answers=answers, **rest)


class MeasureForm(forms.Form):
    """Who is protected, how, and since when."""

    subject = one_of(_("Who is protected?"), "risk_subject", initial=PERSON)
    which = _which()
    kind = one_of(_("How?"), "protection_measure")
    side = forms.ChoiceField(
        label=_("Where does it protect?"),
        choices=ProtectionMeasure.Side.choices,
        widget=forms.RadioSelect,
        initial=ProtectionMeasure.Side.HERE,
    )
    since = forms.DateField(label=_("Since which day?"))
    words = words(_("Who does what"), help_text=SEALED)


def measure_terms(data: Mapping[str, Any]) -> MeasureTerms:
    """What was entered, as the service takes it."""
    return MeasureTerms(**data)


class MeasureEndForm(forms.Form):
    """Why a measure ends."""

    why = forms.ChoiceField(
        label=_("Why does it end?"),
        choices=[("passed", _("A review finds that the danger has passed")), ("wish", _("An adult wants it to end"))],
        widget=forms.RadioSelect,
    )
    on = forms.DateField(label=_("On which day?"))
    words = words(_("What the person says"), help_text=SEALED)

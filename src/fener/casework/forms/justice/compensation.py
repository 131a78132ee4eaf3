"""Forms of compensation: what was told, a claim, what became of it."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fener.casework.domain.justice.compensation import FACT_WORDS
from fener.casework.forms.children.common import words as sealed
from fener.casework.forms.children.common import yes_no_unknown
from fener.casework.forms.fields import codes_of
from fener.casework.services.justice.compensation import Award, ClaimTerms, ToldTerms, fact_names
from fener.norms.compensation import Route, compensation_routes, routes_for


def listed(vocabulary_id: str) -> list[tuple[str, str]]:
    """A list of codes with an empty choice first."""
    return [("", "—"), *codes_of(vocabulary_id)]


def sum_of(label: Any, *, required: bool = True, **more: Any) -> forms.DecimalField:
    """A sum of money, as a decimal."""
    widget = forms.TextInput(attrs={"class": "fener-input--number", "inputmode": "decimal", "autocomplete": "off"})
    return forms.DecimalField(label=label, required=required, max_digits=14, decimal_places=2, widget=widget, **more)


def _in_words(route: Route) -> str:
    asked = "; ".join(gettext(one.text) for one in route.conditions)
    return f"{gettext(route.label)}: {gettext(route.text)} {asked}".strip()


def _routes() -> list[tuple[str, str]]:
    return [(one.route, _in_words(one)) for one in routes_for(settings.FENER_JURISDICTION)]


def _route_names() -> list[tuple[str, str]]:
    return [(code, gettext(label)) for code, label in compensation_routes().items()]


class ToldForm(forms.Form):
    """What was told, and what is known of the conditions."""

    routes = forms.MultipleChoiceField(
        label=_("Of which routes did you tell?"),
        choices=_routes,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tell of every one with its conditions, also of those that are closed."),
    )
    told_on = forms.DateField(label=_("On which day?"))
    language = forms.ChoiceField(label=_("In which language?"), choices=partial(listed, "languages"))
    interpreter = forms.CharField(label=_("Name of the interpreter"), max_length=120, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in fact_names():
            self.fields[f"fact_{name}"] = yes_no_unknown(FACT_WORDS[name], initial="unknown")


def told_of(data: Any) -> ToldTerms:
    """What was entered, as the service takes it."""
    start = "fact_"
    facts = {name.removeprefix(start): value for name, value in data.items() if name.startswith(start)}
    rest = {name: value for name, value in data.items() if not name.startswith(start)}
    return ToldTerms(facts=facts, **rest)


class ClaimForm(forms.Form):
    """A claim."""

    route = forms.ChoiceField(label=_("By which route?"), choices=_route_names, widget=forms.RadioSelect)
    own = forms.BooleanField(label=_("It is our organisation's own claim, not the person's"), required=False)
    claimed_on = forms.DateField(label=_("When was it claimed?"))
    currency = forms.ChoiceField(label=_("Currency"), choices=partial(listed, "currency"))
    asked = sum_of(_("How much is claimed?"), required=False, help_text=_("Empty: not known yet."))
    words = sealed(_("From whom, for what, and the number of the file"))


def terms_of(data: Any) -> ClaimTerms:
    """What was entered, as the service takes it."""
    return ClaimTerms(**data)


class AwardForm(forms.Form):
    """What was awarded."""

    awarded = sum_of(_("How much was awarded?"))
    on = forms.DateField(label=_("On which day?"))
    instalment = sum_of(_("If it is paid in instalments: how much each time?"), required=False)
    every = forms.IntegerField(label=_("Every how many months?"), required=False, min_value=1, max_value=120)
    first_on = forms.DateField(label=_("When is the first one due?"), required=False)


def award_of(data: Any) -> Award:
    """What was entered, as the service takes it."""
    return Award(**data)


class PaymentForm(forms.Form):
    """A payment."""

    amount = sum_of(_("How much was paid?"))
    on = forms.DateField(label=_("On which day?"))


class OnForm(forms.Form):
    """The day of a step."""

    on = forms.DateField(label=_("On which day?"))

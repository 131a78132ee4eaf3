"""Figures about returns and removals, for the whole node: counts with their definitions, no case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from fener.casework.selectors.returns.screening import Screened, screened_against_returned
from fener.casework.selectors.returns.second_entry import Back, back_again
from fener.network.selectors.agreements import about_return
from fener.norms.vocab import vocabulary
from fener.trust.decorators import StaffRequest, staff


@staff
def figures(request: StaffRequest) -> HttpResponse:
    """The share back after a removal; screened against returned, by kind and by agreement."""
    back, screened = back_again(request.actor), screened_against_returned(request.actor)
    kinds = {code: _(vocabulary("return_type").label(code)) for code in vocabulary("return_type").codes()}
    agreements = {
        str(one.agreement_id): {
            "text": one.agreement.title,
            "href": reverse("network:agreement", args=[one.agreement_id]),
            "sub": _(vocabulary("countries").label(one.country)),
        }
        for one in about_return(request.actor)
    }
    counted = {one.key for one in screened.by_agreement}
    unused = [Screened(key, 0, 0, 0, 0) for key in agreements if key not in counted]
    context = {
        "back": back,
        "table": _back(back),
        "by_kind": _screened(_("Kind of return"), screened.by_kind, kinds),
        "by_agreement": _screened(_("Agreement"), [*screened.by_agreement, *unused], agreements),
    }
    return render(request, "casework/returns/figures.html", context)


def _back(back: Back) -> dict[str, Any]:
    told = (
        (_("back within %(days)s days") % {"days": back.days}, back.count),
        (_("of so many that can be told"), back.base),
        (_("of which nobody can tell: name or day of birth is not known"), back.unknown),
        (_("the days have not passed yet"), back.too_early),
    )
    return {
        "caption": _("Second entries after a removal"),
        "empty": _("No removal was carried out."),
        "columns": [
            {"key": "what", "label": _("Removals")},
            {"key": "count", "label": _("How many"), "align": "end"},
        ],
        "rows": [{"cells": {"what": what, "count": count}} for what, count in told],
    }


def _screened(first: str, found: Iterable[Screened], named: Mapping[str, Any]) -> dict[str, Any]:
    numbers = (
        ("returned", _("Returned")),
        ("screened", _("Screened")),
        ("refused", _("Did not want it")),
        ("gone", _("Left before")),
        ("without", _("Nothing recorded")),
    )
    return {
        "caption": _("Screened against returned"),
        "empty": _("Nobody has been returned yet. What is recorded of journeys is counted here."),
        "columns": [
            {"key": "what", "label": first},
            *({"key": key, "label": label, "align": "end"} for key, label in numbers),
        ],
        "rows": [
            {"cells": {"what": named.get(one.key, one.key), **{key: getattr(one, key) for key, _label in numbers}}}
            for one in found
        ],
    }

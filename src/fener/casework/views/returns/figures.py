"""Figures about returns and removals, for the whole node: counts with their definitions, no case."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from fener.casework.selectors.returns.second_entry import back_again
from fener.trust.decorators import StaffRequest, staff


@staff
def figures(request: StaffRequest) -> HttpResponse:
    """The share that was back within some days of a removal."""
    back = back_again(request.actor)
    told = (
        (_("back within %(days)s days") % {"days": back.days}, back.count),
        (_("of so many that can be told"), back.base),
        (_("of which nobody can tell: name or day of birth is not known"), back.unknown),
        (_("the days have not passed yet"), back.too_early),
    )
    table = {
        "caption": _("Second entries after a removal"),
        "empty": _("No removal was carried out."),
        "columns": [
            {"key": "what", "label": _("Removals")},
            {"key": "count", "label": _("How many"), "align": "end"},
        ],
        "rows": [{"cells": {"what": what, "count": count}} for what, count in told],
    }
    return render(request, "casework/returns/figures.html", {"back": back, "table": table})

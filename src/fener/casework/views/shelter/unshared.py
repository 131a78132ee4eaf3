"""Residents whose file is closed to the house: who is there still, and that somebody left."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fener.casework.forms.shelter.stays import LeftForm
from fener.casework.selectors.shelter import unshared as selectors
from fener.casework.services.shelter.unshared import leave_unshared
from fener.casework.views.shelter.places import ON_A_PAGE
from fener.trust.decorators import StaffRequest, staff
from fener.trust.submitting import form_page


@staff
@require_GET
def residents(request: StaffRequest) -> HttpResponse:
    """Open stays in the own houses whose consent has ended."""
    page = Paginator(selectors.residents(request.actor), ON_A_PAGE).get_page(request.GET.get("page"))
    table = {
        "caption": _("Residents whose consent ended"),
        "caption_hidden": True,
        "columns": [{"key": "since", "label": _("Since")}, {"key": "house", "label": _("Shelter")}],
        "rows": [{"cells": _cells(row)} for row in page],
        "page": page,
        "sort": "",
        "empty": _("Nobody. Whose consent ends while they stay in a house of yours stands here until they leave."),
    }
    return render(request, "casework/shelter/residents.html", {"table": table})


def _cells(row: selectors.Resident) -> dict[str, Any]:
    href = reverse("casework:house_stay_leave", args=[row.pk])
    return {"since": {"text": date_format(row.since), "href": href}, "house": row.house}


@staff
def leave(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The person left."""
    row = selectors.resident(request.actor, pk, "house_stay.end")
    back = reverse("casework:house_stays")

    def run(data: Mapping[str, Any]) -> str:
        leave_unshared(actor=request.actor, pk=row.pk, **data)
        return back

    context = {
        "title": _("The person left %(house)s") % {"house": row.house},
        "lead": _("The stay began on %(since)s. What else became of it, the body that keeps the case records.")
        % {"since": date_format(row.since)},
        "cancel": back,
    }
    return form_page(
        request, template="casework/shelter/form.html", form=LeftForm(request.POST or None),
        act=f"house_stay.end:{pk}", run=run, context=context,
    )  # fmt: skip

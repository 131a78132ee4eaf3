"""Clocks of a case: extended on a legal basis, ended with a reason. A right of the person ends by nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from fener.casework.forms.acts import EndForm, ExtendForm
from fener.casework.models import Clock
from fener.casework.selectors import file as files
from fener.casework.services import clocks as services
from fener.casework.views.common import case_for, case_form, case_url
from fener.casework.views.path import clock_title, clock_why
from fener.trust.decorators import StaffRequest, staff
from fener.trust.errors import NotGranted


def _clock(request: StaffRequest, code: str, pk: UUID) -> Clock:
    found = next((one for one in files.file(request.actor, code).clocks if one.pk == pk), None)
    if found is None:
        raise NotGranted
    return found


@staff
def extend(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """A longer period, on a law or a decision. The date explains itself."""
    case = case_for(request, code, "clock.extend")
    clock = _clock(request, code, pk)
    form = ExtendForm(request.POST or None)

    def run(data: Mapping[str, Any]) -> str:
        services.extend(actor=request.actor, clock=clock, length=form.length(), legal_basis=data["legal_basis"])
        return case_url(case, "path")

    return case_form(
        request,
        case,
        form=form,
        act="clock.extend",
        run=run,
        title=_("Extend: %(clock)s") % {"clock": clock_title(clock.code)},
        template="casework/clock.html",
        context={"clock": clock, "why": clock_why(clock)},
        submit=_("Extend"),
    )


@staff
def end(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """It was done, or is not needed. A period that is the person's right ends on its date or at their own wish."""
    case = case_for(request, code, "clock.end")
    clock = _clock(request, code, pk)
    form = EndForm(request.POST or None, right=clock.blocks_removal)

    def run(data: Mapping[str, Any]) -> str:
        services.end_clock(actor=request.actor, clock=clock, reason=data["reason"])
        return case_url(case, "path")

    return case_form(
        request,
        case,
        form=form,
        act="clock.end",
        run=run,
        title=clock_title(clock.code),
        template="casework/clock.html",
        context={"clock": clock, "why": clock_why(clock)},
        submit=_("End it"),
    )

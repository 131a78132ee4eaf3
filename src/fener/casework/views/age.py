"""Doubts about age: raised by anybody who works with the person, decided with reasons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from fener.casework.forms.acts import AgeDecisionForm, AgeDisputeForm
from fener.casework.selectors import file as files
from fener.casework.services import ages
from fener.casework.views.common import case_for, case_form, case_url
from fener.trust.decorators import StaffRequest, staff
from fener.trust.errors import NotGranted


@staff
def dispute(request: StaffRequest, code: str) -> HttpResponse:
    """Any doubt counts at once: from this moment the person is treated as a child."""
    case = case_for(request, code, "age.dispute")
    form = AgeDisputeForm(request.POST or None)

    def run(data: Mapping[str, Any]) -> str:
        ages.raise_dispute(actor=request.actor, case=case, evidence=data["evidence"], raised_on=data["raised_on"])
        return case_url(case, "decisions")

    return case_form(
        request,
        case,
        form=form,
        act="age.dispute",
        run=run,
        title=_("The age is in doubt"),
        lead=_("From this moment the person is treated as a child, and the alarm for a guardian starts."),
    )


@staff
def decide(request: StaffRequest, code: str, pk: int) -> HttpResponse:
    """Decide a doubt, with reasons. Until then nothing changes for the person."""
    case = case_for(request, code, "age.decide")
    row = next((one for one in files.file(request.actor, code).age_disputes if one.pk == pk), None)
    if row is None:
        raise NotGranted
    form = AgeDecisionForm(request.POST or None)

    def run(data: Mapping[str, Any]) -> str:
        ages.decide_dispute(actor=request.actor, dispute=row, **data)
        return case_url(case, "decisions")

    return case_form(
        request,
        case,
        form=form,
        act="age.decide",
        run=run,
        title=_("Decide the doubt about the age"),
        lead=_("If it stays open, the person stays a child in everything that follows."),
        submit=_("Decide"),
    )

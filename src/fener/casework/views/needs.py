"""Needs: recorded before any offer, met when the person says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _

from fener.casework.forms.needs import NeedForm
from fener.casework.models import Case, Need
from fener.casework.services import needs as services
from fener.casework.views.assistance_context import kind_label
from fener.casework.views.common import case_for, case_form, case_url
from fener.trust.decorators import StaffRequest, staff
from fener.trust.errors import Refused


def need_of(case: Case, pk: UUID, act: str) -> Need:
    """A need of this case. Raises Refused, hidden: that of another case looks absent."""
    need = case.needs.filter(pk=pk).first()
    if need is None:
        raise Refused(act=act)
    need.case = case
    return need


@staff
def new(request: StaffRequest, code: str) -> HttpResponse:
    """What the person needs, in their words."""
    case = case_for(request, code, "need.record")

    def run(data: Mapping[str, Any]) -> str:
        services.record_need(
            actor=request.actor,
            case=case,
            kind=data["kind"],
            words=data["words"],
            urgent=data["urgent"],
            stated_by_person=data["stated_by_person"] == "yes",
        )
        return case_url(case, "needs")

    return case_form(
        request,
        case,
        form=NeedForm(request.POST or None, child=case.treated_as_child),
        act="need.record",
        run=run,
        title=_("What does the person need?"),
        lead=_("Ask before you offer anything. What you could offer is not the question yet."),
        submit=_("Save the need"),
    )


@staff
def met(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """The person says that a need is met."""
    case = case_for(request, code, "need.meet")
    need = need_of(case, pk, "need.meet")

    def run(_data: Mapping[str, Any]) -> str:
        services.meet_need(actor=request.actor, need=need)
        return case_url(case, "needs")

    return case_form(
        request,
        case,
        form=forms.Form(request.POST if request.method == "POST" else None),
        act=f"need.meet:{pk}",
        run=run,
        title=_("%(need)s: is the need met?") % {"need": kind_label(need.kind)},
        lead=_("The person says whether it is. Services that help with it go on."),
        submit=_("The person says that it is met"),
    )

"""Short acts on a case: what was told, a refusal, who carries it, closing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from fener.casework.forms.acts import AssignForm, CloseForm, InformationForm, RefusalForm, ReopenForm
from fener.casework.selectors.colleagues import colleagues
from fener.casework.services import cases as services
from fener.casework.services import information as telling
from fener.casework.services import refusals
from fener.casework.views.common import case_for, case_form, case_url
from fener.trust.decorators import StaffRequest, staff


@staff
def information(request: StaffRequest, code: str) -> HttpResponse:
    """What the person was told, in which language, through whom."""
    case = case_for(request, code, "information.record")
    form = InformationForm(request.POST or None, case=case)

    def run(_data: Mapping[str, Any]) -> str:
        telling.record_information(actor=request.actor, case=case, terms=form.terms())
        return case_url(case, "told")

    return case_form(
        request,
        case,
        form=form,
        act="information",
        run=run,
        title=_("What the person was told"),
        lead=_("An assessment and a decision wait until everything on their list was told."),
    )


@staff
def refusal(request: StaffRequest, code: str) -> HttpResponse:
    """What the person does not want. It proves nothing, changes nothing, and the offer stays."""
    case = case_for(request, code, "refusal.record")
    form = RefusalForm(request.POST or None)

    def run(data: Mapping[str, Any]) -> str:
        refusals.record_refusal(actor=request.actor, case=case, **data)
        return case_url(case, "decisions")

    return case_form(
        request,
        case,
        form=form,
        act="refusal",
        run=run,
        title=_("The person does not want something"),
        lead=_("It is recorded as theirs. It proves nothing, no help ends by it, and the offer stays."),
    )


@staff
def assign(request: StaffRequest, code: str) -> HttpResponse:
    """Who carries the case at the organisation that keeps it."""
    case = case_for(request, code, "case.assign")
    form = AssignForm(request.POST or None, colleagues=colleagues(request.actor, timezone.localdate()))
    carried = case.assignments.filter(until__isnull=True).select_related("user")
    names = ", ".join(one.user.full_name for one in carried) or _("nobody")

    def run(data: Mapping[str, Any]) -> str:
        act = services.assign if data["act"] == "assign" else services.unassign
        act(actor=request.actor, case=case, user=data["user"])
        return case_url(case, "facts")

    return case_form(
        request,
        case,
        form=form,
        act="case.assign",
        run=run,
        title=_("Who carries the case"),
        lead=_("Now: %(names)s.") % {"names": names},
    )


@staff
def reopen(request: StaffRequest, code: str) -> HttpResponse:
    """Open a closed case again. The offer stays, whatever the reason was."""
    case = case_for(request, code, "case.close")
    form = ReopenForm(request.POST or None, initial={"version": case.version})

    def run(data: Mapping[str, Any]) -> str:
        services.reopen_case(actor=request.actor, case=case, version=data["version"])
        return case_url(case)

    return case_form(
        request,
        case,
        form=form,
        act="case.reopen",
        run=run,
        title=_("Open the case again"),
        lead=_("The person is back, or something is needed again. No reason is asked."),
        submit=_("Open it again"),
    )


@staff
def close(request: StaffRequest, code: str) -> HttpResponse:
    """Close a case or go on to follow-up, with a reason. Refusing to testify or to return is none."""
    case = case_for(request, code, "case.close")
    form = CloseForm(request.POST or None, initial={"version": case.version})

    def run(data: Mapping[str, Any]) -> str:
        services.close_case(actor=request.actor, case=case, **data)
        return case_url(case)

    return case_form(
        request,
        case,
        form=form,
        act="case.close",
        run=run,
        title=_("Close the case"),
        lead=_("A recovery period goes on. Help never ends because somebody refuses to testify or to return."),
        submit=_("Close the case"),
        danger=True,
    )

"""Decisions on status by whoever has the mandate; told to the person; looked at again when somebody asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from fener.casework.forms.identification import DecisionForm, ReviewForm, ToldForm
from fener.casework.models import Case, ReviewRequest, StatusDecision
from fener.casework.selectors import file as files
from fener.casework.services import decisions as services
from fener.casework.services.information import InformationTerms
from fener.casework.views.common import case_for, case_form, case_url
from fener.casework.views.shown import status_label
from fener.trust.actor import Actor
from fener.trust.decorators import StaffRequest, staff
from fener.trust.errors import NotGranted


def _mandate_note(actor: Actor) -> list[dict[str, str]]:
    if set(services.DECIDING) & actor.functions:
        return []
    text = _("Your organisation has no mandate to decide on a status. Refer the case to the body that has it.")
    return [{"kind": "soon", "title": _("Not your organisation's task"), "text": text}]


def _decided(data: Mapping[str, Any]) -> dict[str, Any]:
    names = ("status", "legal_basis", "reasons", "evidence", "alternative", "review_told", "decided_on")
    return {**{name: data[name] for name in names}, "considered": list(data["considered"])}


def _decision(request: StaffRequest, code: str, pk: UUID) -> StatusDecision:
    found = next((row for row in files.file(request.actor, code).decisions if row.pk == pk), None)
    if found is None:
        raise NotGranted
    return found


@staff
def new(request: StaffRequest, code: str) -> HttpResponse:
    """Decide. What is still missing is said before anything is stored."""
    case = case_for(request, code, "status.decide")
    form = DecisionForm(request.POST or None, case=case)

    def run(data: Mapping[str, Any]) -> str:
        services.decide_status(actor=request.actor, case=case, **_decided(data))
        return case_url(case, "decisions")

    return case_form(
        request,
        case,
        form=form,
        act="status.decide",
        run=run,
        title=_("Decide on the status"),
        lead=_("Now: %(status)s. A decision ends no service, no recovery period and no case.") % _now(case),
        submit=_("Decide"),
        notes=_mandate_note(request.actor),
    )


def _now(case: Case) -> dict[str, str]:
    return {"status": status_label(case.status)}


@staff
def told(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """That a decision was told to the person."""
    case = case_for(request, code, "status.tell")
    decision = _decision(request, code, pk)
    form = ToldForm(request.POST or None, case=case)

    def run(data: Mapping[str, Any]) -> str:
        terms = InformationTerms(
            items=(),
            language=data["told_language"],
            interpreter=data["told_interpreter"],
            told_on=data["told_on"],
        )
        services.record_told(actor=request.actor, decision=decision, told=terms)
        return case_url(case, "decisions")

    return case_form(
        request,
        case,
        form=form,
        act="status.tell",
        run=run,
        title=_("The decision was told"),
        lead=_("Tell it with its reasons, in words that the person understands, and how a review is asked for."),
    )


@staff
def ask_review(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """Ask for a decision to be looked at again. Nobody's leave is needed."""
    case = case_for(request, code, "review.request")
    decision = _decision(request, code, pk)
    form = ReviewForm(request.POST or None)

    def run(data: Mapping[str, Any]) -> str:
        services.request_review(
            actor=request.actor,
            decision=decision,
            reasons=data["reasons"],
            kind=data["kind"],
            asked_by_person=data["asked_by"] == "person",
            requested_on=data["requested_on"],
        )
        return case_url(case, "decisions")

    return case_form(
        request,
        case,
        form=form,
        act="review.request",
        run=run,
        title=_("Ask for a review"),
        lead=_("Somebody else than the first decider answers it. Until then, and after, help goes on."),
        submit=_("Ask for it"),
    )


def _request(request: StaffRequest, code: str, pk: UUID) -> ReviewRequest:
    decisions = files.file(request.actor, code).decisions
    found = next((one for row in decisions for one in row.review_requests.all() if one.pk == pk), None)
    if found is None:
        raise NotGranted
    return found


@staff
def answer_review(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """Answer by a decision that points at the first one, which stays."""
    case = case_for(request, code, "review.answer")
    asked = _request(request, code, pk)
    form = DecisionForm(request.POST or None, case=case, again=True)

    def run(data: Mapping[str, Any]) -> str:
        services.answer_review(actor=request.actor, request=asked, **_decided(data))
        return case_url(case, "decisions")

    return case_form(
        request,
        case,
        form=form,
        act="review.answer",
        run=run,
        title=_("Answer a review"),
        lead=_("Now: %(status)s. The same status again is an answer too; both decisions stay.") % _now(case),
        submit=_("Decide"),
        notes=_mandate_note(request.actor),
    )

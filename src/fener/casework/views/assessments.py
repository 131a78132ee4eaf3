"""Assessments beside each other, and the person's own view beside all of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fener.casework.domain.codes import alias_label
from fener.casework.forms.identification import AssessmentForm, OwnViewForm
from fener.casework.models import Case, Referral
from fener.casework.selectors import file as files
from fener.casework.selectors import referrals
from fener.casework.services import assessments as services
from fener.casework.views import shown
from fener.casework.views.common import case_for, case_form, case_url, may
from fener.trust.decorators import StaffRequest, staff
from fener.trust.errors import NotGranted, Refused
from fener.trust.policy import Relationship
from fener.trust.submitting import form_page


def _mandate_note(request: StaffRequest) -> list[dict[str, str]]:
    if "assess" in request.actor.functions:
        return []
    text = _("Your organisation has no mandate to assess. Refer the case to a body that has it.")
    return [{"kind": "soon", "title": _("Not your organisation's task"), "text": text}]


@staff
def new(request: StaffRequest, code: str) -> HttpResponse:
    """What the organisation that keeps the case sees."""
    case = case_for(request, code, "assessment.record")
    form = AssessmentForm(request.POST or None, child=case.treated_as_child)

    def run(data: Mapping[str, Any]) -> str:
        row = services.record_assessment(actor=request.actor, case=case, elements=form.elements(), **_said(data))
        return reverse("casework:assessment", args=[case.code, row.pk])

    return case_form(
        request,
        case,
        form=form,
        act="assessment",
        run=run,
        title=_("Record an assessment"),
        lead=_("It stands beside the others and decides nothing by itself. Each element may stay open."),
        template="casework/assessment_new.html",
        notes=_mandate_note(request),
    )


def _said(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: data[name] for name in ("opinion", "reasons", "assessed_on")}


def _own_words(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: data[name] for name in ("view", "words", "said_on")}


@staff
@require_GET
def one(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """One assessment, with what the definition says to its answers: every step with rule, version and source."""
    file = files.file(request.actor, code)
    found = next((row for row in file.assessments if row.pk == pk), None)
    if found is None:
        raise NotGranted
    context = {
        "case": file.case,
        "alias": alias_label(file.case.alias),
        "one": shown.assessment_card(file.case, found),
        "back": case_url(file.case, "assessments"),
    }
    return render(request, "casework/assessment.html", context)


@staff
def own_view(request: StaffRequest, code: str) -> HttpResponse:
    """How the person sees it, recorded as theirs."""
    case = case_for(request, code, "own_view.record")
    form = OwnViewForm(request.POST or None)

    def run(data: Mapping[str, Any]) -> str:
        services.record_own_view(actor=request.actor, case=case, **_own_words(data))
        return case_url(case, "assessments")

    return case_form(
        request,
        case,
        form=form,
        act="own_view",
        run=run,
        title=_("How the person sees it"),
        lead=_("Their view is theirs. It is never overwritten, and no answer changes what help is due."),
    )


def _asked(request: StaffRequest, pk: UUID) -> Referral:
    """An accepted referral that asks the actor's organisation for an assessment or a decision."""
    referral, _how = referrals.get(request.actor, pk)
    if referral.kind not in services.ASSESSING or referral.state != Referral.State.ACCEPTED:
        raise Refused(act="assessment.record")
    if request.actor.keeper_id != referral.to_organisation_id:
        raise Refused(act="assessment.record")
    return referral


def _referral_page(
    request: StaffRequest, referral: Referral, form: Any, act: str, run: Any, template: str, **words: Any
) -> HttpResponse:
    case: Case = referral.case
    # Police and others who have no case do not learn its code and its alias either.
    named = may(request.actor, "case.read", Relationship.REFERRED_TO)
    context = {
        "case": case if named else None,
        "alias": alias_label(case.alias) if named else "",
        "cancel": reverse("casework:referral", args=[referral.pk]),
        **words,
    }
    return form_page(request, template=template, form=form, act=f"{act}:{case.code}", run=run, context=context)


@staff
def for_referral(request: StaffRequest, pk: UUID) -> HttpResponse:
    """An assessment by a body that the case was referred to for it: police, inspection, another service."""
    referral = _asked(request, pk)
    form = AssessmentForm(request.POST or None, child=referral.case.treated_as_child)

    def run(data: Mapping[str, Any]) -> str:
        services.record_assessment(actor=request.actor, referral=referral, elements=form.elements(), **_said(data))
        return reverse("casework:referral", args=[referral.pk])

    return _referral_page(
        request,
        referral,
        form,
        "assessment",
        run,
        "casework/assessment_new.html",
        title=_("Record an assessment"),
        lead=_("It stands beside the others and decides nothing by itself. Each element may stay open."),
        notes=_mandate_note(request),
    )


@staff
def own_view_for_referral(request: StaffRequest, pk: UUID) -> HttpResponse:
    """What the person said to the body that was asked for an assessment."""
    referral = _asked(request, pk)
    form = OwnViewForm(request.POST or None)

    def run(data: Mapping[str, Any]) -> str:
        services.record_own_view(actor=request.actor, referral=referral, **_own_words(data))
        return reverse("casework:referral", args=[referral.pk])

    return _referral_page(
        request,
        referral,
        form,
        "own_view",
        run,
        "casework/form.html",
        title=_("How the person sees it"),
        lead=_("Their view is theirs. It is never overwritten, and no answer changes what help is due."),
    )

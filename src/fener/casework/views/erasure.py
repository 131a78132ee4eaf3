"""Erasures: proposed for a person, looked at by another, stopped; and how long an organisation keeps things."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fener.casework.forms.privacy import PeriodForm, RefuseForm, StopForm
from fener.casework.selectors import erasures as selectors
from fener.casework.services import erasure as services
from fener.casework.views.common import case_for, case_form, steps_of
from fener.norms import retention
from fener.trust import policy
from fener.trust.decorators import StaffRequest, staff
from fener.trust.models import Erasure
from fener.trust.policy import Relationship
from fener.trust.privacy import register
from fener.trust.submitting import form_page

KINDS = {"proposed": "soon", "approved": "overdue", "refused": "plain", "stopped": "plain", "done": "done"}


@staff
def propose(request: StaffRequest, code: str) -> HttpResponse:
    """The person asks that everything is erased."""
    case = case_for(request, code, "erasure.propose")

    def run(_data: Mapping[str, Any]) -> str:
        erasure = services.propose_erasure(actor=request.actor, case=case, ground=Erasure.Ground.ASKED)
        return reverse("casework:erasure", args=[erasure.pk])

    return case_form(
        request,
        case,
        form=forms.Form(request.POST if request.method == "POST" else None),
        act="erasure.propose",
        run=run,
        title=_("The person asks to have everything erased"),
        lead=_(
            "Another person looks at it. After %(days)s days the keys are destroyed, and nobody can open anything any "
            "more. Until then the person can change their mind. Help goes on."
        )
        % {"days": settings.FENER_ERASURE_GRACE_DAYS},
        submit=_("Propose the erasure"),
        danger=True,
    )


def _cells(each: selectors.Shown) -> dict[str, Any]:
    row = each.erasure
    return {
        "what": {
            "text": each.label[:1].upper() + each.label[1:],
            "sub": each.code,
            "href": reverse("casework:erasure", args=[row.pk]),
        },
        "ground": str(row.get_ground_display()),
        "since": row.proposed_at,
        "state": {"tag": str(row.get_state_display()), "kind": KINDS[row.state]},
        "on": row.carry_out_on or "",
    }


def _period(each: selectors.Period, *, may_set: bool) -> dict[str, Any]:
    own = retention.Own(each.own.months, each.own.reason) if each.own else None
    href = f"{reverse('casework:retention')}?of={each.known.code}"
    return {
        "cells": {
            "what": {"text": _(each.known.label), **({"href": href} if may_set else {})},
            "how": register.period_words(each.known.code, own),
            "own": {"tag": _("own rule"), "kind": "plain"} if own else {"tag": _("not set"), "kind": "soon"},
        }
    }


@staff
@require_GET
def erasures(request: StaffRequest) -> HttpResponse:
    """What waits for somebody who looks, and the periods that propose it."""
    waiting = {
        "caption": _("Erasures that are being decided"),
        "caption_hidden": True,
        "columns": [
            {"key": "what", "label": _("What")},
            {"key": "ground", "label": _("Why")},
            {"key": "since", "label": _("Proposed")},
            {"key": "state", "label": _("State")},
            {"key": "on", "label": _("Carried out on")},
        ],
        "rows": [{"cells": _cells(each)} for each in selectors.waiting(request.actor)],
        "empty": _("Nothing is proposed for erasure."),
    }
    may_set = bool(policy.decide(request.actor, "retention.set", Relationship.SAME_ORGANISATION))
    periods = {
        "caption": _("How long we keep things"),
        "caption_hidden": True,
        "columns": [
            {"key": "what", "label": _("What")},
            {"key": "how", "label": _("How long")},
            {"key": "own", "label": _("Whose rule")},
        ],
        "rows": [_period(each, may_set=may_set) for each in selectors.periods(request.actor)],
        "empty": "",
    }
    context = {"waiting": waiting, "periods": periods, "grace": settings.FENER_ERASURE_GRACE_DAYS}
    return render(request, "casework/erasures.html", context)


def _one_page(
    request: StaffRequest, shown: selectors.Shown, *, form: forms.Form, act: str, run: Any, **words: Any
) -> HttpResponse:
    row = shown.erasure
    rows = [
        {"key": _("What"), "value": f"{shown.label[:1].upper()}{shown.label[1:]} {shown.code}".strip()},
        {"key": _("Why"), "value": str(row.get_ground_display())},
        {"key": _("Proposed"), "value": row.proposed_at},
        {"key": _("By"), "value": str(row.proposed_by) if row.proposed_by else _("the period that ran out")},
        {"key": _("State"), "value": str(row.get_state_display())},
    ]
    if row.carry_out_on:
        rows.append({"key": _("Carried out on"), "value": row.carry_out_on})
    if row.look_again_on:
        rows.append({"key": _("Look again on"), "value": row.look_again_on})
    context = {"shown": shown, "rows": rows, "why": steps_of(row.why), "cancel": reverse("casework:erasures"), **words}
    return form_page(
        request, template="casework/erasure.html", form=form, act=f"{act}:{row.pk}", run=run, context=context
    )


@staff
def erasure(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One erasure. Whoever did not propose it can agree here."""
    shown = selectors.one(request.actor, pk)

    def run(_data: Mapping[str, Any]) -> str:
        services.approve_erasure(actor=request.actor, erasure=shown.erasure)
        return reverse("casework:erasure", args=[pk])

    return _one_page(
        request,
        shown,
        form=forms.Form(request.POST if request.method == "POST" else None),
        act="erasure.review",
        run=run,
        title=_("Erasure"),
        lead=_("Look whether something speaks against it: proceedings, claims, or that the person did not mean it."),
        submit=_("Agree: erase in %(days)s days") % {"days": settings.FENER_ERASURE_GRACE_DAYS},
        danger=True,
        asks=shown.may_review and not shown.holds,
    )


@staff
def refuse(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Not now."""
    shown = selectors.one(request.actor, pk)
    services.standing(request.actor, shown.erasure, "erasure.review")

    def run(data: Mapping[str, Any]) -> str:
        services.refuse_erasure(actor=request.actor, erasure=shown.erasure, **data)
        return reverse("casework:erasures")

    return _one_page(
        request,
        shown,
        form=RefuseForm(request.POST or None),
        act="erasure.refuse",
        run=run,
        title=_("Not now"),
        lead=_("Tell the person the reason and the day. They can complain to the data-protection authority."),
        submit=_("Put it off"),
        asks=True,
    )


@staff
def stop(request: StaffRequest, pk: UUID) -> HttpResponse:
    """It does not happen."""
    shown = selectors.one(request.actor, pk)
    services.standing(request.actor, shown.erasure, "erasure.stop")

    def run(data: Mapping[str, Any]) -> str:
        services.stop_erasure(actor=request.actor, erasure=shown.erasure, because=data["because"])
        return reverse("casework:erasures") if shown.may_review else reverse("web:today")

    return _one_page(
        request,
        shown,
        form=StopForm(request.POST or None),
        act="erasure.stop",
        run=run,
        title=_("Stop the erasure"),
        lead=_("If the person took back that a file is kept, ask them for a new sentence first."),
        submit=_("Stop it"),
        asks=True,
    )


@staff
def period(request: StaffRequest) -> HttpResponse:
    """How long the organisation keeps one class of data, ``?of=`` its code."""
    policy.require(request.actor, "retention.set", Relationship.SAME_ORGANISATION)
    data_class = request.GET.get("of", "")
    found = next((p for p in selectors.periods(request.actor) if p.known.code == data_class), None)
    if found is None:
        raise Http404
    initial = {"months": found.own.months, "reason": found.own.reason} if found.own else None
    own = retention.Own(found.own.months, found.own.reason) if found.own else None

    def run(data: Mapping[str, Any]) -> str:
        services.set_period(actor=request.actor, data_class=data_class, **data)
        return reverse("casework:erasures")

    return form_page(
        request,
        template="web/base_form.html",
        form=PeriodForm(request.POST or None, initial=initial),
        act=f"retention.set:{data_class}",
        run=run,
        context={
            "title": _("How long: %(what)s") % {"what": _(found.known.label)},
            "lead": register.period_words(data_class, own),
            "cancel": reverse("casework:erasures"),
        },
    )

"""The ledger of confiscated assets: the list with its totals, a new one, and what became of one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fener.casework.chapters.children.drawing import day
from fener.casework.forms.justice.assets import AssetForm, AssetKindForm, AssetStepForm
from fener.casework.models.justice.asset import AssetStep, SeizedAsset
from fener.casework.selectors.justice import assets as selectors
from fener.casework.services.justice import assets as services
from fener.norms.labour import money
from fener.trust import policy
from fener.trust.decorators import StaffRequest, staff
from fener.trust.policy import Relationship
from fener.trust.submitting import form_page

ON_A_PAGE = 50


@staff
@require_GET
def ledger(request: StaffRequest) -> HttpResponse:
    """What was seized, what became of it, and by currency what reached a fund."""
    asked = AssetKindForm(request.GET)
    kind = asked.cleaned_data["kind"] if asked.is_valid() else ""
    page = Paginator(selectors.assets(request.actor, kind=kind), ON_A_PAGE).get_page(request.GET.get("page"))
    names = ("what", "body", "seized", "state", "realised", "fund")
    words = (_("What"), _("Body"), _("Seized on"), _("State"), _("Realised"), _("Paid to a fund"))
    table = {
        "caption": _("Assets"),
        "caption_hidden": True,
        "columns": [{"key": key, "label": text} for key, text in zip(names, words, strict=True)],
        "rows": [{"cells": _cells(row, own=row.organisation_id == request.actor.keeper_id)} for row in page],
        "filters": asked,
        "page": page,
        "sort": "",
        "empty": _("Nothing is entered yet. What police or a court seized is entered by the body that keeps account."),
    }
    writes = policy.decide(request.actor, "asset.record", Relationship.SAME_ORGANISATION).allowed
    totals = [
        _("Realised: %(realised)s. Of this, %(fund)s reached a fund for victims.")
        % {"realised": money(one.realised, one.currency), "fund": money(one.fund, one.currency)}
        for one in selectors.totals(request.actor)
    ]
    return render(request, "casework/justice/assets.html", {"table": table, "writes": writes, "totals": totals})


def _cells(row: SeizedAsset, *, own: bool) -> dict[str, Any]:
    steps = sorted(row.steps.all(), key=lambda one: one.on)
    realised, fund = services.total(steps, AssetStep.Step.REALISED), services.total(steps, AssetStep.Step.FUND)
    what = str(row.get_kind_display()).capitalize()
    link = own and bool(services.possible(steps))
    return {
        "what": {"text": what, "href": reverse("casework:asset_step", args=[row.pk])} if link else what,
        "body": row.organisation.short_name,
        "seized": {
            "text": day(row.seized_on),
            "sub": _("Estimate: %(sum)s") % {"sum": money(row.value, row.currency)} if row.value is not None else "",
        },
        "state": steps[-1].get_step_display() if steps else _("seized"),
        "realised": money(realised, row.currency) if realised else "",
        "fund": money(fund, row.currency) if fund else "",
    }


@staff
def new(request: StaffRequest) -> HttpResponse:
    """Something was seized."""
    policy.require(request.actor, "asset.record", Relationship.SAME_ORGANISATION)
    return _form(
        request,
        AssetForm(request.POST or None),
        "asset.record",
        lambda data: services.seize(actor=request.actor, **data),
        _("What was seized?"),
        _("No name stands here: neither whose it was nor of which case."),
    )


@staff
def step(request: StaffRequest, pk: UUID) -> HttpResponse:
    """What became of it."""
    asset = selectors.asset_of(request.actor, pk, "asset.advance")
    return _form(
        request,
        AssetStepForm(request.POST or None, possible=services.possible(asset.steps.all())),
        f"asset.advance:{pk}",
        lambda data: services.record_step(actor=request.actor, asset=asset, **data),
        _("What became of it?"),
        _("%(what)s, seized on %(day)s.")
        % {"what": str(asset.get_kind_display()).capitalize(), "day": day(asset.seized_on)},
    )


def _form(
    request: StaffRequest,
    form: forms.Form,
    act: str,
    does: Callable[[Mapping[str, Any]], object],
    title: str,
    lead: str,
) -> HttpResponse:
    back = reverse("casework:assets")

    def run(data: Mapping[str, Any]) -> str:
        does(data)
        return back

    context = {"title": title, "lead": lead, "cancel": back}
    return form_page(request, template="casework/shelter/form.html", form=form, act=act, run=run, context=context)

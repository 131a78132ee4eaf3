"""The register of programmes: the list with counts at each step, a new one, safeguards and launch of an enterprise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fener.casework.chapters.children.drawing import day, label, labels
from fener.casework.forms.children.guardians import DayForm
from fener.casework.forms.reintegration import programmes as forms
from fener.casework.models.reintegration.programme import Programme
from fener.casework.selectors.reintegration import programmes as selectors
from fener.casework.services.reintegration import programmes as services
from fener.norms.path.pipelines import pipelines
from fener.trust import policy
from fener.trust.decorators import StaffRequest, staff
from fener.trust.policy import Relationship
from fener.trust.submitting import form_page

ON_A_PAGE = 25


@staff
@require_GET
def register(request: StaffRequest) -> HttpResponse:
    """The programmes of the own body."""
    asked = forms.FilterForm(request.GET)
    kind = asked.cleaned_data["pipeline"] if asked.is_valid() else ""
    page = Paginator(selectors.programmes(request.actor, pipeline=kind), ON_A_PAGE).get_page(request.GET.get("page"))
    reached = selectors.steps_by_programme(request.actor, page)
    columns = (
        ("name", _("Name")),
        ("kind", _("Kind")),
        ("groups", _("Whom it takes")),
        ("steps", _("People who reached each step")),
        ("state", _("State")),
    )
    table = {
        "caption": _("Programmes"),
        "caption_hidden": True,
        "columns": [{"key": key, "label": text} for key, text in columns],
        "rows": [{"cells": _cells(row, reached[row.pk])} for row in page],
        "filters": asked,
        "page": page,
        "sort": "",
        "empty": _("No programme is entered yet. Enter one, and people can begin in it from their case."),
    }
    writes = policy.decide(request.actor, "programme.record", Relationship.SAME_ORGANISATION).allowed
    return render(request, "casework/reintegration/programmes.html", {"table": table, "writes": writes})


def _cells(row: Programme, reached: Mapping[str, int]) -> dict[str, Any]:
    enterprise = row.pipeline == services.ENTERPRISE
    state = _("Since %(day)s") % {"day": day(row.since)}
    if enterprise:
        state = _("Launched on %(day)s") % {"day": day(row.launched_on)} if row.launched_on else _("Not launched yet")
    address = "programme_launch" if enterprise and row.launched_on is None else "programme_safeguards"
    return {
        "name": {"text": row.name, "href": reverse(f"casework:{address}", args=[row.pk])} if enterprise else row.name,
        "kind": _(pipelines()[row.pipeline].label),
        "groups": labels("beneficiary_group", row.groups),
        "steps": [f"{label('pipeline_step', step)}: {count}" for step, count in reached.items()],
        "state": state,
    }


@staff
def new(request: StaffRequest) -> HttpResponse:
    """A programme."""
    policy.require(request.actor, "programme.record", Relationship.SAME_ORGANISATION)
    return _form(
        request,
        forms.ProgrammeForm(request.POST or None),
        "programme.record",
        lambda data: services.enter_programme(actor=request.actor, terms=forms.terms_of(data)),
        _("Which programme does your organisation have?"),
        _("Its name is seen by clients, employers and schools. It tells on nobody, and several groups are in it."),
    )


@staff
def safeguards(request: StaffRequest, pk: UUID) -> HttpResponse:
    """How the safeguards of a social enterprise stand."""
    row = selectors.programme_of(request.actor, pk, "programme.safeguard")
    states = {one.item: one.state for one in row.safeguards.order_by("on", "number")}
    initial = {"workers_share": row.workers_share}
    form = partial(forms.SafeguardsForm, states=states)
    return _form(
        request,
        form(request.POST) if request.method == "POST" else form(initial=initial),
        f"programme.safeguard:{pk}",
        lambda data: services.record_safeguards(actor=request.actor, programme=row, **forms.safeguards_of(data)),
        _("Are the people who will work there safe if it fails?"),
        row.name,
    )


@staff
def launch(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The social enterprise begins."""
    row = selectors.programme_of(request.actor, pk, "programme.launch")
    links = [{"text": _("Safeguards"), "href": reverse("casework:programme_safeguards", args=[row.pk])}]
    return _form(
        request,
        DayForm(request.POST or None),
        f"programme.launch:{pk}",
        lambda data: services.launch(actor=request.actor, programme=row, on=data["on"]),
        _("On which day does the enterprise begin?"),
        row.name,
        links=links,
    )


def _form(
    request: StaffRequest,
    form: django_forms.Form,
    act: str,
    does: Callable[[Mapping[str, Any]], object],
    title: str,
    lead: str,
    **more: Any,
) -> HttpResponse:
    back = reverse("casework:programmes")

    def run(data: Mapping[str, Any]) -> str:
        does(data)
        return back

    context = {"title": title, "lead": lead, "cancel": back, **more}
    return form_page(request, template="casework/shelter/form.html", form=form, act=act, run=run, context=context)

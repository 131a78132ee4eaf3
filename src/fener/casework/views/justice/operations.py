"""The register of operations: the list, one with what is missing, and a form for each part."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from fener.casework.chapters.children.drawing import day, label
from fener.casework.forms.justice import operations as f
from fener.casework.models.justice.operation import Operation
from fener.casework.selectors.justice import operations as selectors
from fener.casework.services.justice import operations as services
from fener.casework.views.common import case_for
from fener.norms.path.checklists import checklist
from fener.trust import policy
from fener.trust.decorators import StaffRequest, staff
from fener.trust.errors import Refused
from fener.trust.policy import Relationship
from fener.trust.submitting import form_page

ON_A_PAGE = 50
ACT = "operation.record"
Data = Mapping[str, Any]


@dataclass(frozen=True)
class Part:
    """One form of the record. ``run`` takes the request, the operation and the data."""

    title: Any
    form: type[forms.Form]
    run: Callable[[StaffRequest, Operation, Data], object]


def _people(request: StaffRequest, one: Operation, data: Data) -> object:
    counts = {name.removeprefix("outcome_"): number or 0 for name, number in data.items()}
    return services.account_for(actor=request.actor, operation=one, outcomes=counts)


def _case(request: StaffRequest, one: Operation, data: Data) -> object:
    case = case_for(request, data["code"].strip().upper(), "operation.meet")
    return services.add_case(actor=request.actor, operation=one, case=case, outcome=data["outcome"])


PARTS: dict[str, Part] = {
    "numbers": Part(
        gettext_lazy("Premises, people, and whether it was there before"),
        f.NumbersForm,
        lambda r, one, data: services.set_numbers(actor=r.actor, operation=one, **data),
    ),
    "people": Part(gettext_lazy("What became of those who were met?"), f.PeopleForm, _people),
    "case": Part(gettext_lazy("Somebody who was met has a case here"), f.MetCaseForm, _case),
    "rights": Part(
        gettext_lazy("Rights in the operation"),
        f.RightsForm,
        lambda r, one, data: services.answer_rights(actor=r.actor, operation=one, answers=data),
    ),
    "evaluation": Part(
        gettext_lazy("Evaluation"),
        f.LessonsForm,
        lambda r, one, data: services.evaluate(actor=r.actor, operation=one, lessons=data["lessons"]),
    ),
    "close": Part(
        gettext_lazy("Close the record"),
        f.ClosingForm,
        lambda r, one, data: services.close(actor=r.actor, operation=one, **data),
    ),
}


@staff
@require_GET
def register(request: StaffRequest) -> HttpResponse:
    """Every operation that one may read, with its yield."""
    asked = f.OperationKindForm(request.GET)
    kind = asked.cleaned_data["kind"] if asked.is_valid() else ""
    page = Paginator(selectors.operations(request.actor, kind=kind), ON_A_PAGE).get_page(request.GET.get("page"))
    names = ("what", "on", "body", "checked", "met", "state")
    words = (_("What"), _("Day"), _("Body"), _("People checked"), _("People met"), _("State"))
    table = {
        "caption": _("Operations"),
        "caption_hidden": True,
        "columns": [{"key": key, "label": text} for key, text in zip(names, words, strict=True)],
        "rows": [{"cells": _cells(one)} for one in page],
        "filters": asked,
        "page": page,
        "sort": "",
        "empty": _("No operation is recorded. Whoever takes part in one records it here, on the same day."),
    }
    return render(request, "casework/justice/operations.html", {"table": table, "writes": _writes(request)})


def _cells(one: Operation) -> dict[str, Any]:
    return {
        "what": {"text": label("operation_kind", one.kind), "href": reverse("casework:operation", args=[one.pk])},
        "on": day(one.on),
        "body": one.organisation.short_name,
        "checked": "–" if one.checked is None else one.checked,
        "met": "–" if one.met is None else one.met,
        "state": {"tag": _("closed"), "kind": "done"} if one.closed_on else {"tag": _("open"), "kind": "soon"},
    }


@staff
@require_GET
def one(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One operation: what is recorded, and what is missing before it can be closed."""
    found = selectors.operation_of(request.actor, pk)
    writes = _writes(request) and found.organisation_id == request.actor.keeper_id and found.closed_on is None
    known, listed = checklist(services.RIGHTS), services.tally(found)
    context = {
        "one": found,
        "title": _("%(what)s, %(day)s") % {"what": label("operation_kind", found.kind), "day": day(found.on)},
        "gate": None if found.closed_on else services.check(found),
        "missing": services.missing_people(found),
        "numbers": _numbers(found),
        "people": [{"key": label(services.OUTCOMES, code), "value": count} for code, count in sorted(listed.items())],
        "codes": selectors.codes_met(request.actor, found) if writes else [],
        "rights": [
            {"key": _(item.text), "value": label(known.states, found.rights[item.code])}
            for item in known.items
            if item.code in found.rights
        ],
        "lessons": [label(services.LESSONS, code) for code in found.lessons],
        "parts": [
            {"text": part.title, "href": reverse("casework:operation_part", args=[found.pk, code])}
            for code, part in PARTS.items()
        ]
        if writes
        else [],
    }
    return render(request, "casework/justice/operation.html", context)


def _numbers(found: Operation) -> list[dict[str, Any]]:
    amount = selectors.yield_of(found)
    if amount is None:
        return []
    rows: list[dict[str, Any]] = [
        {"key": _("Premises checked"), "value": amount.premises},
        {"key": _("People checked"), "value": amount.checked},
        {"key": _("People met"), "value": found.met},
        {"key": _("Identified, referred or with child protection"), "value": amount.found},
        {"key": _("For each premises checked"), "value": _share(amount.by_premises)},
        {"key": _("For each person checked"), "value": _share(amount.by_person)},
        {"key": _("Checked before"), "value": found.get_before_display()},
    ]
    return [*rows, {"key": _("How often before"), "value": found.times_before}] if found.times_before else rows


def _share(value: Any) -> str:
    return "–" if value is None else f"{float(value):.2f}"


@staff
def new(request: StaffRequest) -> HttpResponse:
    """An operation took place."""
    policy.require(request.actor, ACT, Relationship.SAME_ORGANISATION)

    def run(data: Data) -> str:
        made = services.begin(actor=request.actor, **data)
        return reverse("casework:operation", args=[made.pk])

    lead = _("No name and no address stands here: numbers, and the code of a case where there is one.")
    context = {"title": _("Which operation took place?"), "lead": lead, "cancel": reverse("casework:operations")}
    form = f.OperationForm(request.POST or None)
    return form_page(request, template="casework/shelter/form.html", form=form, act=ACT, run=run, context=context)


@staff
def part(request: StaffRequest, pk: UUID, section: str) -> HttpResponse:
    """One part of the record."""
    found, wanted = selectors.operation_of(request.actor, pk), PARTS.get(section)
    if wanted is None or not _writes(request) or found.organisation_id != request.actor.keeper_id:
        raise Refused(act=ACT)
    back = reverse("casework:operation", args=[found.pk])

    def run(data: Data) -> str:
        wanted.run(request, found, data)
        return back

    lead = _("The record is closed only when everybody who was met is accounted for.")
    context = {"title": wanted.title, "lead": lead, "cancel": back}
    form = wanted.form(request.POST or None)
    act = f"{ACT}:{section}:{pk}"
    return form_page(request, template="casework/shelter/form.html", form=form, act=act, run=run, context=context)


def _writes(request: StaffRequest) -> bool:
    return policy.decide(request.actor, ACT, Relationship.SAME_ORGANISATION).allowed

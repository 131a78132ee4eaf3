"""Who wanted to enter a house, and what it answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fener.casework.chapters.children.drawing import label
from fener.casework.forms.shelter.access_requests import AccessAnswerForm, AccessFilterForm, AccessForm
from fener.casework.models.shelter.access_request import ShelterAccessRequest
from fener.casework.models.shelter.house import Shelter
from fener.casework.selectors.shelter import access_requests as selectors
from fener.casework.selectors.shelter.houses import house_of
from fener.casework.services.shelter import access_requests as services
from fener.trust import policy
from fener.trust.decorators import StaffRequest, staff
from fener.trust.policy import Relationship
from fener.trust.submitting import form_page

ON_A_PAGE = 50


@staff
@require_GET
def listing(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Everybody who wanted to enter this house."""
    house = house_of(request.actor, pk, "house_access.list")
    asked = AccessFilterForm(request.GET)
    chosen = asked.cleaned_data if asked.is_valid() else {}
    rows = selectors.access_requests(request.actor, house, **chosen)
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    answers = policy.decide(request.actor, "house_access.answer", Relationship.SAME_ORGANISATION).allowed
    names = ("asked", "by", "purpose", "basis", "answer", "came_in")
    words = (_("Asked"), _("Who"), _("What for"), _("What they showed"), _("Answer"), _("Came in"))
    table = {
        "caption": _("Wishes to enter"),
        "caption_hidden": True,
        "columns": [{"key": key, "label": text} for key, text in zip(names, words, strict=True)],
        "rows": [{"cells": _cells(row, answers=answers)} for row in page],
        "filters": asked,
        "page": page,
        "sort": "",
        "empty": _("Nobody is recorded as wanting to enter. When somebody asks, record it here, and then the answer."),
    }
    return render(request, "casework/shelter/access.html", {"table": table, "house": house, "title": _title(house)})


def _cells(row: ShelterAccessRequest, *, answers: bool) -> dict[str, Any]:
    late = not row.answer and row.answer_due < timezone.now()
    asked: Any = _moment(row.asked_at)
    if not row.answer and answers:
        asked = {"text": asked, "href": reverse("casework:shelter_access_answer", args=[row.pk])}
    waits = _("not answered; was due %(when)s") if late else _("not answered; due %(when)s")
    return {
        "asked": asked,
        "by": label("access_requester", row.by),
        "purpose": label("access_purpose", row.purpose),
        "basis": label("access_basis", row.basis),
        "answer": _answered(row) if row.answer else waits % {"when": _moment(row.answer_due)},
        "came_in": "" if row.came_in is None else _("yes") if row.came_in else _("no"),
    }


def _answered(row: ShelterAccessRequest) -> dict[str, str]:
    by = row.answered_by.get_full_name() if row.answered_by else ""
    return {"text": label("access_answer", row.answer), "sub": f"{by}, {_moment(row.answered_at)}"}


def _moment(value: Any) -> str:
    return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")


@staff
def new(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Somebody wants to enter."""
    house = house_of(request.actor, pk, "house_access.record")
    form = partial(AccessForm, residents=selectors.residents(request.actor, house))
    return _form(
        request,
        form(request.POST) if request.method == "POST" else form(initial={"asked_at": timezone.now()}),
        f"house_access.record:{pk}",
        lambda data: services.record_access(
            actor=request.actor, shelter=house, terms=services.AccessTerms(**data)
        ),
        house,
        _("Nobody enters by right. Until it is answered nobody comes in."),
    )  # fmt: skip


@staff
def answer(request: StaffRequest, pk: UUID) -> HttpResponse:
    """What the house answered."""
    row = selectors.access_request_of(request.actor, pk, "house_access.answer")
    form = AccessAnswerForm(request.POST) if request.method == "POST" else AccessAnswerForm(
        initial={"at": timezone.now()}
    )  # fmt: skip
    return _form(
        request,
        form,
        f"house_access.answer:{pk}",
        lambda data: services.answer_access(
            actor=request.actor, request=row, **{**data, "came_in": data["came_in"] == "yes"}
        ),
        row.shelter,
        _("%(who)s: %(purpose)s. They showed: %(basis)s.")
        % {
            "who": label("access_requester", row.by),
            "purpose": label("access_purpose", row.purpose),
            "basis": label("access_basis", row.basis),
        },
    )


def _title(house: Shelter) -> str:
    return _("Who wants to enter: %(house)s") % {"house": house.service.name}


def _form(
    request: StaffRequest,
    form: forms.Form,
    act: str,
    does: Callable[[Mapping[str, Any]], object],
    house: Shelter,
    lead: str,
) -> HttpResponse:
    back = reverse("casework:shelter_access", args=[house.pk])

    def run(data: Mapping[str, Any]) -> str:
        does(data)
        return back

    context = {"title": _title(house), "lead": lead, "cancel": back}
    return form_page(request, template="casework/shelter/form.html", form=form, act=act, run=run, context=context)

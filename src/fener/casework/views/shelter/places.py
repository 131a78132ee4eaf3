"""Free places: the search, asking for one, and the house's answer."""

from __future__ import annotations

from collections.abc import Mapping
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

from fener.casework.chapters.children.drawing import label, labels
from fener.casework.forms.shelter.places import PlaceAnswerForm, PlaceForm, PlaceStateForm, VacancyForm
from fener.casework.models import Case
from fener.casework.models.shelter.place import PlaceRequest
from fener.casework.selectors.shelter import places as selectors
from fener.casework.services.shelter import places as services
from fener.casework.views.children.common import enter
from fener.casework.views.common import case_for
from fener.trust.decorators import StaffRequest, staff
from fener.trust.submitting import form_page

ON_A_PAGE = 50


@staff
@require_GET
def search(request: StaffRequest) -> HttpResponse:
    """Houses with a free place."""
    return _searched(request, None)


@staff
@require_GET
def for_case(request: StaffRequest, code: str) -> HttpResponse:
    """Houses with a free place, to ask one of them for somebody."""
    return _searched(request, case_for(request, code, "place_request.ask"))


def _searched(request: StaffRequest, case: Case | None) -> HttpResponse:
    asked = VacancyForm(request.GET)
    found = selectors.vacancies(request.actor, asked.cleaned_data if asked.is_valid() else {})
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    names = ("kind", "region", "free", "who", "children", "languages")
    words = (_("Kind of shelter"), _("Region"), _("Free places"), _("Takes"), _("With children"), _("Languages"))
    table = {
        "caption": _("Free places"),
        "caption_hidden": True,
        "columns": [{"key": key, "label": text} for key, text in zip(names, words, strict=True)],
        "rows": [{"cells": _cells(row, case)} for row in page],
        "filters": asked,
        "page": page,
        "sort": "",
        "empty": _("No house with a free place fits. Ask for less, or call the co-ordinator."),
    }
    return render(request, "casework/shelter/vacancies.html", {"table": table, "case": case})


def _cells(row: selectors.Vacancy, case: Case | None) -> dict[str, Any]:
    kind: Any = label("shelter_kind", row.kind)
    if case is not None:
        kind = {"text": kind, "href": reverse("casework:place_ask", args=[case.code, row.pk])}
    ages = _ages(row)
    return {
        "kind": kind,
        "region": row.region or "—",
        "free": _("not counted") if row.free is None else row.free,
        "who": {"text": labels("gender", row.genders) if row.genders else _("everybody"), "sub": ages},
        "children": {"text": _("yes") if row.children else _("no"), "sub": _("without steps") if row.step_free else ""},
        "languages": labels("languages", row.languages),
    }


def _ages(row: selectors.Vacancy) -> str:
    if row.min_age is not None and row.max_age is not None:
        return _("from %(least)s to %(most)s years") % {"least": row.min_age, "most": row.max_age}
    if row.min_age is not None:
        return _("from %(least)s years on") % {"least": row.min_age}
    return _("until %(most)s years") % {"most": row.max_age} if row.max_age is not None else ""


@staff
def ask(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """Ask one house for a place."""
    act = "place_request.ask"
    case = case_for(request, code, act)
    house = selectors.house_to_ask(request.actor, pk)
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.ask_place(
            actor=request.actor, case=case, shelter=house, terms=services.PlaceTerms(**data)
        ),
        form=PlaceForm,
        act=act,
        about=house.pk,
        title=_("Ask for a place: %(kind)s") % {"kind": label("shelter_kind", house.kind)},
        lead=_("The house learns what you choose here and which body asks. Nobody is named, and you learn no address."),
    )


@staff
def withdraw(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """The place is not needed any more."""
    act = "place_request.withdraw"
    case = case_for(request, code, act)
    row = selectors.sought_of(case, pk, act)
    return enter(
        request,
        case,
        services.RECORD,
        lambda _data: services.withdraw_place(actor=request.actor, sought=row),
        form=forms.Form,
        act=act,
        about=row.pk,
        title=_("The place is not needed any more"),
        lead=_("It is free for somebody else at once."),
    )


@staff
@require_GET
def requests(request: StaffRequest) -> HttpResponse:
    """Requests to the own body's houses."""
    asked = PlaceStateForm(request.GET)
    rows = selectors.place_requests(request.actor, state=asked.cleaned_data["state"] if asked.is_valid() else "")
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    names = ("asked", "house", "body", "who", "state")
    words = (_("Asked"), _("Shelter"), _("Who asks"), _("For whom"), _("State"))
    table = {
        "caption": _("Requests for a place"),
        "caption_hidden": True,
        "columns": [{"key": key, "label": text} for key, text in zip(names, words, strict=True)],
        "rows": [{"cells": _request_cells(row)} for row in page],
        "filters": asked,
        "page": page,
        "sort": "",
        "empty": _("Nobody asks for a place now. A request of another body stands here until it is answered."),
    }
    return render(request, "casework/shelter/places.html", {"table": table})


def _request_cells(row: PlaceRequest) -> dict[str, Any]:
    asked: Any = _moment(row.asked_at)
    if row.state == PlaceRequest.State.ASKED:
        asked = {"text": asked, "href": reverse("casework:place_answer", args=[row.pk])}
    return {
        "asked": asked,
        "house": row.shelter.service.name,
        "body": row.asked_by.short_name,
        "who": _whom(row),
        "state": _state(row),
    }


def _whom(row: PlaceRequest) -> str:
    parts = [label("gender", row.gender), label("age_band", row.age_band)]
    if row.children:
        parts.append(_("children: %(count)s") % {"count": row.children})
    if row.step_free:
        parts.append(_("without steps"))
    return ", ".join([*parts, label("languages", row.language)] if row.language else parts)


def _state(row: PlaceRequest) -> str:
    if row.state == PlaceRequest.State.ASKED:
        late = row.answer_due < timezone.now()
        text = _("not answered; was due %(when)s") if late else _("not answered; due %(when)s")
        return text % {"when": _moment(row.answer_due)}
    if row.state == PlaceRequest.State.ACCEPTED and row.held_until is not None:
        over = row.held_until <= timezone.now()
        text = _("was held until %(when)s") if over else _("held until %(when)s")
        return text % {"when": _moment(row.held_until)}
    return str(row.get_state_display())


def _moment(value: Any) -> str:
    return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")


@staff
def answer(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The answer of the house."""
    row = selectors.place_request_of(request.actor, pk, "house_place.answer")
    back = reverse("casework:place_requests")

    def run(data: Mapping[str, Any]) -> str:
        if data["answer"] == "accept":
            services.accept_place(actor=request.actor, request=row, address=data["address"])
        else:
            services.decline_place(actor=request.actor, request=row, reason=data["reason"])
        return back

    context = {
        "title": _("A place in %(house)s") % {"house": row.shelter.service.name},
        "lead": _("%(body)s asks. For whom: %(who)s.") % {"body": row.asked_by.short_name, "who": _whom(row)},
        "cancel": back,
    }
    form = PlaceAnswerForm(request.POST or None)
    return form_page(
        request, template="casework/shelter/form.html", form=form, act=f"house_place.answer:{pk}", run=run,
        context=context,
    )  # fmt: skip

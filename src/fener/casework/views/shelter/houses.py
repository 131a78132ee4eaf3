"""The register of shelters: the list, a house, a night's count, a refusal."""

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

from fener.casework.chapters.children.drawing import day, label
from fener.casework.forms.shelter.houses import HouseForm, HouseRefusalForm, KindForm, NightForm
from fener.casework.models.shelter.house import Shelter
from fener.casework.selectors.shelter import houses as selectors
from fener.casework.services.shelter import houses as services
from fener.trust import policy
from fener.trust.decorators import StaffRequest, staff
from fener.trust.policy import Relationship
from fener.trust.submitting import form_page

ON_A_PAGE = 50


@staff
@require_GET
def register(request: StaffRequest) -> HttpResponse:
    """All houses that one may read of, with capacity and the last count."""
    asked = KindForm(request.GET)
    kind = asked.cleaned_data["kind"] if asked.is_valid() else ""
    page = Paginator(selectors.houses(request.actor, kind=kind), ON_A_PAGE).get_page(request.GET.get("page"))
    writes = policy.decide(request.actor, "shelter.save", Relationship.SAME_ORGANISATION).allowed
    names = ("body", "house", "kind", "funder", "procurement", "places", "cost", "refused")
    words = (
        _("Operator"), _("Shelter"), _("Kind of shelter"), _("Who pays"), _("Operator chosen by"),
        _("Occupied, last count"), _("Cost per night"), _("Refusals"),
    )  # fmt: skip
    table = {
        "caption": _("Shelters"),
        "caption_hidden": True,
        "columns": [{"key": key, "label": text} for key, text in zip(names, words, strict=True)],
        "rows": [{"cells": _cells(row, own=row.organisation_id == request.actor.keeper_id)} for row in page],
        "filters": asked,
        "page": page,
        "sort": "",
        "empty": _("No shelter is entered yet. A house's own body enters it here, from its services."),
    }
    return render(request, "casework/shelter/register.html", {"table": table, "writes": writes})


def _cells(row: Any, *, own: bool) -> dict[str, Any]:
    places = row.service.capacity
    taken = "—" if row.residents is None else str(row.residents)
    house = {"text": row.service.name, "href": reverse("casework:shelter_night", args=[row.pk])}
    return {
        "body": row.organisation.short_name,
        "house": house if own else row.service.name,
        "kind": label("shelter_kind", row.kind),
        "funder": label("funder_kind", row.funder),
        "procurement": label("procurement_kind", row.procurement),
        "places": {
            "text": _("%(taken)s of %(places)s") % {"taken": taken, "places": "—" if places is None else places},
            "sub": _("%(count)s not meant for it, %(day)s") % {"count": row.ineligible, "day": day(row.last_on)}
            if row.last_on
            else "",
        },
        "cost": f"{row.cost_per_night} {row.currency}" if row.cost_per_night is not None else "",
        "refused": row.refused,
    }


@staff
def edit(request: StaffRequest) -> HttpResponse:
    """Enter a house: a service that does not stand in the register yet."""
    policy.require(request.actor, "shelter.save", Relationship.SAME_ORGANISATION)
    form = HouseForm(request.POST or None, services=selectors.services_to_enter(request.actor))
    return _saved(request, form, "shelter.save", _("A shelter in the register"))


@staff
def change(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Change what is said of a house: the form begins with what stands there."""
    house = selectors.house_of(request.actor, pk, "shelter.save")
    form = HouseForm(request.POST or None, initial=selectors.terms_of(house), services=selectors.service_of(house))
    return _saved(request, form, f"shelter.save:{pk}", _title(house))


def _saved(request: StaffRequest, form: forms.Form, act: str, title: str) -> HttpResponse:
    def save(data: Mapping[str, Any]) -> object:
        given = dict(data)
        service = given.pop("service")
        return services.save_house(actor=request.actor, service=service, terms=services.HouseTerms(**given))

    lead = _("Places and whom it takes stand in the directory of services. No address is written here.")
    return _form(request, form, act, save, title, lead)


@staff
def night(request: StaffRequest, pk: UUID) -> HttpResponse:
    """A night's count."""
    house = selectors.house_of(request.actor, pk, "shelter_night.record")

    def act(data: Mapping[str, Any]) -> object:
        given = {**data, "ineligible": data["ineligible"] or 0}
        return services.record_night(actor=request.actor, shelter=house, **given)

    links = [
        {"text": text, "href": reverse(f"casework:{name}", args=[house.pk])}
        for name, text in (
            ("shelter_refusal", _("Record a refusal")),
            ("shelter_access", _("Who wants to enter")),
            ("shelter_change", _("Change what is said of this shelter")),
        )
    ]
    lead = _("Numbers only. A count of the same night replaces the earlier one.")
    form = NightForm(request.POST or None)
    return _form(request, form, f"shelter_night.record:{pk}", act, _title(house), lead, links=links)


@staff
def refusal(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The house refused somebody."""
    house = selectors.house_of(request.actor, pk, "shelter_refusal.record")
    form = HouseRefusalForm(request.POST or None)
    return _form(
        request,
        form,
        f"shelter_refusal.record:{pk}",
        lambda data: services.record_refusal(actor=request.actor, shelter=house, **data),
        _title(house),
        _("The day and the reason. Nothing about the person."),
    )


def _title(house: Shelter) -> str:
    return str(house.service.name)


def _form(
    request: StaffRequest,
    form: forms.Form,
    act: str,
    does: Callable[[Mapping[str, Any]], object],
    title: str,
    lead: str,
    **more: Any,
) -> HttpResponse:
    back = reverse("casework:shelters")

    def run(data: Mapping[str, Any]) -> str:
        does(data)
        return back

    context = {"title": title, "lead": lead, "cancel": back, **more}
    return form_page(request, template="casework/shelter/form.html", form=form, act=act, run=run, context=context)

"""The service directory: looking for a service, one service in words, what is missing, and the list for everybody."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fener.network import access
from fener.network.forms.directory import DirectoryFilterForm, EntryForm, PlacesForm
from fener.network.models import Service
from fener.network.selectors import directory as selectors
from fener.network.services.directory import describe_service, entry_of, say_free_places
from fener.network.views import directory_shown as shown
from fener.network.views.common import network_form
from fener.norms.services_catalogue import catalogue
from fener.trust.decorators import StaffRequest, staff
from fener.trust.submitting import form_page


@staff
@require_GET
def directory(request: StaffRequest) -> HttpResponse:
    """Services by what is needed, where, in which language, and whether somebody is there now."""
    form, now = DirectoryFilterForm(request.GET or None), timezone.now()
    asked = form.asked() if form.is_bound else {}
    found = selectors.directory(request.actor, asked, at=now)
    context = {
        "table": shown.directory_table(found, form, now),
        "count": len(found),
        "gaps": access.may(request.actor, "directory_gap.list", request.actor.keeper_id),
        "now": now,
    }
    return render(request, "network/directory.html", context)


@staff
@require_GET
def service(request: StaffRequest, pk: int) -> HttpResponse:
    """One service in words."""
    now, today = timezone.now(), timezone.localdate()
    one = selectors.service(request.actor, pk)
    body = one.service.organisation_id
    context = {
        "one": one,
        "rows": shown.service_rows(one, now),
        "findings": shown.findings(one, today),
        "may_change": access.may(request.actor, "directory.change", body),
        "may_say": one.service.capacity is not None and access.may(request.actor, "directory.say_places", body),
        "now": now,
    }
    return render(request, "network/directory_service.html", context)


def _service_for(request: StaffRequest, pk: int, act: str) -> Service:
    one = selectors.service(request.actor, pk)
    access.require(request.actor, act, one.service.organisation_id)
    return one.service


def _url(service: Service) -> str:
    return reverse("network:directory_service", args=[service.pk])


@staff
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    """What a service says about itself."""
    found = _service_for(request, pk, "directory.change")
    form = EntryForm(request.POST or None, entry=entry_of(found))

    def run(data: Mapping[str, Any]) -> str:
        describe_service(
            actor=request.actor, service=found, fields=form.values(), hours=form.rows, phones=form.numbers(),
            checked=data["checked"],
        )  # fmt: skip
        return _url(found)

    context = {
        "title": _("Describe the service"),
        "eyebrow": found.name,
        "lead": _("In words that those it is for use themselves. What is not stated is unknown to them."),
        "cancel": _url(found),
    }
    act = f"directory.change:{found.pk}"
    return form_page(request, template="network/directory_edit.html", form=form, act=act, run=run, context=context)


@staff
def places(request: StaffRequest, pk: int) -> HttpResponse:
    """How many places are free now."""
    found = _service_for(request, pk, "directory.say_places")
    form = PlacesForm(request.POST or None, initial={"free": entry_of(found).free_now})

    def run(data: Mapping[str, Any]) -> str:
        say_free_places(actor=request.actor, service=found, free=data["free"])
        return _url(found)

    return network_form(
        request,
        form=form,
        act=f"directory.say_places:{found.pk}",
        run=run,
        title=_("Free places"),
        eyebrow=found.name,
        cancel=_url(found),
    )


@staff
@require_GET
def gaps(request: StaffRequest) -> HttpResponse:
    """Services that those they are for cannot know of, and conditions on which help may not hang (rule AS-12)."""
    today = timezone.localdate()
    found = selectors.with_findings(request.actor, today=today)
    table = shown.findings_table(found, today, request.actor)
    return render(request, "network/directory_gaps.html", {"table": table, "count": len(found)})


@require_GET
def public(request: HttpRequest) -> HttpResponse:
    """The list for everybody, to read or to print: no account, no concealed service, nothing about who looks."""
    now = timezone.now()
    groups = []
    known = catalogue()

    def group_of(one: selectors.Found) -> str:
        return known.get(one.service.kind).group if one.service.kind in known.codes() else ""

    order = list(known.groups)
    found = sorted(selectors.public(), key=lambda one: order.index(group_of(one)) if group_of(one) else -1)
    for group, ones in groupby(found, key=group_of):
        services = [
            {"one": one, "rows": [row for row in shown.service_rows(one, None) if row["key"] not in _inside()]}
            for one in ones
        ]
        groups.append({"title": _(known.groups[group]) if group else "", "services": services})
    return render(request, "network/directory_public.html", {"groups": groups, "now": now})


def _inside() -> set[str]:
    """What is for colleagues alone."""
    return {_("Contact for colleagues"), _("Children come along")}

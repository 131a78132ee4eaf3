"""What the pages of the map share: the way between them, findings in words, one way to show a form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.network import access, selectors
from fener.network.models import Area, Organisation
from fener.network.selectors import coverage as coverage_selectors
from fener.network.views.common import network_form
from fener.trust.decorators import StaffRequest

PAGES = (
    ("network:map", gettext_lazy("Overview")),
    ("network:duties", gettext_lazy("Duties")),
    ("network:agreements", gettext_lazy("Agreements")),
    ("network:coordination", gettext_lazy("Co-ordination")),
    ("network:contacts", gettext_lazy("Contact points")),
    ("network:coverage", gettext_lazy("Coverage")),
    ("network:gaps", gettext_lazy("Services and gaps")),
    ("network:partners", gettext_lazy("Partners and the state")),
    ("network:successions", gettext_lazy("Bodies that ended")),
)


def finding(text: str, *, kind: str = "overdue", href: str = "", why: Any = None, **words: str) -> dict[str, Any]:
    """One thing that is wrong or missing, in a sentence. ``tag``: the sign's word; ``todo``: what to do about it."""
    tags = {"overdue": _("Gap"), "soon": _("Look at it"), "refused": _("No effect")}
    shown = {"text": text, "kind": kind, "tag": words.get("tag") or tags.get(kind, ""), "href": href, "why": why}
    return {**shown, "todo": words.get("todo", "")}


def page(request: StaffRequest, template: str, context: Mapping[str, Any], *, here: str) -> HttpResponse:
    """A page of the map. ``here``: its route, for the way between the pages."""
    pages = [{"text": words, "href": reverse(route), "current": route == here} for route, words in PAGES]
    return render(request, f"network/map/{template}.html", {"pages": pages, **context})


def may(request: StaffRequest, act: str, organisation_id: UUID | None = None) -> bool:
    """Whether the page shows the button."""
    return access.may(request.actor, act, organisation_id)


def lists(request: StaffRequest) -> dict[str, Any]:
    """The bodies and areas that a form offers."""
    areas: Iterable[Area] = coverage_selectors.areas(request.actor)
    return {"organisations": selectors.organisations(request.actor), "areas": areas}


def map_form(
    request: StaffRequest,
    *,
    form: forms.Form,
    act: str,
    run: Callable[[Mapping[str, Any]], Any],
    title: str,
    back: str,
    organisation: Organisation | UUID | None = None,
    lead: str = "",
    submit: str = "",
    danger: bool = False,
    notes: tuple[Mapping[str, str], ...] = (),
    eyebrow: str = "",
) -> HttpResponse:
    """One form for somebody who may do ``act``, then back. Raises Refused before anything is shown."""
    access.require(request.actor, act, organisation.pk if isinstance(organisation, Organisation) else organisation)

    def go(data: Mapping[str, Any]) -> str:
        run(data)
        return back

    return network_form(
        request, form=form, act=act, run=go, title=title, cancel=back, lead=lead, submit=submit, danger=danger,
        notes=notes, eyebrow=eyebrow,
    )  # fmt: skip


def table(caption: str, columns: Iterable[tuple[str, str]], rows: Iterable[Mapping[str, Any]], empty: str) -> Any:
    """A table of the design system with a heading of its own above it."""
    return {
        "caption": caption,
        "caption_hidden": True,
        "columns": [{"key": key, "label": label} for key, label in columns],
        "rows": [{"cells": dict(cells)} for cells in rows],
        "empty": empty,
    }


def period(since: Any, until: Any) -> Any:
    """From when until when, in a cell."""
    return since if until is None else [since, {"text": _("until"), "sub": ""}, until]

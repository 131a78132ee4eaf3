"""Broken glass: opened in danger to life by whoever is there, reviewed by the custodians afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fener.casework.domain.codes import alias_label
from fener.casework.forms.protection import CodeForm, GlassForm, ReviewForm
from fener.casework.models import GlassBreak
from fener.casework.services.protection import break_glass
from fener.casework.views import shown
from fener.casework.views.protection.words import part_label
from fener.norms.fields import compartment_fields
from fener.trust import policy
from fener.trust.custody import custodians
from fener.trust.decorators import StaffRequest, staff
from fener.trust.errors import InvalidInput, Refused
from fener.trust.policy import Relationship
from fener.trust.submitting import form_page

OPEN_FOR = 300  # seconds after which an opened page closes by itself


@staff
def start(request: StaffRequest) -> HttpResponse:
    """Danger to life: which case? For those who have no list of cases as well."""
    policy.require(request.actor, "glass.start", Relationship.OWN)

    def run(data: Mapping[str, Any]) -> str:
        try:
            case = break_glass.case_by_code(request.actor, data["code"])
        except Refused:
            raise InvalidInput({"code": _("There is no such case that you could open.")}) from None
        return reverse("casework:glass", args=[case.code])

    return form_page(
        request,
        template="casework/form.html",
        form=CodeForm(request.POST or None),
        act="glass.start",
        run=run,
        context={
            "title": _("Danger to life"),
            "lead": _("Call for help first. If you need to know something from a file to save a life, go on here."),
            "submit": _("Go on"),
            "cancel": reverse("web:today"),
        },
    )


@staff
def break_it(request: StaffRequest, code: str) -> HttpResponse:
    """One part, for an hour. The custodians are told in the same moment."""
    case = break_glass.case_by_code(request.actor, code)
    parts = break_glass.parts_behind_glass(request.actor, case)
    form = GlassForm(request.POST or None, parts=parts)

    def run(data: Mapping[str, Any]) -> str:
        row = break_glass.break_glass(actor=request.actor, case=case, **data)
        return reverse("casework:glass_opened", args=[row.pk])

    return form_page(
        request,
        template="casework/protection/glass.html",
        form=form,
        act=f"glass.break:{case.code}",
        run=run,
        context={
            "title": _("Danger to life: open one part"),
            "case": case,
            "alias": alias_label(case.alias),
            "parts": parts,
            "submit": _("Open it; the custodians are told"),
            "danger": True,
            "cancel": reverse("web:today"),
        },
    )


@staff
def opened(request: StaffRequest, pk: UUID) -> HttpResponse:
    """While the hour lasts: by POST what is written there, like any opening; by GET only that it can be opened."""
    row = break_glass.own(request.actor, pk)
    now = timezone.now()
    shared = {
        "case": row.case,
        "alias": alias_label(row.case.alias),
        "title": part_label(row.compartment),
        "back": reverse("casework:glass_opened", args=[row.pk]),
        "now": now,
    }
    if request.method != "POST":
        return render(request, "casework/protection/glass_broken.html", {**shared, "one": row, "open": row.until > now})
    content = break_glass.open_broken(actor=request.actor, row=row)
    rows = shown.content_rows(compartment_fields(row.compartment), content)
    return render(request, "casework/opened.html", {**shared, "rows": rows, "seconds": OPEN_FOR})


@staff
@require_GET
def reviews(request: StaffRequest) -> HttpResponse:
    """What the custodians of one's body have to review, and what they found before."""
    custodians.require(request.actor, "glass.list")
    rows = break_glass.of_custodian(request.actor)
    open_ones = [row for row in rows if row.reviewed_at is None]
    table = {
        "caption": _("Broken glass"),
        "caption_hidden": True,
        "columns": [
            {"key": "at", "label": _("When")},
            {"key": "who", "label": _("Who")},
            {"key": "what", "label": _("What")},
            {"key": "danger", "label": _("Danger")},
            {"key": "state", "label": _("Review")},
        ],
        "rows": [_row(row) for row in [*open_ones, *(row for row in rows if row.reviewed_at is not None)]],
        "empty": _("No glass was broken."),
    }
    return render(request, "casework/protection/reviews.html", {"table": table, "waiting": len(open_ones)})


def _row(row: GlassBreak) -> dict[str, Any]:
    done = row.reviewed_at is not None
    return {
        "cells": {
            "at": {
                "text": date_format(timezone.localtime(row.opened_at), "SHORT_DATETIME_FORMAT"),
                "href": reverse("casework:glass_review", args=[row.pk]),
            },
            "who": row.user.full_name,
            "what": {"text": part_label(row.compartment), "sub": row.case.code},
            "danger": row.get_danger_display(),
            "state": {
                "tag": str(row.get_verdict_display()) if done else _("waits"),
                "kind": "done" if done else "overdue",
            },
        }
    }


@staff
def review(request: StaffRequest, pk: UUID) -> HttpResponse:
    """A custodian reads what was done, by whom and why, and says what follows."""
    row = next(iter(break_glass.of_custodian(request.actor, pk=pk)), None)
    if row is None:  # also for whoever is no custodian: looks absent
        raise Refused(act="glass.review")
    words = break_glass.open_words(actor=request.actor, row=row) if "read" in request.POST else None

    def run(data: Mapping[str, Any]) -> str:
        break_glass.review(actor=request.actor, row=row, **data)
        return reverse("casework:glass_reviews")

    context = {
        "title": _("Broken glass"),
        "one": row,
        "part": part_label(row.compartment),
        "mine": row.user_id == request.actor.user_id,
        "words": words,
        "submit": _("Save the review"),
        "cancel": reverse("casework:glass_reviews"),
    }
    if "read" in request.POST:
        return render(request, "casework/protection/review.html", {**context, "form": ReviewForm()})
    return form_page(
        request,
        template="casework/protection/review.html",
        form=ReviewForm(request.POST or None),
        act=f"glass.review:{pk}",
        run=run,
        context=context,
    )

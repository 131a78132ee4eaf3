"""Administration sessions: begin one, end it, and see which there were and what was done in each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from fener.network.forms.administration import BeginForm
from fener.trust import elevation, policy
from fener.trust.decorators import StaffRequest, staff
from fener.trust.models import AdministrationSession, AuditEntry
from fener.trust.policy import Relationship
from fener.trust.signing_in import attempts
from fener.trust.submitting import form_page

A_PAGE = 50


@sensitive_post_parameters("proof")
@staff
def begin(request: StaffRequest) -> HttpResponse:
    """A reason, a time, the password once more; then back to what the person was about to do."""
    policy.require(request.actor, "administration.begin", Relationship.OWN)
    target = _target(request)
    if request.actor.elevation is not None and request.method == "GET":
        return redirect(target)
    form = BeginForm(request.POST or None)
    source = attempts.source_of(request)
    if request.method == "POST" and form.is_valid():
        wait = attempts.begin(name=request.actor.username, source=source)
        if wait:
            form.add_error(None, attempts.in_words(wait))

    def run(data: Mapping[str, Any]) -> str:
        session = elevation.begin(actor=request.actor, **data)
        attempts.passed(name=request.actor.username, source=source)
        request.session[elevation.IN_SESSION] = str(session.pk)
        until = date_format(timezone.localtime(session.ends_at), "H:i")
        messages.success(request, _("You can change things until %(until)s.") % {"until": until})
        return target

    context = {"next": target, "led_here": bool(request.GET.get("next") or request.POST.get("next"))}
    return form_page(
        request, template="network/administration_begin.html", form=form, act="administration.begin", run=run,
        context=context,
    )  # fmt: skip


@require_POST
@staff
def end(request: StaffRequest) -> HttpResponse:
    """Back to having no rights but one's own work."""
    elevation.end(actor=request.actor)
    request.session.pop(elevation.IN_SESSION, None)
    messages.success(request, _("Your administration session has ended."))
    return redirect("/")


@staff
@require_GET
def sessions(request: StaffRequest) -> HttpResponse:
    """Which sessions there were: of everybody, of the own organisation, or one's own."""
    page = Paginator(elevation.sessions(request.actor), A_PAGE).get_page(request.GET.get("page"))
    may_begin = bool(policy.decide(request.actor, "administration.begin", Relationship.OWN))
    table = {
        "caption": _("Administration sessions"),
        "caption_hidden": True,
        "columns": [
            {"key": "when", "label": _("Begun")},
            {"key": "who", "label": _("Who")},
            {"key": "reason", "label": _("Reason")},
            {"key": "how_long", "label": _("Lasted")},
        ],
        "rows": [{"cells": _cells(one)} for one in page],
        "page": page,
        "empty": _("There was no administration session yet."),
    }
    return render(request, "network/administration.html", {"table": table, "may_begin": may_begin})


@staff
@require_GET
def session(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One session, with everything that was done in it."""
    found, entries = elevation.acts_of(request.actor, pk)
    page = Paginator(entries, A_PAGE).get_page(request.GET.get("page"))
    table = {
        "caption": _("What was done"),
        "columns": [
            {"key": "at", "label": _("When")},
            {"key": "act", "label": _("Act")},
            {"key": "about", "label": _("About")},
            {"key": "outcome", "label": _("Outcome")},
        ],
        "rows": [{"cells": _act(entry)} for entry in page],
        "page": page,
        "empty": _("Nothing was changed in it."),
    }
    rows = [
        {"key": _("Who"), "value": found.user.full_name},
        {"key": _("Reason"), "value": found.reason},
        {"key": _("Begun"), "value": found.begun_at},
        {"key": _("Lasted"), "value": _lasted(found)},
    ]
    return render(request, "network/administration_session.html", {"rows": rows, "table": table})


def _target(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if safe else reverse("network:administration")


def _cells(one: AdministrationSession) -> dict[str, Any]:
    body = getattr(one.keeper, "organisation", None)
    return {
        "when": {
            "text": date_format(timezone.localtime(one.begun_at), "SHORT_DATETIME_FORMAT"),
            "href": reverse("network:administration_session", args=[one.pk]),
        },
        "who": {"text": one.user.full_name, "sub": body.short_name if body else ""},
        "reason": one.reason,
        "how_long": _lasted(one),
    }


def _lasted(one: AdministrationSession) -> dict[str, Any] | str:
    until = one.ended_at or one.ends_at
    if until > timezone.now():
        return {"tag": _("runs now"), "kind": "soon"}
    minutes = max(1, round((until - one.begun_at).total_seconds() / 60))
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}


def _act(entry: AuditEntry) -> dict[str, Any]:
    refused = entry.outcome == "refused"
    return {
        "at": date_format(timezone.localtime(entry.at), "SHORT_DATETIME_FORMAT"),
        "act": entry.act,
        "about": {"text": entry.subject_type, "sub": str(entry.subject_id)[:8] if entry.subject_id else ""},
        "outcome": {"tag": _("refused"), "kind": "refused"} if refused else {"tag": _("done"), "kind": "plain"},
    }

"""The desk where first contacts arrive: receive, call, open a case with the person, or close with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from fener.casework.forms.opening import OpenCaseForm
from fener.casework.models import Case
from fener.contact import selectors
from fener.contact.forms import HOW, NEED_LABELS, SETTINGS, CloseForm, ContactFields
from fener.contact.models import Intake
from fener.contact.services import intakes as services
from fener.norms.vocab import vocabulary
from fener.trust import policy
from fener.trust.consent import sentence
from fener.trust.decorators import StaffRequest, staff
from fener.trust.policy import Relationship
from fener.trust.submitting import form_page

PER_PAGE = 25
STATES = {
    Intake.State.SENT: ("soon", gettext_lazy("Not received yet")),
    Intake.State.RECEIVED: ("plain", gettext_lazy("Received")),
    Intake.State.OPENED: ("done", gettext_lazy("Case opened")),
    Intake.State.CLOSED: ("plain", gettext_lazy("Closed without a case")),
}


def _state(intake: Intake, now: Any) -> dict[str, Any]:
    kind, words = STATES[Intake.State(intake.state)]
    if intake.state == Intake.State.SENT and intake.answer_due < now:
        kind = "overdue"
    return {"tag": words, "kind": kind}


@staff
@require_GET
def intakes(request: StaffRequest) -> HttpResponse:
    """What waits at the organisation's desks."""
    now = timezone.now()
    waiting = selectors.intakes(request.actor)
    shown = request.GET.get("show", "waiting")
    if shown != "all":
        waiting = waiting.filter(state__in=[Intake.State.SENT, Intake.State.RECEIVED])
    page = Paginator(waiting, PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "cells": {
                "code": {"text": one.code, "href": reverse("contact:intake", args=[one.code])},
                "source": str(one.get_source_display()),
                "urgent": {"tag": _("Urgent"), "kind": "overdue"} if one.urgent else "—",
                "due": {"when": one.answer_due},
                "state": _state(one, now),
            }
        }
        for one in page
    ]
    table = {
        "caption": _("First contacts"),
        "caption_hidden": True,
        "columns": [
            {"key": "code", "label": _("Code")},
            {"key": "source", "label": _("Came through")},
            {"key": "urgent", "label": _("Urgency")},
            {"key": "due", "label": _("Answer due")},
            {"key": "state", "label": _("State")},
        ],
        "rows": rows,
        "page": page,
        "empty": _("Nobody waits for a call. What arrives appears here and on Today."),
    }
    return render(request, "contact/intakes.html", {"table": table, "shown": shown})


def _summary_rows(intake: Intake) -> list[dict[str, Any]]:
    """What may be shown before the person is called: codes in words."""
    told = intake.summary
    rows: list[dict[str, Any]] = [
        {"key": _("Came through"), "value": str(intake.get_source_display())},
        {"key": _("Sent by"), "value": intake.from_organisation.name if intake.from_organisation else ""},
        {"key": _("Sent"), "value": intake.sent_at},
        {"key": _("Call due"), "value": {"when": intake.answer_due}},
    ]
    if "setting" in told:
        rows.append({"key": _("Setting"), "value": str(SETTINGS.get(told["setting"], told["setting"]))})
    if told.get("child"):
        rows.append({"key": _("Age group"), "value": _("a child, or somebody who may be under 18")})
    if told.get("language"):
        rows.append({"key": _("Language"), "value": _(vocabulary("languages").label(told["language"]))})
    if told.get("signs"):
        names = vocabulary("indicator")
        rows.append({"key": _("Signs noticed"), "value": [_(names.label(s)) for s in told["signs"] if s in names]})
    given = [str(NEED_LABELS[n]) for n, a in told.get("immediate_needs", {}).items() if a in {"given", "offered"}]
    if given:
        rows.append({"key": _("Already offered"), "value": given})
    return rows


def _case_code(request: StaffRequest, intake: Intake) -> str | None:
    """The case that came of it, for whoever may see that it exists."""
    if intake.case_id is None:
        return None
    found: Case | None = Case.objects.for_actor(request.actor).filter(pk=intake.case_id).first()
    return found.code if found else None


def _page(request: StaffRequest, intake: Intake, **more: Any) -> HttpResponse:
    now = timezone.now()
    open_now = intake.state in {Intake.State.SENT, Intake.State.RECEIVED}
    context = {
        "intake": intake,
        "rows": _summary_rows(intake),
        "state": _state(intake, now),
        "open_now": open_now,
        "agreed": sentence(intake.consent) if intake.consent else "",
        "sealed_here": intake.sealed_id is not None and intake.state != Intake.State.CLOSED,
        "case_code": _case_code(request, intake),
        "may_open_case": bool(policy.decide(request.actor, "intake.open_case", Relationship.SAME_ORGANISATION)),
        "close_reason": services.CLOSE_REASONS.get(intake.close_reason, ""),
        **more,
    }
    return render(request, "contact/intake.html", context)


def _reach(told: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The opened contact as rows; what was left empty is left out."""
    labels: dict[str, Any] = {name: ContactFields.base_fields[name].label for name in ContactFields.CONTACT}
    ways = dict(HOW)
    return [
        {"key": labels[name], "value": str(ways.get(told[name], told[name])) if name == "how" else told[name]}
        for name in ContactFields.CONTACT
        if told.get(name)
    ]


@staff
@require_GET
def intake(request: StaffRequest, code: str) -> HttpResponse:
    """One first contact: what is known, what to do next."""
    return _page(request, selectors.intake(request.actor, code))


@staff
@require_POST
def receive(request: StaffRequest, code: str) -> HttpResponse:
    """Take it on: the sender sees that it was received."""
    services.receive_intake(actor=request.actor, intake=selectors.intake(request.actor, code), at=timezone.now())
    return HttpResponseRedirect(reverse("contact:intake", args=[code]))


@staff
@require_POST
def open_contact(request: StaffRequest, code: str) -> HttpResponse:
    """How to reach the person: opened on purpose, shown once, not kept by the browser."""
    found = selectors.intake(request.actor, code)
    return _page(request, found, contact=_reach(services.open_contact(actor=request.actor, intake=found)))


@staff
def close(request: StaffRequest, code: str) -> HttpResponse:
    """Close without a case, with a reason that counts."""
    found = selectors.intake(request.actor, code)
    form = CloseForm(request.POST or None)

    def run(data: Mapping[str, Any]) -> str:
        services.close_intake(actor=request.actor, intake=found, reason=data["reason"])
        return reverse("contact:intakes")

    return form_page(
        request,
        template="contact/intake_close.html",
        form=form,
        act=f"intake.close:{code}",
        run=run,
        context={"intake": found},
    )


@staff
def open_case(request: StaffRequest, code: str) -> HttpResponse:
    """Open a case with the person: what they were told, what they agree to, what is written down."""
    found = selectors.intake(request.actor, code)
    policy.require(request.actor, "intake.open_case", Relationship.SAME_ORGANISATION)
    form = OpenCaseForm(request.POST or None, initial={"language": found.summary.get("language", "")})

    def run(_data: Mapping[str, Any]) -> str:
        case = services.open_case_from_intake(actor=request.actor, intake=found, **form.terms())
        return reverse("casework:case", args=[case.code])

    return form_page(
        request,
        template="casework/case_open.html",
        form=form,
        act=f"intake.open_case:{code}",
        run=run,
        context={"back": reverse("contact:intake", args=[code]), "from_code": code},
    )

"""The place "Protected", and asking to see what a code stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fener.casework.domain.codes import alias_label
from fener.casework.forms.protection import DecideForm, OpeningForm
from fener.casework.models import Case
from fener.casework.selectors import protected_place
from fener.casework.selectors.protected_place import OwnRequest, Place
from fener.casework.services.protection import opening
from fener.casework.views.protection.words import part_label
from fener.trust import policy
from fener.trust.decorators import StaffRequest, staff
from fener.trust.policy import Relationship
from fener.trust.submitting import form_page

PLACE = "casework:protected"


@staff
@require_GET
def protected(request: StaffRequest) -> HttpResponse:
    """What is kept here under its own code, what waits for an answer, and what one asked for."""
    now = timezone.now()
    found = protected_place.place(request.actor, now)
    return render(
        request,
        "casework/protection/place.html",
        {"now": now, "waiting": _waiting(found), "cases": _cases(found.cases), "own": _own(found.own)},
    )


def _waiting(found: Place) -> list[dict[str, Any]]:
    beside = [
        {
            "text": _("%(name)s asks you to stand beside an opening: %(part)s")
            % {"name": one.asked_by.full_name, "part": part_label(one.compartment)},
            "href": reverse("casework:second_person", args=[one.pk]),
            "due": one.ask_until,
        }
        for one in found.beside
    ]
    steps = [
        {
            "text": _("%(name)s asks for your yes or no: %(what)s")
            % {"name": one.proposed_by.full_name, "what": one.get_kind_display()},
            "href": reverse("casework:protection_step", args=[one.pk]),
        }
        for one in found.steps
    ]
    asked = [
        {
            "text": _("%(name)s of %(body)s asks to see %(alias)s")
            % {
                "name": one.requested_by.full_name,
                "body": one.organisation.short_name,
                "alias": alias_label(one.case.alias) if one.case else "",
            },
            "href": reverse("casework:opening", args=[one.pk]),
            "due": one.answer_at,
        }
        for one in found.openings
    ]
    return [*beside, *steps, *asked]


def _cases(cases: Iterable[Case]) -> dict[str, Any]:
    return {
        "caption": _("Cases under protection for which you are named"),
        "caption_hidden": True,
        "columns": [
            {"key": "alias", "label": _("Alias")},
            {"key": "code", "label": _("Code")},
            {"key": "due", "label": _("Next due")},
        ],
        "rows": [
            {
                "cells": {
                    "alias": {
                        "text": alias_label(case.alias), "href": reverse("casework:case", args=[case.code]),
                    },
                    "code": case.code,
                    "due": {"when": case.next_due} if case.next_due else "",
                }
            }
            for case in cases
        ],
        "empty": _("There is none."),
    }  # fmt: skip


STATES = {"waits": "plain", "granted": "done", "ended": "plain", "not_granted": "refused"}


def _own(rows: Iterable[OwnRequest]) -> dict[str, Any]:
    words = {
        "waits": _("waits for an answer"),
        "granted": _("granted to you"),
        "ended": _("was granted; the time is over"),
        "not_granted": _("not granted"),
    }
    return {
        "caption": _("What you asked to see"),
        "caption_hidden": True,
        "columns": [
            {"key": "code", "label": _("Code")},
            {"key": "asked", "label": _("Asked")},
            {"key": "state", "label": _("Answer")},
            {"key": "more", "label": _("What it means")},
        ],
        "rows": [
            {
                "cells": {
                    "code": _code(row),
                    "asked": row.asked_at,
                    "state": {"tag": words[row.state], "kind": STATES[row.state]},
                    "more": _meaning(row),
                }
            }
            for row in rows
        ],
        "empty": _("You have asked for nothing."),
    }


def _code(row: OwnRequest) -> dict[str, str] | str:
    if row.state != "granted":
        return row.code
    return {"text": row.code, "href": reverse("casework:case", args=[row.code])}


def _meaning(row: OwnRequest) -> Any:
    if row.state == "waits":
        return {"when": row.answer_at}
    if row.state == "not_granted":
        return str(row.reason)
    return {"when": row.until} if row.until else ""


@staff
def ask(request: StaffRequest) -> HttpResponse:
    """The request is taken whatever the code stands for; when the answer comes is the same for all."""
    policy.require(request.actor, "opening.request", Relationship.OWN)

    def run(data: Mapping[str, Any]) -> str:
        opening.request_opening(actor=request.actor, **data)
        return reverse(PLACE) + "#own"

    return form_page(
        request,
        template="casework/form.html",
        form=OpeningForm(request.POST or None),
        act="opening.request",
        run=run,
        context={
            "title": _("Ask to see a protected case"),
            "lead": _(
                "Fener never says whether a code stands for something. If you are let in, you see the case under "
                "Protected. If not, you read so in two days, with a reason."
            ),
            "submit": _("Ask"),
            "cancel": reverse(PLACE),
        },
    )


@staff
def decide(request: StaffRequest, pk: UUID) -> HttpResponse:
    """A keeper's answer: two say yes, or one says no."""
    found = protected_place.opening_request(request.actor, pk, timezone.now())

    def run(data: Mapping[str, Any]) -> str:
        yes = data["answer"] == "yes"
        days = -1 if data["days"] is None else data["days"]
        terms = {"days": days} if yes else {"reason": data["reason"], "words": data["words"]}
        opening.decide(actor=request.actor, request=found, yes=yes, **terms)
        return reverse(PLACE)

    return form_page(
        request,
        template="casework/protection/opening.html",
        form=DecideForm(request.POST or None),
        act=f"opening.decide:{pk}",
        run=run,
        context={
            "title": _("Somebody asks to see this case"),
            "case": found.case,
            "alias": alias_label(found.case.alias) if found.case else "",
            "one": found,
            "yes_so_far": found.votes.filter(approves=True).count(),
            "submit": _("Answer"),
            "cancel": reverse(PLACE),
        },
    )

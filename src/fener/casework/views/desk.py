"""The desk: what waits for an answer, what was accepted and is open, and what the organisation itself sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fener.casework.domain.reasons import OUTCOMES
from fener.casework.models import Referral
from fener.casework.selectors import referrals
from fener.casework.selectors.referrals import Accepted, Waiting
from fener.casework.selectors.worklist import due_in_words
from fener.casework.services.escalation import escalate_overdue
from fener.casework.views.assistance_context import REFERRAL_TAGS
from fener.casework.views.referral_words import asked, person_in_words, urgency_tag
from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.decorators import StaffRequest, staff
from fener.trust.policy import Relationship

SENT = 100  # rows; older ones stand on the pages of their cases


@staff
@require_GET
def desk(request: StaffRequest) -> HttpResponse:
    """One page under three headings. What nobody answered in time goes on to the next desk here too."""
    now = timezone.now()
    found = referrals.desk(request.actor, now)
    if any(one.overdue for one in found.waiting):
        escalate_overdue(at=now)
        found = referrals.desk(request.actor, now)
    context = {"now": now, "waiting": _waiting(found.waiting, now), "open": _open(found.accepted, request.actor)}
    return render(request, "casework/desk.html", {**context, "sent": _sent(request.actor, now)})


def _waiting(rows: tuple[Waiting, ...], now: datetime) -> dict[str, Any]:
    return {
        "caption": _("Waiting for your answer"),
        "caption_hidden": True,
        "columns": [
            {"key": "what", "label": _("What is asked for")},
            {"key": "sender", "label": _("By whom")},
            {"key": "urgency", "label": _("How soon")},
            {"key": "due", "label": _("Answer")},
            {"key": "desk", "label": _("Desk")},
        ],
        "rows": [
            {
                "cells": {
                    "what": {
                        "text": asked(row.kind, row.service),
                        "href": reverse("casework:referral", args=[row.id]),
                        "sub": person_in_words(row.preview),
                    },
                    "sender": row.sender,
                    "urgency": urgency_tag(row.urgency),
                    "due": _due(row.due, now, late=row.overdue or bool(row.level)),
                    "desk": {"text": row.desk, "sub": _("came on: nobody answered before") if row.level else ""},
                }
            }
            for row in rows
        ],
        "empty": _("Nobody waits for an answer from you."),
    }


def _due(due: datetime, now: datetime, *, late: bool) -> dict[str, Any]:
    return {"tag": due_in_words(due, now), "kind": "overdue" if late else "soon"}


def _open(rows: tuple[Accepted, ...], actor: Actor) -> dict[str, Any]:
    # Whoever has no case (police and others who assess) does not learn its code either.
    codes = policy.decide(actor, "case.read", Relationship.REFERRED_TO).allowed
    return {
        "caption": _("Accepted, and open"),
        "caption_hidden": True,
        "columns": [
            {"key": "what", "label": _("What was asked for")},
            {"key": "sender", "label": _("By whom")},
            *([{"key": "case", "label": _("Case")}] if codes else []),
            {"key": "since", "label": _("Accepted")},
            {"key": "until", "label": _("Agreed until")},
            {"key": "outcome", "label": _("Written back")},
        ],
        "rows": [
            {
                "cells": {
                    "what": {"text": asked(row.kind, row.service), "href": reverse("casework:referral", args=[row.id])},
                    "sender": row.sender,
                    "case": row.case_code,
                    "since": timezone.localdate(row.accepted_at) if row.accepted_at else None,
                    "until": row.consent_until,
                    "outcome": str(OUTCOMES[row.outcome].label) if row.outcome in OUTCOMES else _("nothing yet"),
                }
            }
            for row in rows
        ],
        "empty": _("Nothing that you accepted is open."),
    }


def _sent(actor: Actor, now: datetime) -> dict[str, Any] | None:
    """What the own organisation sent; None for whoever sends nothing."""
    if not policy.decide(actor, "referral.list", Relationship.SAME_ORGANISATION):
        return None
    rows = referrals.sent(actor)[:SENT]
    if not rows and not policy.decide(actor, "referral.offer", Relationship.SAME_ORGANISATION):
        return None
    return {
        "caption": _("Sent by your organisation"),
        "caption_hidden": True,
        "columns": [
            {"key": "what", "label": _("What was asked for")},
            {"key": "to", "label": _("Of whom")},
            {"key": "case", "label": _("Case")},
            {"key": "state", "label": _("State")},
            {"key": "due", "label": _("Answer")},
        ],
        "rows": [{"cells": _sent_cells(row, now)} for row in rows],
        "empty": _("Your organisation has sent nothing yet. A referral begins on the page of a case."),
    }


def _sent_cells(row: Referral, now: datetime) -> dict[str, Any]:
    waits = row.state == Referral.State.OFFERED
    late = waits and (row.answer_due < now or row.escalation_level > 0)
    what = asked(row.kind, row.service.name if row.service else "")
    return {
        "what": {"text": what, "href": reverse("casework:referral", args=[row.pk])},
        "to": row.to_organisation.short_name,
        "case": row.case.code,
        "state": {"tag": row.get_state_display(), "kind": REFERRAL_TAGS.get(row.state, "plain")},
        "due": {
            **_due(row.answer_due, now, late=late),
            "sub": _("nobody answered; it went on") if row.escalation_level else "",
        }
        if waits
        else "",
    }

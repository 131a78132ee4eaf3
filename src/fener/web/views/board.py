"""The country's board: clocks, answers, overrides and the path, in codes and counts. Nothing here opens a name."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fener.casework.domain.reasons import DECLINE_REASONS
from fener.casework.selectors.agreed import duty_counts
from fener.casework.selectors.board import Board, country
from fener.contact.selectors import overdue_for_node
from fener.norms.clocks import clocks_pack
from fener.trust.compartments import Compartment
from fener.trust.decorators import StaffRequest, staff


def _clock_table(board: Board) -> dict[str, Any]:
    titles = clocks_pack().data
    rows = [
        {
            "cells": {
                "code": {"text": row.case_code, "href": reverse("casework:case", args=[row.case_code])},
                "clock": _(titles[row.clock]["title"]) if row.clock in titles else row.clock,
                "body": row.organisation,
                "due": {"when": row.due},
            }
        }
        for row in board.clocks
    ]
    return {
        "caption": _("Rights whose time has come"),
        "columns": [
            {"key": "code", "label": _("Case")},
            {"key": "clock", "label": _("What is due")},
            {"key": "body", "label": _("Kept by")},
            {"key": "due", "label": _("Due")},
        ],
        "rows": rows,
        "empty": _("No clock has run out."),
    }


def _answer_table(board: Board) -> dict[str, Any]:
    return {
        "caption": _("Referrals that wait for an answer"),
        "columns": [
            {"key": "body", "label": _("Body")},
            {"key": "waiting", "label": _("Waiting"), "number": True},
            {"key": "overdue", "label": _("Overdue"), "number": True},
            {"key": "escalated", "label": _("Went on to the next desk"), "number": True},
            {"key": "oldest", "label": _("Oldest due")},
        ],
        "rows": [
            {
                "cells": {
                    "body": row.organisation,
                    "waiting": row.waiting,
                    "overdue": row.overdue,
                    "escalated": row.escalated,
                    "oldest": {"when": row.oldest_due},
                }
            }
            for row in board.answers
        ],
        "empty": _("Every referral was answered."),
    }


def _override_table(board: Board) -> dict[str, Any]:
    return {
        "caption": _("Disclosures without consent"),
        "columns": [
            {"key": "code", "label": _("Case")},
            {"key": "who", "label": _("From, to")},
            {"key": "what", "label": _("What")},
            {"key": "basis", "label": _("Legal basis")},
            {"key": "state", "label": _("State")},
        ],
        "rows": [
            {
                "cells": {
                    "code": row.case_code,
                    "who": {"text": row.holder, "sub": f"→ {row.recipient}"},
                    "what": [str(Compartment(part).label) for part in row.compartments],
                    "basis": {"text": row.legal_basis, "sub": row.requested_at.date().isoformat()},
                    "state": {"tag": _("Two persons"), "kind": "overdue"}
                    if row.confirmed
                    else {"tag": _("Waits for a second person"), "kind": "soon"},
                }
            }
            for row in board.overrides
        ],
        "empty": _("Nothing was disclosed without consent."),
    }


def _intake_table(request: StaffRequest) -> dict[str, Any]:
    return {
        "caption": _("First contacts that nobody took on in time"),
        "columns": [
            {"key": "code", "label": _("Code")},
            {"key": "body", "label": _("Body")},
            {"key": "due", "label": _("Due")},
        ],
        "rows": [
            {"cells": {"code": row.code, "body": row.organisation.short_name, "due": {"when": row.answer_due}}}
            for row in overdue_for_node(request.actor, timezone.now())[:100]
        ],
        "empty": _("Every first contact was taken on."),
    }


def _duty_table(request: StaffRequest) -> dict[str, Any]:
    """Agreed duties with a time limit, and how they were kept: counts, no case."""
    return {
        "caption": _("Agreed duties, and whether they were kept"),
        "columns": [
            {"key": "body", "label": _("Body")},
            {"key": "what", "label": _("Duty")},
            {"key": "missed", "label": _("Not kept"), "number": True},
            {"key": "late", "label": _("Kept late"), "number": True},
            {"key": "kept", "label": _("Kept in time"), "number": True},
            {"key": "running", "label": _("Still in time"), "number": True},
        ],
        "rows": [
            {
                "cells": {
                    "body": one.duty.organisation.short_name,
                    "what": one.duty.what,
                    "missed": one.missed,
                    "late": one.late,
                    "kept": one.kept,
                    "running": one.running,
                }
            }
            for one in duty_counts(request.actor)
        ],
        "empty": _("No duty with a time limit is agreed."),
    }


def _funnel(board: Board) -> list[dict[str, Any]]:
    """Counts with the length of their bar in parts of a hundred: the numbers stand beside it."""
    most = max((stage.count for stage in board.funnel), default=0) or 1
    return [
        {"label": stage.label, "count": stage.count, "part": round(100 * stage.count / most)} for stage in board.funnel
    ]


@staff
@require_GET
def board(request: StaffRequest) -> HttpResponse:
    """The co-ordinator's page."""
    found = country(request.actor)
    reasons = [
        {
            "key": str(DECLINE_REASONS[reason].label) if reason in DECLINE_REASONS else reason,
            "value": str(count),
        }
        for reason, count in sorted(found.declines.items(), key=lambda pair: -pair[1])
    ]
    return render(
        request,
        "web/board.html",
        {
            "board": found,
            "clock_table": _clock_table(found),
            "answer_table": _answer_table(found),
            "override_table": _override_table(found),
            "intake_table": _intake_table(request),
            "duty_table": _duty_table(request),
            "funnel": _funnel(found),
            "reasons": reasons,
        },
    )

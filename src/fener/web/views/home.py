"""Today: what waits for me, by due time, each line one act; nothing else."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from fener.casework.selectors import worklist
from fener.casework.services import clocks
from fener.casework.services.escalation import escalate_overdue
from fener.network.selectors import custody
from fener.trust import policy
from fener.trust.actor import SYSTEM
from fener.trust.custody import recovery
from fener.trust.decorators import StaffRequest, staff
from fener.trust.policy import Relationship

# Where somebody without a list of tasks is at home.
AT_ONCE = 20  # periods that one look at Today ends; ``fener tick`` and the next look end the rest
DOORS = (
    ("audit.read", Relationship.NODE, "web:audit", _("See the acts")),
    ("network.organisation.create", Relationship.NODE, "network:bodies", _("See who does what")),
    ("screening.start", Relationship.OWN, "contact:screening_start", _("Begin a screening")),
    ("suspicion.raise", Relationship.OWN, "contact:suspicion", _("Raise a suspicion")),
    ("case.open", Relationship.SAME_ORGANISATION, "casework:case_open", _("Open a case")),
    ("board.read", Relationship.NODE, "web:board", _("See the country")),
)


@staff
@require_GET
def today(request: StaffRequest) -> HttpResponse:
    """The worklist. What time alone brings about (an offer that nobody answered, a period that ended) is
    carried out here too, so that a node needs no timer."""
    now = timezone.now()
    escalate_overdue(at=now)
    clocks.end_run_out(actor=SYSTEM, at=now, most=AT_ONCE)
    tasks: list[dict[str, Any]] = [
        {
            "text": task.text,
            "href": reverse(task.url_name, args=task.args),
            "code": task.case_code,
            "when": task.when(now) if task.due else "",
            "late": task.overdue(now),
            "urgent": task.urgent,
        }
        for task in worklist.today(request.actor, now)
    ]
    doors = [
        {"text": words, "href": reverse(route)}
        for act, how, route, words in DOORS
        if policy.decide(request.actor, act, how).possible
    ]
    late = [task for task in tasks if task["late"]]
    return render(
        request,
        "web/today.html",
        {
            "late": late,
            "tasks": [task for task in tasks if not task["late"]],
            "doors": doors,
            "now": now,
            "told": custody.unseen(request.actor),
            "own_recovery": recovery.own(request.actor),
        },
    )

"""The list of cases: sorted, filtered and turned by its address."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fener.casework.domain.codes import alias_label
from fener.casework.forms.listing import ONLY, CaseFilterForm
from fener.casework.models import Case
from fener.casework.selectors import case_list
from fener.casework.selectors.cases import Listed
from fener.casework.views.common import may
from fener.casework.views.shown import status_label
from fener.trust.decorators import StaffRequest, staff
from fener.trust.policy import Relationship

STATE_KINDS = {Case.State.ACTIVE: "plain", Case.State.FOLLOW_UP: "plain"}


def _row(listed: Listed) -> dict[str, Any]:
    case = listed.case
    from_others = listed.relationship is Relationship.REFERRED_TO
    cells = {
        "code": {"text": case.code, "href": reverse("casework:case", args=[case.code])},
        "alias": {
            "text": alias_label(case.alias),
            "sub": _("from %(body)s") % {"body": case.organisation.short_name} if from_others else "",
        },
        "status": {"text": status_label(case.status), "sub": _("treated as a child") if case.treated_as_child else ""},
        "opened_on": case.opened_on,
        "next_due": {"when": listed.next_due} if listed.next_due else "",
        "state": {"tag": str(case.get_state_display()), "kind": STATE_KINDS.get(Case.State(case.state), "done")},
    }
    if listed.overdue:
        cells["state"] = {"tag": _("Overdue"), "kind": "overdue"}
    return {"cells": cells}


@staff
@require_GET
def cases(request: StaffRequest) -> HttpResponse:
    """The cases that the actor may see, the next due first."""
    now = timezone.now()
    only = request.GET.get("only", "")
    asked = {**request.GET.dict(), **({only: "1"} if only in ONLY else {})}
    found = case_list.case_list(request.actor, asked, at=now)
    first = (found.page - 1) * case_list.PER_PAGE + 1
    opens = may(request.actor, "case.open", Relationship.SAME_ORGANISATION)
    table = {
        "caption": _("Cases"),
        "caption_hidden": True,
        "columns": [
            {"key": "code", "label": _("Code"), "sort": True},
            {"key": "alias", "label": _("Alias")},
            {"key": "status", "label": _("Status"), "sort": True},
            {"key": "opened_on", "label": _("Opened"), "sort": True},
            {"key": "next_due", "label": _("Next due"), "sort": True},
            {"key": "state", "label": _("State"), "sort": True},
        ],
        "rows": [_row(listed) for listed in found.rows],
        "sort": found.sort,
        "filters": CaseFilterForm(request.GET),
        "page": {
            "number": found.page,
            "pages": found.pages,
            "total": found.total,
            "first": first,
            "last": first + len(found.rows) - 1,
        },
        "empty": {
            "title": _("No open case."),
            "text": _("A case appears here when one is opened with a person, or when you accept a referral."),
            **({"href": reverse("casework:case_open"), "label": _("Open a case")} if opens else {}),
        },
    }
    gives_on = may(request.actor, "case.assign", Relationship.SAME_ORGANISATION)
    context = {"table": table, "opens": opens, "gives_on": gives_on, "now": now, "total": found.total}
    return render(request, "casework/cases.html", context)

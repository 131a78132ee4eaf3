"""People in limbo: whoever waits for a decision on who they are held to be, or on their stay (rule ID-31)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from fener.casework.forms.residence.permits import KINDS, LimboFilterForm
from fener.casework.selectors.residence import limbo as selector
from fener.trust.decorators import StaffRequest, staff


def _row(one: selector.Waiting) -> dict[str, Any]:
    return {
        "cells": {
            "code": {"text": one.code, "href": reverse("casework:case", args=[one.code])},
            "kind": str(KINDS[one.kind]),
            "since": one.since,
            "days": ngettext("%(count)s day", "%(count)s days", one.days) % {"count": one.days},
            "until": one.until,
            "state": {"tag": _("Overdue"), "kind": "overdue"} if one.late else {"tag": _("open"), "kind": "plain"},
        }
    }


@staff
@require_GET
def limbo(request: StaffRequest) -> HttpResponse:
    """Who waits, the longest first."""
    found = selector.limbo(request.actor, request.GET.dict(), timezone.localdate())
    first = (found.page - 1) * selector.PER_PAGE + 1
    table = {
        "caption": _("People in limbo"),
        "caption_hidden": True,
        "columns": [
            {"key": "code", "label": _("Code")},
            {"key": "kind", "label": _("Decision")},
            {"key": "since", "label": _("Waits since")},
            {"key": "days", "label": _("Waited")},
            {"key": "until", "label": _("Due by")},
            {"key": "state", "label": _("State")},
        ],
        "rows": [_row(one) for one in found.rows],
        "filters": LimboFilterForm(request.GET),
        "page": {
            "number": found.page,
            "pages": found.pages,
            "total": found.total,
            "first": first,
            "last": first + len(found.rows) - 1,
        },
        "empty": {
            "title": _("Nobody waits for a decision."),
            "text": _("A person appears here when a case is opened without a decision or a permit is applied for."),
        },
    }
    return render(request, "casework/residence/limbo.html", {"table": table})

"""Cases of people who leave: one page, each with the way to give it to somebody else."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fener.casework.domain.codes import alias_label
from fener.casework.selectors import handover as selector
from fener.trust.decorators import StaffRequest, staff


@staff
@require_GET
def handover(request: StaffRequest) -> HttpResponse:
    """Who carries what, until when, and where it is given on."""
    days = selector.leavers(request.actor)
    rows = [
        {
            "code": {"text": case.code, "href": reverse("casework:case", args=[case.code])},
            "alias": alias_label(case.alias),
            "who": [one.user.full_name for one in case.carried],
            "until": min(days[one.user_id] for one in case.carried),
            "act": {
                "text": _("Give it on"),
                "href": reverse("casework:case_assign", args=[case.code]),
                "about": case.code,
            },
        }
        for case in selector.to_hand_over(request.actor)
    ]
    table = {
        "caption": _("Cases to hand over"),
        "caption_hidden": True,
        "columns": [
            {"key": "code", "label": _("Code")},
            {"key": "alias", "label": _("Alias")},
            {"key": "who", "label": _("Carried by")},
            {"key": "until", "label": _("Last day")},
            {"key": "act", "label": _("Change")},
        ],
        "rows": [{"cells": one} for one in rows],
        "empty": _("Nobody who leaves carries a case."),
    }
    return render(request, "casework/handover.html", {"table": table})

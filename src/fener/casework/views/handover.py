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
    rows = [
        {
            "code": {"text": one.case.code, "href": reverse("casework:case", args=[one.case.code])},
            "alias": alias_label(one.case.alias),
            "who": one.names,
            "until": one.until,
            "act": {
                "text": _("Give it on"),
                "href": reverse("casework:case_assign", args=[one.case.code]),
                "about": one.case.code,
            },
        }
        for one in selector.to_hand_over(request.actor)
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

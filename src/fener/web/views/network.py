"""Who does what, for the administrator: bodies, mandates, desks and services. No case is reached from here."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fener.network import selectors
from fener.norms.services_catalogue import catalogue
from fener.trust import policy
from fener.trust.decorators import StaffRequest, staff
from fener.trust.policy import Relationship


@staff
@require_GET
def network(request: StaffRequest) -> HttpResponse:
    """One line a body."""
    policy.require(request.actor, "network.organisation.create", Relationship.NODE)
    bodies = selectors.organisations(request.actor).prefetch_related("mandates", "desks", "services", "memberships")
    rows: list[dict[str, Any]] = [
        {
            "cells": {
                "name": {"text": body.name, "sub": str(body.get_sector_display())},
                "mandates": [str(m.get_function_display()) for m in body.mandates.all()],
                "desks": [desk.name for desk in body.desks.all()],
                "services": [_(catalogue().label(service.kind)) for service in body.services.all()],
                "people": len(body.memberships.all()),
            }
        }
        for body in bodies
    ]
    table = {
        "caption": _("Bodies of the mechanism"),
        "caption_hidden": True,
        "columns": [
            {"key": "name", "label": _("Body")},
            {"key": "mandates", "label": _("Mandates")},
            {"key": "desks", "label": _("Desks")},
            {"key": "services", "label": _("Services")},
            {"key": "people", "label": _("People"), "number": True},
        ],
        "rows": rows,
        "empty": _("No body is registered yet."),
    }
    return render(request, "web/network.html", {"table": table})

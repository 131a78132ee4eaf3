"""Who has known what, when and why: to show to the person, or to print for them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from fener.casework.domain.codes import alias_label
from fener.casework.selectors.history import Known
from fener.casework.selectors.history import who_knows as read_history
from fener.casework.views.common import case_for, case_url
from fener.trust.compartments import Compartment
from fener.trust.decorators import StaffRequest, staff
from fener.trust.purposes import Purpose

KINDS = {
    "read": gettext_lazy("opened"),
    "given": gettext_lazy("received"),
    "taken": gettext_lazy("lost"),
}


def _parts(codes: tuple[str, ...]) -> str:
    return ", ".join(str(Compartment(code).label) for code in codes if code in set(Compartment))


def _purpose(code: str) -> str:
    return str(Purpose(code).label) if code in set(Purpose) else ""


def _row(line: Known) -> dict[str, Any]:
    reads = line.kind == "read"
    who = line.organisation if reads else line.recipient or line.organisation
    by = line.person if reads else (_("through %(person)s") % {"person": line.person} if line.person else "")
    return {
        "cells": {
            "at": line.at,
            "who": {"text": who or _("the program"), "sub": by},
            "what": {"text": str(KINDS[line.kind]), "sub": _parts(line.compartments)},
            "why": _purpose(line.purpose or (line.ground.purpose if line.ground else "")),
        }
    }


@staff
@require_GET
def who_knows(request: StaffRequest, code: str) -> HttpResponse:
    """The list, the latest first. It prints without menus and names nobody but those who knew."""
    case = case_for(request, code, "who_knows.read")
    rows = [_row(line) for line in read_history(request.actor, case)]
    table = {
        "caption": _("Who has known what"),
        "caption_hidden": True,
        "columns": [
            {"key": "at", "label": _("When")},
            {"key": "who", "label": _("Who")},
            {"key": "what", "label": _("What")},
            {"key": "why", "label": _("So that")},
        ],
        "rows": rows,
        "empty": _("Nobody has opened or received anything yet."),
    }
    context = {"case": case, "alias": alias_label(case.alias), "table": table, "back": case_url(case, "known")}
    return render(request, "casework/who_knows.html", context)

"""The daily roots of the audit: to look at, to print, to publish. They name no case and no number of cases."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fener.trust.chain import canonical
from fener.trust.decorators import StaffRequest, staff
from fener.trust.models import AuditRoot
from fener.trust.selectors import audit_roots


def in_groups(digits: str) -> str:
    """Hexadecimal digits in fours, so that two people can compare them aloud."""
    return " ".join(digits[i : i + 4] for i in range(0, len(digits), 4))


def _row(root: AuditRoot) -> dict[str, object]:
    return {
        "cells": {
            "day": {"text": date_format(root.day, "SHORT_DATE_FORMAT"), "sub": f"{root.number}"},
            "root": {"text": in_groups(root.statement["root"]), "sub": ""},
        }
    }


@staff
@require_GET
def audit_roots_page(request: StaffRequest) -> HttpResponse:
    """The roots, newest first; ``?as=file`` gives all as the file that is published."""
    found = audit_roots(request.actor)
    if request.GET.get("as") == "file":
        lines = [canonical(root.statement).decode() for root in found.order_by("number")]
        answer = HttpResponse("".join(f"{line}\n" for line in lines), content_type="application/jsonl; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="roots.jsonl"'
        return answer
    newest = found.first()
    key = newest.statement["key"] if newest else ""  # the signing key itself may lie where only the timer reads it
    page = Paginator(found, 31).get_page(request.GET.get("page"))
    table = {
        "caption": _("Daily roots"),
        "caption_hidden": True,
        "columns": [{"key": "day", "label": _("Day and number")}, {"key": "root", "label": _("Root")}],
        "rows": [_row(root) for root in page],
        "page": page,
        "empty": _("No root yet. The first one is signed when the timer of this node has run: fener tick."),
    }
    return render(request, "web/audit_roots.html", {"table": table, "key": in_groups(key)})

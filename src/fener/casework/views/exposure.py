"""An exposed fact is traced: who read that part of that case in that time (rule DA-06)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from fener.casework.forms.protection import ExposureForm
from fener.casework.selectors import exposure
from fener.casework.selectors.exposure import Reading
from fener.casework.views.protection.words import part_label
from fener.trust.decorators import StaffRequest, staff
from fener.trust.errors import InvalidInput


@staff
def trace(request: StaffRequest) -> HttpResponse:
    """The question and its answer on one page. Sent by POST: no code of a case stands in an address or a log."""
    exposure.require(request.actor)
    form = ExposureForm(request.POST or None)
    table = None
    if request.method == "POST" and form.is_valid():
        try:
            lines = exposure.readers(request.actor, **form.cleaned_data)
        except InvalidInput as error:
            for field, text in error.errors.items():
                form.add_error(field, str(text))
        else:
            if "csv" in request.POST:
                answer = HttpResponse(exposure.as_csv(lines), content_type="text/csv; charset=utf-8")
                answer["Content-Disposition"] = 'attachment; filename="readers.csv"'
                return answer
            table = _table(lines)
    status = 422 if form.is_bound and form.errors else 200
    context = {"form": form, "table": table, "title": _("Who has read it?"), "cancel": reverse("web:today")}
    return render(request, "casework/exposure.html", context, status=status)


def _table(lines: list[Reading]) -> dict[str, Any]:
    return {
        "caption": _("Who has read it"),
        "caption_hidden": True,
        "columns": [
            {"key": "at", "label": _("When")},
            {"key": "who", "label": _("Who")},
            {"key": "what", "label": _("What")},
        ],
        "rows": [
            {
                "cells": {
                    "at": line.at,
                    "who": {"text": line.person or _("the program itself"), "sub": line.organisation},
                    "what": {"text": line.act, "sub": ", ".join(part_label(part) for part in line.parts)},
                }
            }
            for line in lines
        ],
        "empty": _("Nothing was read in this time under this code, or the code is not one that you can trace."),
    }

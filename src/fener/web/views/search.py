"""Search by name or code, in the own organisation. What is typed is sent in the request, not in the address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework.domain.codes import alias_label
from fener.casework.selectors import cases
from fener.trust import policy
from fener.trust.decorators import StaffRequest, staff
from fener.trust.policy import Relationship


class SearchForm(forms.Form):
    """One field; whatever script, whatever spelling."""

    text = forms.CharField(
        label=gettext_lazy("Name or code"),
        max_length=120,
        strip=True,
        help_text=gettext_lazy("In any script and spelling. Only your organisation's own cases are searched."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


@staff
def search(request: StaffRequest) -> HttpResponse:
    """The form, and what was found below it. Nothing found says no more than that."""
    policy.require(request.actor, "case.search", Relationship.SAME_ORGANISATION)
    form = SearchForm(request.POST or None)
    table: dict[str, Any] | None = None
    if request.method == "POST" and form.is_valid():
        rows = [
            {
                "cells": {
                    "code": {"text": case.code, "href": reverse("casework:case", args=[case.code])},
                    "alias": alias_label(case.alias),
                    "opened": case.opened_on,
                    "state": str(case.get_state_display()),
                }
            }
            for case in cases.search(request.actor, form.cleaned_data["text"])
        ]
        table = {
            "caption": _("Found"),
            "columns": [
                {"key": "code", "label": _("Case")},
                {"key": "alias", "label": _("Alias")},
                {"key": "opened", "label": _("Opened")},
                {"key": "state", "label": _("State")},
            ],
            "rows": rows,
            "empty": _("Nothing was found in your organisation's cases. Another spelling may help."),
        }
    return render(request, "web/search.html", {"form": form, "table": table})

"""The auditor's page: who did or read what, when, on which ground. The cases themselves stay closed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from fener.network.models import Organisation
from fener.trust import policy
from fener.trust.decorators import StaffRequest, staff
from fener.trust.models import AuditEntry, User
from fener.trust.pace import Pace
from fener.trust.selectors import audit_entries

OUTCOMES = {
    "done": ("plain", gettext_lazy("done")),
    "refused": ("refused", gettext_lazy("refused")),
    "overridden": ("overdue", gettext_lazy("without consent, by two persons")),
}


class FilterForm(forms.Form):
    """Which acts to show. Sent by GET: nothing in it names a person of a case."""

    act = forms.ChoiceField(label=gettext_lazy("Act"), required=False)
    outcome = forms.ChoiceField(
        label=gettext_lazy("Outcome"),
        required=False,
        choices=[("", gettext_lazy("all")), *((code, words) for code, (_kind, words) in OUTCOMES.items())],
    )
    since = forms.DateField(label=gettext_lazy("From"), required=False)
    until = forms.DateField(label=gettext_lazy("Until"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = sorted(policy.acts() | {"item.open", "name.search", *Pace})
        self.fields["act"].choices = [("", _("all")), *((act, act) for act in known)]  # type: ignore[attr-defined]


def _rows(entries: list[AuditEntry]) -> list[dict[str, Any]]:
    people = dict(User.objects.filter(pk__in={e.actor_id for e in entries}).values_list("pk", "full_name"))
    bodies = Organisation.objects.in_bulk({e.actor_keeper_id for e in entries if e.actor_keeper_id})
    rows = []
    for entry in entries:
        kind, words = OUTCOMES.get(entry.outcome, ("plain", entry.outcome))
        body = bodies.get(entry.actor_keeper_id) if entry.actor_keeper_id else None
        rows.append(
            {
                "cells": {
                    "at": date_format(timezone.localtime(entry.at), "SHORT_DATETIME_FORMAT"),
                    "act": {"text": entry.act, "sub": entry.purpose},
                    "who": {
                        "text": (people.get(entry.actor_id) if entry.actor_id else None) or _("the program itself"),
                        "sub": body.short_name if body else "",
                    },
                    # The chain's id is a pseudonym: it says which acts belong together, and opens nothing.
                    "about": {"text": entry.subject_type, "sub": f"{entry.chain.kind} {str(entry.chain.chain_id)[:8]}"},
                    "outcome": {"tag": str(words), "kind": kind},
                }
            }
        )
    return rows


@staff
@require_GET
def audit(request: StaffRequest) -> HttpResponse:
    """The acts, newest first."""
    form = FilterForm(request.GET or None)
    wanted = {key: value for key, value in form.cleaned_data.items() if value} if form.is_valid() else {}
    page = Paginator(audit_entries(request.actor, **wanted), 50).get_page(request.GET.get("page"))
    table = {
        "caption": _("Acts"),
        "caption_hidden": True,
        "columns": [
            {"key": "at", "label": _("When")},
            {"key": "act", "label": _("Act")},
            {"key": "who", "label": _("Who")},
            {"key": "about", "label": _("About")},
            {"key": "outcome", "label": _("Outcome")},
        ],
        "rows": _rows(list(page)),
        "filters": form,
        "page": page,
        "empty": _("No act fits what you asked for."),
    }
    return render(request, "web/audit.html", {"table": table})

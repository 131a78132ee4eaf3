"""Every component on one page, with invented data: for whoever writes a page, and for looking at the look."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

NOW = datetime(2026, 5, 3, 2, 20, tzinfo=UTC)
REASON = {
    "text": [_("Thirty days begin with the first contact."), _("Nobody may be removed while it runs.")],
    "rule": "recovery_period",
    "version": "1.0",
    "source": "coe-2005 art. 13",
}
# As many places as the fullest menu has, and the parts of one page.
NAV = [
    {"title": _("Work"), "items": [{"text": _("Today"), "href": "#", "current": "page", "first": True},
                                   {"text": _("Screening"), "href": "#", "first": True},
                                   *({"text": f"Hilfsangebot {n}", "href": "#"} for n in range(1, 7))]},
    {"title": _("Persons"), "items": [{"text": _("Cases"), "href": "#", "first": True},
                                      *({"text": f"Qendra e mbështetjes {n}", "href": "#"} for n in range(1, 10))]},
]  # fmt: skip
PARTS = [{"text": f"Teil {n}", "href": "#", "current": n == 9} for n in range(1, 10)]


class SampleForm(forms.Form):
    """One field of each kind."""

    alias = forms.CharField(label=_("Name that the team uses"), help_text=_("Not the person's own name."))
    met_on = forms.DateField(label=_("When did you meet?"))
    people = forms.IntegerField(label=_("How many people were there?"), required=False)
    language = forms.ChoiceField(
        label=_("Language"), choices=[("sq", "Shqip"), ("sr", "Српски"), ("ro", "Română"), ("de", "Deutsch")]
    )
    free = forms.ChoiceField(
        label=_("Can this person leave the work whenever she or he wants?"),
        choices=[("yes", _("Yes")), ("no", _("No")), ("unknown", _("Not known"))],
        widget=forms.RadioSelect,
    )
    needs = forms.MultipleChoiceField(
        label=_("What is needed now?"),
        choices=[("bed", _("A place to sleep")), ("doctor", _("A doctor")), ("lawyer", _("A lawyer"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    words = forms.CharField(
        label=_("What happened, in the person's own words"), widget=forms.Textarea({"rows": 4}), required=False
    )
    told = forms.BooleanField(
        label=_("I read the sentence aloud"), help_text=_("In a language that the person understands.")
    )


class SampleFilter(forms.Form):
    """Filters of the sample table."""

    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), ("overdue", _("Overdue")), ("open", _("Open"))]
    )
    text = forms.CharField(label=_("Code contains"), required=False)


def _table(request: HttpRequest) -> dict[str, Any]:
    names = ["Maple", "Zürgelbaum", "Дрен", "Bredhi", "Wacholder", "Тис", "Qershia"]
    lines = [
        {
            "cells": {
                "code": {"text": f"{7 + n}F3{chr(75 + n)}", "href": "#", "sub": name},
                "due": {"when": NOW + timedelta(hours=[-50, -3, 1, 5, 30, 90, 700][n])},
                "state": {
                    "tag": [_("Overdue"), _("Open"), _("Agreed")][n % 3],
                    "kind": ["overdue", "soon", "done"][n % 3],
                },
                "country": {"country": ["XK", "AL", "RS"][n % 3]},
                "days": 3 * n or None,
            }
        }
        for n, name in enumerate(names)
    ]
    page = Paginator(lines, 4).get_page(request.GET.get("page"))
    return {
        "caption": _("Cases that wait for an answer"),
        "columns": [
            {"key": "code", "label": _("Case"), "sort": True},
            {"key": "due", "label": _("Due"), "sort": True},
            {"key": "state", "label": _("State")},
            {"key": "country", "label": _("Country")},
            {"key": "days", "label": _("Days in the shelter"), "number": True, "sort": True},
        ],
        "rows": list(page),
        "sort": request.GET.get("sort", "due"),
        "filters": SampleFilter(request.GET or None),
        "page": page,
        "empty": _("Nothing waits for an answer."),
    }


def _band(label: Any, kind: str, start: date, end: date | None, **more: Any) -> dict[str, Any]:
    return {"label": label, "kind": kind, "start": start, "end": end, **more}


def _bands() -> list[dict[str, Any]]:
    long, cyrillic = "Aufenthaltserlaubnisverlängerungsverfahren", "Предлог за старатеља"
    return [
        _band(_("Recovery period"), "clock", date(2026, 4, 4), date(2026, 5, 18), why=REASON),
        _band(_("Shelter stay"), "stay", date(2026, 4, 6), None, href="#"),
        _band(long, "permit", date(2026, 5, 20), date(2026, 8, 20), state="planned"),
        _band(_("Referral to a lawyer"), "referral", date(2026, 4, 20), date(2026, 4, 29), state="overdue"),
        _band(cyrillic, "proceeding", date(2026, 2, 10), date(2026, 3, 1), state="ended"),
    ]


def _context(request: HttpRequest) -> dict[str, Any]:
    steps = [
        {"text": _("Answer Shelter B's question about case 7F3K"), "href": "#", "due": NOW + timedelta(minutes=40)},
        {
            "text": _("Tell Maple how the recovery period works"),
            "href": "#",
            "due": NOW - timedelta(days=2),
            "why": REASON,
        },
        {
            "text": "Kundërshtimi i mospërputhshmërive në vlerësimin e përbashkët ndërinstitucional",
            "href": "#",
            "note": "9F3M",
        },
    ]
    sentences = [
        {
            "text": _(
                "Maple lets Shelter B read her contact and health notes, to prepare a room, until 1 August 2026."
            ),
            "note": _("Said in Albanian on 3 May 2026, with an interpreter."),
            "actions": [{"text": _("Withdraw"), "href": "#"}],
        },
        {
            "text": _("Maple lets the police read her statement."),
            "state": "ended",
            "note": _("Withdrawn on 4 May 2026."),
        },
    ]
    rows = [
        {"key": _("Code"), "value": "7F3K"},
        {
            "key": _("State"),
            "value": {"tag": _("Presumed"), "kind": "soon"},
            "actions": [{"text": _("Change"), "href": "#"}],
        },
        {"key": _("Recovery period ends"), "value": {"when": date(2026, 5, 18)}},
        {"key": _("Came from"), "value": {"country": "XK"}},
        {"key": "Staatsangehörigkeitsangelegenheiten", "value": None},
    ]
    return {
        "now": NOW,
        "steps": steps,
        "sentences": sentences,
        "rows": rows,
        "bands": _bands(),
        "reason": REASON,
        "table": _table(request),
        "blank": {
            "caption": _("Referrals"),
            "columns": [],
            "rows": [],
            "empty": {
                "title": _("Nothing waits for you."),
                "text": _("Have a rest. New things appear here by themselves."),
                "href": "#",
                "label": _("Look at all cases"),
            },
        },
        "form": SampleForm(),
        "wrong": SampleForm({"met_on": "31.2.2026", "language": "sq"}, auto_id="wrong_%s"),
        "nav": NAV,
        "parts": PARTS,
        "title": _("Components"),
    }


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """The page of all components; absent on a real node."""
    if not (settings.DEBUG or getattr(settings, "FENER_DEMO", False)):
        raise Http404
    return render(request, "web/styleguide.html", _context(request))

"""Who has known what, when and why: to show to the person, or to print for them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from fener.casework import access
from fener.casework.domain.codes import alias_label
from fener.casework.selectors.erasures import of_case
from fener.casework.selectors.history import Known
from fener.casework.selectors.history import who_knows as read_history
from fener.casework.views.common import case_for, case_url
from fener.trust.compartments import Compartment
from fener.trust.decorators import StaffRequest, staff
from fener.trust.purposes import Purpose

ACTS = {
    "item.open": gettext_lazy("opened"),
    "consent.give": gettext_lazy("may have, because the person agreed"),
    "override.confirm": gettext_lazy("may have, because the law obliges to it"),
    "item.grant": gettext_lazy("received"),
    "case.access.give": gettext_lazy("received"),
    "item.revoke": gettext_lazy("lost"),
    "case.access.drop": gettext_lazy("lost"),
    "consent.withdraw": gettext_lazy("may not have any more, because it was withdrawn"),
}


def _parts(codes: tuple[str, ...]) -> str:
    return ", ".join(str(Compartment(code).label) for code in codes if code in set(Compartment))


def _purpose(code: str) -> str:
    return str(Purpose(code).label) if code in set(Purpose) else ""


def _line(at: datetime, act: str, who: str, lines: list[Known]) -> dict[str, Any]:
    """What happened in one minute to one body in one way is one line for a reader."""
    people = list(dict.fromkeys(line.person for line in lines if line.person))
    parts = tuple(dict.fromkeys(part for line in lines for part in line.compartments))
    purposes = [line.purpose or (line.ground.purpose if line.ground else "") for line in lines]
    through = _("through %(person)s") % {"person": ", ".join(people)} if people else ""
    return {
        "cells": {
            "at": at,
            "who": {"text": who or _("the program"), "sub": through},
            "what": {"text": act, "sub": _parts(parts) or _("that there is a case")},
            "why": ", ".join(dict.fromkeys(filter(None, map(_purpose, purposes)))),
        }
    }


def _rows(history: Iterable[Known]) -> list[dict[str, Any]]:
    groups: dict[tuple[datetime, str, str], list[Known]] = {}
    for line in history:
        who = line.organisation if line.kind == "read" else line.recipient or line.organisation
        minute = line.at.replace(second=0, microsecond=0)
        groups.setdefault((minute, str(ACTS.get(line.act, line.act)), who), []).append(line)
    return [_line(*key, lines) for key, lines in groups.items()]


@staff
@require_GET
def who_knows(request: StaffRequest, code: str) -> HttpResponse:
    """The list, the latest first. It prints without menus and names nobody but those who knew."""
    case = case_for(request, code, "who_knows.read")
    table = {
        "caption": _("Who has known what"),
        "caption_hidden": True,
        "columns": [
            {"key": "at", "label": _("When")},
            {"key": "who", "label": _("Who")},
            {"key": "what", "label": _("What")},
            {"key": "why", "label": _("So that")},
        ],
        "rows": _rows(read_history(request.actor, case)),
        "empty": _("Nobody has opened or received anything yet."),
    }
    found = access.relationships(request.actor, case)
    context = {
        "may_copy": access.allowed(request.actor, "person_copy.export", found) is not None,
        "may_erase": access.allowed(request.actor, "erasure.propose", found) is not None,
        "erasure": of_case(request.actor, case),
        "case": case,
        "alias": alias_label(case.alias),
        "table": table,
        "back": case_url(case, "known"),
    }
    return render(request, "casework/who_knows.html", context)

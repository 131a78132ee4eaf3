"""Overrides of a gate: asked for where it was closed, answered by whom the gate names, and counted for the country."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fener.casework import access
from fener.casework.chapters.safety.overrides import (
    TAGS,
    act_words,
    answers_by,
    basis_label,
    condition_texts,
    gate_title,
)
from fener.casework.domain.safety.override_states import WAITING
from fener.casework.forms.safety.gate_overrides import AnswerForm, AskForm, GateFilterForm
from fener.casework.models.safety.gate_override import ClosedGate, GateOverride
from fener.casework.selectors.safety import gate_overrides as selectors
from fener.casework.services.safety import gate_overrides as services
from fener.casework.views.common import case_for, case_form
from fener.casework.views.record_form import chapter_url
from fener.norms import gates
from fener.trust.actor import Actor
from fener.trust.decorators import StaffRequest, staff
from fener.trust.errors import Refused

A_PAGE = 50


@staff
def ask(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """Ask to pass a gate that was closed. Nothing happens before those whom the gate names agree."""
    case = case_for(request, code, "gate_override.ask")
    closed = selectors.closed_of(request.actor, case, pk)
    rule = services.rule_of(closed.gate)
    if rule is None:  # a pack took it back since
        raise Refused(act="gate_override.ask")
    back = chapter_url(case, services.RECORD)

    def run(data: Mapping[str, Any]) -> str:
        services.ask(actor=request.actor, case=case, closed=closed, **data)
        return back

    lead = (
        _("Two persons have to agree. Until then nothing changes.")
        if rule.persons > 1
        else _("One person whom the gate names has to agree. Until then nothing changes.")
    )
    return case_form(
        request,
        case,
        form=AskForm(request.POST or None),
        act=f"gate_override.ask:{pk}",
        run=run,
        title=_("Ask for an override: %(gate)s") % {"gate": gate_title(closed.gate, to=request.actor)},
        lead=lead,
        notes=_notes(request.actor, closed),
        submit=_("Ask for it"),
        danger=True,
        cancel=back,
    )


@staff
def answer(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """Agree, turn it down or take it back. Whoever answers sees codes and days only: the gate, the kind of act and its
    day, what is missing, the kind of basis.
    """
    case = case_for(request, code, "gate_override.list")
    override, back = selectors.override_of(case, pk, "gate_override.agree"), chapter_url(case, services.RECORD)
    if not selectors.reads(request.actor, override.gate):
        raise Refused(act="gate_override.agree")
    act = answers_by(request.actor, override)
    access.require_on_case(request.actor, act, case)
    only_no = act == "gate_override.ask" or override.state not in WAITING

    def run(data: Mapping[str, Any]) -> str:
        does = services.agree if data["answer"] == "yes" else services.turn_down
        does(actor=request.actor, override=override)
        return back

    basis = {"kind": "info", "title": _("Legal basis"), "text": basis_label(override.basis)}
    return case_form(
        request,
        case,
        form=AnswerForm(request.POST or None, only_no=only_no),
        act=f"gate_override.agree:{pk}",
        run=run,
        title=_("Override: %(gate)s") % {"gate": gate_title(override.gate, to=request.actor)},
        lead=_("Say yes only if the law leaves no other way. It lets one act pass, and is counted."),
        notes=[*_notes(request.actor, override), basis],
        danger=True,
        cancel=back,
    )


@staff
@require_GET
def register(request: StaffRequest) -> HttpResponse:
    """The co-ordinator's list: gate, body, days and counts."""
    by_gate = selectors.overrides_by_gate(request.actor)
    named = [code for code in gates.gate_codes() if services.rule_of(code) is not None and not services.is_quiet(code)]
    titles = {code: gate_title(code) for code in named}
    form = GateFilterForm(request.GET or None, titles=titles)
    gate = form.cleaned_data["gate"] if form.is_valid() else ""
    page = Paginator(selectors.counted(request.actor, gate), A_PAGE).get_page(request.GET.get("page"))
    counts = {
        "caption": _("How often, by gate and body"),
        "columns": [
            {"key": "gate", "label": _("Gate")},
            {"key": "body", "label": _("Body")},
            {"key": "count", "label": _("Agreed"), "number": True},
        ],
        "rows": [
            {"cells": {"gate": gate_title(code), "body": body, "count": count}}
            for (code, body), count in sorted(by_gate.items(), key=lambda pair: (-pair[1], pair[0]))
        ],
        "empty": _("No gate was overridden."),
    }
    table = {
        "caption": _("Each of them"),
        "columns": [
            {"key": "gate", "label": _("Gate")},
            {"key": "body", "label": _("Body")},
            {"key": "act", "label": _("For")},
            {"key": "asked", "label": _("Asked for")},
            {"key": "state", "label": _("State")},
        ],
        "rows": [_row(one) for one in page],
        "filters": form,
        "page": page,
        "empty": {"title": _("Nothing here."), "text": _("When somebody asks for an override, it stands here.")},
    }
    return render(request, "casework/safety/overrides.html", {"counts": counts, "table": table})


def _row(one: GateOverride) -> dict[str, Any]:
    return {
        "cells": {
            "gate": gate_title(one.gate),
            "body": one.asked_for.short_name,
            "asked": {"when": one.asked_on},
            "act": act_words(one),
            "state": {"tag": one.get_state_display(), "kind": TAGS.get(GateOverride.State(one.state), "soon")},
        }
    }


def _notes(actor: Actor, one: GateOverride | ClosedGate) -> list[dict[str, str]]:
    """For which act, and what is missing, as this reader may see it."""
    missing = condition_texts(one.gate, one.conditions, to=actor)
    notes = [{"kind": "soon", "title": _("Missing"), "text": text} for text in missing]
    act = act_words(one)
    return [{"kind": "info", "title": _("For which act"), "text": act}, *notes] if act else notes

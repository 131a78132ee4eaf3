"""The page of a case: one page, in the order of the path. For the co-ordinator: facts, clocks and statuses alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from fener.casework.domain.codes import alias_label
from fener.casework.models import AgeDispute, Case, Clock, InformationGiven
from fener.casework.selectors import file as files
from fener.casework.selectors.file import CaseFile, CompartmentShown
from fener.casework.services.decisions import DECIDING
from fener.casework.services.reading import record_read
from fener.casework.views import agreed, chapters, path, shown
from fener.casework.views.assistance_context import assistance_context
from fener.casework.views.common import case_url, may, needs_interpreter
from fener.norms.packs import load_packs
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.decorators import StaffRequest, staff
from fener.trust.policy import Relationship
from fener.trust.purposes import Purpose

# What a button needs, by the name under which the page asks for it.
ACTS = {
    "facts": "case.facts.update",
    "information": "information.record",
    "consent": "consent.give",
    "withdraw": "consent.withdraw",
    "assessment": "assessment.record",
    "own_view": "own_view.record",
    "decide": "status.decide",
    "tell": "status.tell",
    "review": "review.request",
    "answer": "review.answer",
    "dispute": "age.dispute",
    "decide_age": "age.decide",
    "refusal": "refusal.record",
    "override": "override.request",
    "assign": "case.assign",
    "extend": "clock.extend",
    "end": "clock.end",
    "close": "case.close",
    "who_knows": "who_knows.read",
    "files": "attachment.list",
    "protect": "protection.propose",
    "shut_out": "shut_out.list",
    "by_two": "sensitive.mark",
}

# The sections of the page, by their id: the way to them stands at its top.
PARTS = (
    ("path", gettext_lazy("The path")),
    ("agreed", gettext_lazy("Agreed")),
    ("assessments", gettext_lazy("How it is seen")),
    ("decisions", gettext_lazy("Decisions")),
    ("needs", gettext_lazy("Needs and services")),
    ("sealed", gettext_lazy("Sealed")),
    ("facts", gettext_lazy("Facts")),
    ("known", gettext_lazy("Who knows what")),
)


@staff
@require_GET
def case(request: StaffRequest, code: str) -> HttpResponse:
    """The case. A code that is not written as we write it leads to the address that is."""
    now = timezone.now()
    file = files.file(request.actor, code, at=now)
    if code != file.case.code:
        return redirect(case_url(file.case))
    record_read(actor=request.actor, case=file.case, in_full=file.in_full)
    if not file.in_full:
        context = {"now": now, **_common(file, now), **_node(request.actor, file, now)}
        return render(request, "casework/case_node.html", context)
    return render(request, "casework/case.html", {"now": now, **_common(file, now), **_full(request.actor, file, now)})


def _common(file: CaseFile, now: datetime) -> dict[str, Any]:
    """What everybody sees who sees the case at all."""
    found = file.case
    return {
        "case": found,
        "alias": alias_label(found.alias),
        "tags": _tags(found),
        "safety": _safety(file),
        "blocked_until": file.removal_blocked_until,
        "removal": file.removal if file.in_full else None,
        "blocked_why": next((path.clock_why(c) for c in reversed(file.running) if c.blocks_removal), None),
        "facts": shown.fact_rows(file.facts),
        "close_reason": shown.close_reason_label(found.close_reason) if found.close_reason else "",
        "what_is_kept": shown.what_is_kept(found.close_reason),
        "today": timezone.localdate(now),
    }


def _tags(found: Case) -> list[dict[str, str]]:
    tags = [{"text": shown.status_label(found.status), "kind": "plain"}]
    if found.state != Case.State.ACTIVE:
        tags.append({"text": str(found.get_state_display()), "kind": "done"})
    if found.protected:
        tags.append({"text": _("Under witness protection"), "kind": "sealed"})
    if found.treated_as_child:
        tags.append({"text": _("Child, or treated as one"), "kind": "soon"})
    return tags


def _safety(file: CaseFile) -> list[dict[str, str]]:
    """What must be known before anything is done. Words only; nothing here names somebody."""
    notes, found = [], file.case
    if file.open_dispute:
        notes.append(_("The age is in doubt. Until it is decided the person is treated as a child."))
    elif found.treated_as_child:
        notes.append(_("This is a child. The guardian agrees and the child is asked; nothing is called voluntary."))
    if needs_interpreter(found):
        notes.append(_("The person needs an interpreter, and nobody is named. Find one before the next talk."))
    return [{"text": note} for note in notes]


def _node(actor: Actor, file: CaseFile, now: datetime) -> dict[str, Any]:
    """For the co-ordinator: clocks by name, none of the sentences, words or names."""
    rows = [
        {
            "cells": {
                "clock": path.clock_title(clock.code),
                "started": timezone.localdate(clock.started_on),
                "due": {"when": clock.due_on},
                "state": _clock_tag(path.clock_band(clock, now)),
            }
        }
        for clock in file.clocks
    ]
    table = {
        "caption": _("Clocks"),
        "caption_hidden": True,
        "columns": [
            {"key": "clock", "label": _("What runs")},
            {"key": "started", "label": _("Since")},
            {"key": "due", "label": _("Due")},
            {"key": "state", "label": _("State")},
        ],
        "rows": rows,
        "empty": _("No clock runs."),
    }
    more = chapters.on_case_page(actor, file.case, file.relationship, now)
    bands = [*(path.clock_band(clock, now) for clock in file.clocks), *more["chapter_bands"]]
    duties = agreed.lines(file.case, may_note=False)
    return {
        **more,
        "clocks": table,
        "bands": bands,
        "organisation": file.case.organisation,
        "agreed_duties": duties,
    }


def _clock_tag(band: dict[str, Any]) -> dict[str, str]:
    kinds = {"running": "plain", "overdue": "overdue", "ended": "done"}
    return {"tag": band["state_label"], "kind": kinds.get(band["state"], "plain")}


def _full(actor: Actor, file: CaseFile, now: datetime) -> dict[str, Any]:
    """The file, for whoever works with the person."""
    found = file.case
    help_given = assistance_context(actor, found, now, file.relationship)
    referrals = (help_given["assistance"] or {}).get("referrals", [])
    can, more = _can(actor, file), chapters.on_case_page(actor, found, file.relationship, now)
    steps = [*path.help_steps(found, help_given["assistance"]), *more["chapter_steps"]]
    return {
        "file": file,
        "can": can,
        **help_given,
        **more,
        "steps": path.next_things(actor, file, steps, now),
        "bands": path.bands(file, [*path.referral_bands(referrals, now), *more["chapter_bands"]], now),
        "clocks": [_clock_line(file, clock, can) for clock in file.running],
        "sentences": shown.consent_sentences(file, may_withdraw=can["withdraw"]),
        "overrides": [shown.override_line(one) for one in file.overrides],
        "own_views": [shown.assessment_card(found, one) for one in file.own_views],
        "assessments": [shown.assessment_card(found, one) for one in file.by_authorities],
        "decisions": [shown.decision_card(found, one) for one in reversed(file.decisions)],
        "refusals": [shown.refusal_line(found, one) for one in file.refusals],
        "disputes": [_dispute(found, one) for one in file.age_disputes],
        "tellings": [_telling(one) for one in file.information],
        "compartments": [_compartment(actor, file, one) for one in file.compartments],
        "workers": ", ".join(one.user.full_name for one in file.assignments),
        "language": shown.language_label(found.language),
        "agreed_duties": _agreed(actor, file),
        "parts": [{"text": text, "href": f"#{at}"} for at, text in PARTS if at != "needs" or help_given["assistance"]],
    }


def _can(actor: Actor, file: CaseFile) -> dict[str, bool]:
    """Which buttons the page shows. Mandates count as well: nobody is offered what their body may not do."""
    can = {name: may(actor, act, file.relationship) for name, act in ACTS.items()}
    decides = bool(set(DECIDING) & actor.functions)
    referred = file.relationship is Relationship.REFERRED_TO
    can["assessment"] = can["assessment"] and not referred and "assess" in actor.functions
    can["decide_age"] = can["decide_age"] and "assess" in actor.functions
    can["decide"], can["answer"] = can["decide"] and decides, can["answer"] and decides
    return can


def _agreed(actor: Actor, file: CaseFile) -> list[dict[str, Any]]:
    """What bodies agreed to do about this case; a recipient is not told whom else it was told."""
    if file.relationship is Relationship.REFERRED_TO:
        return []
    return agreed.lines(file.case, may_note=may(actor, "agreed_duty.record", file.relationship))


def _clock_line(file: CaseFile, clock: Clock, can: Mapping[str, bool]) -> dict[str, Any]:
    """A running clock with what may be done about it."""
    actions = []
    for name, words in (("extend", _("Extend")), ("end", _("End"))):
        if can[name] and not clock.subject_type:
            href = reverse(f"casework:clock_{name}", args=[file.case.code, clock.pk])
            actions.append({"text": words, "href": href, "about": path.clock_title(clock.code)})
    return {"key": path.clock_title(clock.code), "value": {"when": clock.due_on}, "actions": actions}


def _dispute(found: Case, row: AgeDispute) -> dict[str, Any]:
    return {
        "id": row.pk,
        "raised_on": row.raised_on,
        "raised_by": row.raised_by.full_name,
        "decided_on": row.decided_on,
        "result": row.get_result_display() if row.result else "",
        "evidence": shown.words_link(found, row.evidence),
        "reasons": shown.words_link(found, row.result_reasons),
    }


def _telling(row: InformationGiven) -> dict[str, Any]:
    return {
        "on": row.told_on,
        "language": shown.language_label(row.language),
        "interpreter": row.interpreter,
        "by": row.told_by.full_name,
        "items": told_labels(row.items),
        "version": row.pack_version,
    }


def told_labels(codes: Iterable[str]) -> list[str]:
    """What was told, by the names of the points."""
    names = {raw["code"]: raw["label"] for raw in load_packs().get("rights_information", "rights").data["items"]}
    return [_(names.get(code, code)) for code in codes]


def _compartment(actor: Actor, file: CaseFile, one: CompartmentShown) -> dict[str, Any]:
    """A sealed compartment from outside, and for which purposes it may be opened now."""
    args = [file.case.code, one.compartment.value]
    return {
        "part": one.compartment.value,
        "label": one.compartment.label,
        "empty": one.version == 0,
        "changed_at": one.changed_at,
        "open_href": reverse("casework:compartment_open", args=args) if one.may_open else "",
        "edit_href": reverse("casework:compartment_edit", args=args) if one.may_save else "",
        "by_two_href": reverse("casework:second_ask", args=args) if one.may_open and one.by_two else "",
        "purposes": purposes_for(actor, file, one.compartment),
    }


def purposes_for(actor: Actor, file: CaseFile, part: Compartment) -> list[tuple[str, Any]]:
    """What one may say that one opens it for: keeping the file where it is kept, else what a living sentence names."""
    agreed = [
        one.consent.purpose
        for one in file.consents
        if one.live
        and part in one.consent.compartments
        and (file.relationship is not Relationship.REFERRED_TO or one.consent.recipient_id == actor.keeper_id)
    ]
    kept = [] if file.relationship is Relationship.REFERRED_TO else [Purpose.KEEP.value]
    # On a confirmed override the law names the purpose, and no sentence does.
    return [(code, Purpose(code).label) for code in dict.fromkeys([*kept, *agreed])] or [
        (Purpose.KEEP.value, Purpose.KEEP.label)
    ]

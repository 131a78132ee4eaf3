"""A chapter of a case: its records, each drawn by its own template; and what of it stands on the page of the case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fener.casework import access
from fener.casework.chapters import finding
from fener.casework.chapters.contract import Reader, Record
from fener.casework.domain.codes import alias_label
from fener.casework.models import Case
from fener.casework.models.line import CaseLine, FormDraft
from fener.casework.selectors import cases, lines
from fener.casework.services import drafts
from fener.casework.services.reading import record_read
from fener.casework.views.common import IMPLIED, case_url
from fener.trust.actor import Actor
from fener.trust.decorators import StaffRequest, staff
from fener.trust.errors import Refused
from fener.trust.policy import Relationship


@staff
@require_GET
def chapter(request: StaffRequest, code: str, chapter: str) -> HttpResponse:
    """One chapter of a case, with the records of it that the reader may see. Others look absent."""
    now = timezone.now()
    case, found = cases.get_with_all(request.actor, code, at=now)
    asked = finding.chapter(chapter)
    may = lines.readable(request.actor, found)
    shown = [one for one in asked.records if one.code in may and one.concerns(case)] if asked else []
    if asked is None or not shown:
        raise Refused(act=access.READ)
    record_read(
        actor=request.actor, case=case, in_full=access.allowed(request.actor, access.READ_FILE, found) is not None
    )
    reader = Reader(request.actor, case, found, now)
    context = {
        "case": case,
        "alias": alias_label(case.alias),
        "back": case_url(case, "chapters"),
        "chapter": asked,
        "sections": [_section(reader, record) for record in shown],
        "now": now,
    }
    return render(request, "casework/chapters/chapter.html", context)


def _section(reader: Reader, record: Record) -> dict[str, Any]:
    """One kind of record on the page of its chapter."""
    doors = [
        {"text": door.text, "href": reverse(door.url_name, args=[reader.case.code])}
        for door in record.doors
        if door.concerns(reader.case) and access.allowed(reader.actor, door.act, reader.found) is not None
    ]
    return {
        "anchor": record.code.partition(".")[2],
        "title": record.title,
        "template": record.template,
        "doors": doors,
        "shown": record.section(reader),
    }


@staff
@require_POST
def throw_away(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """Take away what one left unfinished oneself."""
    case, _how = cases.get(request.actor, code)
    draft = next((each for each in lines.drafts(request.actor, case) if each.pk == pk), None)
    if draft is None:
        raise Refused(act="draft.throw_away")
    drafts.throw_away(actor=request.actor, case=case, form=draft.form)
    return HttpResponseRedirect(case_url(case, "chapters"))


def on_case_page(actor: Actor, case: Case, relationship: Relationship, now: datetime) -> dict[str, Any]:
    """``chapters`` (one card each), ``empty_chapters`` (a link each), ``chapter_bands`` for the time line,
    ``chapter_steps`` for what comes next, and ``unfinished``. Two queries."""
    found = lines.on_case(actor, case, IMPLIED.get(relationship, frozenset({relationship})))
    every = [line for one in found for line in one.lines]
    left = lines.drafts(actor, case) if relationship is not Relationship.NODE else []
    cards = [
        {
            "title": one.chapter.title,
            "href": reverse("casework:chapter", args=[case.code, one.chapter.code]),
            "lines": [_line(line, now) for line in one.lines if line.shown],
        }
        for one in found
    ]
    return {
        "chapters": [card for card in cards if card["lines"]],
        "empty_chapters": [card for card in cards if not card["lines"]],
        "chapter_bands": list(_bands(case, every, now)),
        "chapter_steps": [_step(case, line) for line in every if line.due is not None],
        "unfinished": [_left(draft) for draft in left],
    }


def _url(case: Case, line: CaseLine) -> str:
    chapter, _dot, anchor = line.record.partition(".")
    return f"{reverse('casework:chapter', args=[case.code, chapter])}#{anchor}"


def _line(line: CaseLine, now: datetime) -> dict[str, Any]:
    overdue = line.due is not None and line.due < now
    tag = {"text": _("overdue"), "kind": "overdue"} if overdue else None
    return {"text": lines.words(line), "due": line.due, "tag": tag, "urgent": line.urgent}


def _bands(case: Case, every: Iterable[CaseLine], now: datetime) -> Iterable[dict[str, Any]]:
    today = timezone.localdate(now)
    for line in every:
        if line.starts is None:
            continue
        overdue = line.due is not None and line.due < now
        over = line.ends is not None and line.ends < today and line.due is None
        planned = line.starts > today
        state = "overdue" if overdue else "ended" if over else "planned" if planned else "running"
        words = {"overdue": _("overdue"), "ended": _("ended"), "planned": _("planned"), "running": _("running")}
        end = line.ends or (timezone.localdate(line.due) if line.due else None) or max(today, line.starts)
        yield {
            "label": lines.words(line),
            "kind": "clock",
            "start": line.starts,
            "end": max(end, line.starts),
            "state": state,
            "state_label": words[state],
            "href": _url(case, line),
        }


def _step(case: Case, line: CaseLine) -> dict[str, Any]:
    return {"text": lines.words(line), "due": line.due, "href": _url(case, line)}


def _left(draft: FormDraft) -> dict[str, Any]:
    return {"href": draft.path, "left_at": draft.left_at}

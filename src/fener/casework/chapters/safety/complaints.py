"""Complaints on the page of the chapter: to those who wrote them down or answer them. No line tells of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework import access
from fener.casework.chapters.contract import Door, NewLine, Reader, Record
from fener.casework.chapters.safety.words import label, words_href
from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.models.safety.complaint import Complaint
from fener.casework.selectors.safety.complaints import complaints
from fener.casework.services.safety.complaints import RECORD as CODE


def lines(case: Case) -> Iterator[NewLine]:
    """None: lines are read by everybody who works on the file, whom a complaint is about among them."""
    yield from ()


def words(line: CaseLine) -> str:
    """Never asked, as there is no line."""
    return _("Complaints")


def section(reader: Reader) -> Mapping[str, Any]:
    """The complaints that the reader may know of."""
    return {"complaints": [_shown(reader, one) for one in complaints(reader)]}


def _shown(reader: Reader, one: Complaint) -> dict[str, Any]:
    waits = one.answered_on is None
    late = waits and one.answer_due_on < timezone.localdate(reader.at)
    mine = one.answerer_id == reader.actor.user_id
    may = waits and mine and access.allowed(reader.actor, "complaint.answer", reader.found) is not None
    return {
        "what": one.about_user.get_full_name() if one.about_user else label("incident_author", one.about),
        "channel": label("complaint_channel", one.channel),
        "made_on": one.made_on,
        "due_on": one.answer_due_on,
        "answered_on": one.answered_on,
        "answerer": one.answerer.get_full_name() or one.answerer.username,
        "tag": _("overdue") if late else _("open") if waits else _("answered"),
        "kind": "overdue" if late else "soon" if waits else "done",
        "words": words_href(reader, one.words_id),
        "answer": words_href(reader, one.answer_id),
        "sent": {"to": one.sent_to.name, "on": one.sent_on} if one.sent_to else None,
        "href": reverse("casework:complaint_answer", args=[reader.case.code, one.pk]) if may else "",
        "pass_on": _door(reader, one, "complaint.pass_on", "complaint_pass_on") if one.passed_on is None else "",
        "send": _door(reader, one, "complaint.send", "complaint_send") if one.sent_to is None else "",
    }


def _door(reader: Reader, one: Complaint, act: str, name: str) -> str:
    """Where it goes on, while it waits for its answer; empty to whoever may not do it."""
    if one.answered_on is not None or access.allowed(reader.actor, act, reader.found) is None:
        return ""
    return reverse(f"casework:{name}", args=[reader.case.code, one.pk])


RECORD = Record(
    code=CODE,
    title=gettext_lazy("Complaints"),
    list_act="complaint.list",
    lines=lines,
    words=words,
    section=section,
    template="casework/safety/_complaints.html",
    doors=(Door(act="complaint.record", text=gettext_lazy("The person complains"), url_name="casework:complaint_new"),),
    in_copy=False,
)

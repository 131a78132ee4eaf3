"""The lines of a case as somebody may read them; what they make due, for Today and for the co-ordinator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from fener.casework import access
from fener.casework.chapters.contract import Chapter, Record
from fener.casework.chapters.finding import chapters, records
from fener.casework.models import Case
from fener.casework.models.hiding import NOBODY, immigration
from fener.casework.models.line import CaseLine, FormDraft
from fener.casework.selectors.tasks import AHEAD, in_my_cases
from fener.casework.selectors.worklist import LONGEST, Task, provide
from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.policy import Relationship


@dataclass(frozen=True)
class Shown:
    """A chapter with those of its records that the reader may see, and their lines."""

    chapter: Chapter
    records: tuple[Record, ...]
    lines: tuple[CaseLine, ...]


def readable(actor: Actor, found: Iterable[Relationship]) -> dict[str, Record]:
    """The kinds of record that the actor may list in one of these relationships to a case. No query."""
    relationships = frozenset(found)
    return {
        code: record
        for code, record in records().items()
        if access.allowed(actor, record.list_act, relationships) is not None
    }


def on_case(actor: Actor, case: Case, found: Iterable[Relationship]) -> list[Shown]:
    """The chapters of a case that the actor may read, with their lines. One query, whatever their number."""
    may = {code: record for code, record in readable(actor, found).items() if record.concerns(case)}
    found_lines = _within(actor, case, may).order_by("record", "due", "pk") if may else ()
    lines = [line for line in found_lines if may[line.record].line_is_for(actor, line)]
    return [
        Shown(
            chapter,
            tuple(record for record in chapter.records if record.code in may),
            tuple(line for line in lines if may[line.record].chapter == chapter.code),
        )
        for chapter in chapters()
        if any(record.code in may for record in chapter.records)
    ]


def _within(actor: Actor, case: Case, may: Mapping[str, Record]) -> QuerySet[CaseLine]:
    rows = CaseLine.objects.filter(_not_of_labour(actor, may), case=case, record__in=may)
    for code, record in may.items():
        if record.lines_within is not None and (reached := record.lines_within(actor, case)):
            rows = rows.filter(~Q(record=code) | reached)
    return rows


def _not_of_labour(actor: Actor, may: Mapping[str, Record]) -> Q:
    """All lines, and for an immigration service those alone that tell it nothing of work and wages."""
    return ~Q(record__in=[code for code, record in may.items() if not record.to_immigration]) | ~Q(immigration(actor))


def words(line: CaseLine) -> str:
    """One line in the reader's language; empty for one whose record is gone from the program."""
    record = records().get(line.record)
    return record.words(line) if record else ""


def drafts(actor: Actor, case: Case) -> list[FormDraft]:
    """What the actor left unfinished on a case, the latest first."""
    return list(FormDraft.objects.filter(case=case, user_id=actor.user_id or NOBODY).order_by("-left_at"))


def _due(actor: Actor, at: datetime) -> Iterator[Task]:
    """What is due on the actor's own cases, of every chapter, in one question."""
    may = readable(actor, (Relationship.SAME_ORGANISATION, Relationship.ASSIGNED))
    if actor.keeper_id is None or not may:
        return
    rows = CaseLine.objects.filter(in_my_cases(actor), _not_of_labour(actor, may), record__in=may, due__lt=at + AHEAD)
    for line in rows.select_related("case").order_by("due", "pk")[:LONGEST]:
        if not may[line.record].line_is_for(actor, line):
            continue
        code, chapter = line.case.code, may[line.record].chapter
        yield Task(line.due, words(line), "casework:chapter", (code, chapter), line.record, code, urgent=line.urgent)


def _overdue_for_the_node(actor: Actor, at: datetime) -> Iterator[Task]:
    """What is overdue and concerns the mechanism as a whole: codes and dates, for whoever co-ordinates."""
    may = readable(actor, (Relationship.NODE,))
    if not may or not policy.decide(actor, "board.read", Relationship.NODE).allowed:
        return
    seen = Case.objects.for_actor(actor).filter(state__in=("Active", "FollowUp"), pk=OuterRef("case_id"))
    rows = CaseLine.objects.filter(Exists(seen), record__in=may, for_node=True, due__lt=at)
    for line in rows.select_related("case").order_by("due", "pk")[:LONGEST]:
        yield Task(line.due, words(line), "casework:case", (line.case.code,), line.record, line.case.code)


def _unfinished(actor: Actor, at: datetime) -> Iterator[Task]:
    if actor.user_id is None:
        return
    rows = FormDraft.objects.filter(in_my_cases(actor), user_id=actor.user_id).select_related("case")
    for draft in rows.order_by("left_at")[:LONGEST]:
        text = _("Finish a form that you left")
        yield Task(None, text, "casework:case", (draft.case.code,), "draft", draft.case.code)


for _name, _source in (
    ("casework.lines", _due),
    ("casework.lines_for_the_node", _overdue_for_the_node),
    ("casework.drafts", _unfinished),
):
    provide(_name, _source)

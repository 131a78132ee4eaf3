"""Complaints, as those who wrote them down or answer them may read them. To everybody else there are none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.chapters.contract import Reader
from fener.casework.models import Case
from fener.casework.models.safety.complaint import Complaint
from fener.casework.selectors import worklist
from fener.casework.selectors.worklist import Task
from fener.casework.services.safety.complaints import readers
from fener.trust.actor import Actor
from fener.trust.errors import Refused
from fener.trust.roles import Role

LONGEST = 50
NAMES = ("recorded_by", "answerer", "about_user", "sent_to")


def complaints(reader: Reader) -> list[Complaint]:
    """The complaints of a case that the reader may know of, the latest first. One query. Raises Refused."""
    access.require(reader.actor, "complaint.list", reader.found)
    rows = Complaint.objects.filter(readers(reader.actor), case=reader.case)
    return list(rows.select_related(*NAMES).order_by("-made_on", "pk"))


def known_complaint(actor: Actor, case: Case, pk: UUID, act: str) -> Complaint:
    """One complaint that the actor wrote down or answers. Raises Refused, hidden: any other looks absent."""
    found = Complaint.objects.filter(readers(actor), case=case, pk=pk).first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found


def complaint_of(actor: Actor, case: Case, pk: UUID, act: str) -> Complaint:
    """One complaint that waits for the actor's answer. Raises Refused, hidden: any other looks absent."""
    found = Complaint.objects.filter(readers(actor), case=case, pk=pk, answerer_id=actor.user_id).first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found


def tasks(actor: Actor, at: datetime) -> Iterator[Task]:
    """What the actor has to answer; to the co-ordinator, that one is overdue and of which case. One query."""
    waiting = Complaint.objects.filter(answered_on__isnull=True).select_related("case").order_by("answer_due_on", "pk")
    for one in _to_answer(waiting, actor)[:LONGEST]:
        yield Task(
            due=access_end(one),
            text=_("Answer a complaint"),
            url_name="casework:complaint_answer",
            args=(one.case.code, one.pk),
            kind="safety.complaints",
            case_code=one.case.code,
        )
    if actor.has_role(Role.MECHANISM_COORDINATOR):
        late = waiting.filter(answer_due_on__lt=timezone.localdate(at), case__in=Case.objects.visible_to(actor))
        for one in late.exclude(answerer_id=actor.user_id)[:LONGEST]:
            yield Task(
                due=access_end(one),
                text=_("A complaint was not answered in time"),
                url_name="casework:case",
                args=(one.case.code,),
                kind="safety.complaints",
                case_code=one.case.code,
            )


def access_end(one: Complaint) -> datetime:
    """The last moment for the answer."""
    return timezone.make_aware(datetime.combine(one.answer_due_on, datetime.max.time().replace(microsecond=0)))


def _to_answer(waiting: QuerySet[Complaint], actor: Actor) -> QuerySet[Complaint]:
    mine = Case.objects.visible_to(actor)
    return waiting.filter(readers(actor), answerer_id=actor.user_id, case__in=mine)


worklist.provide("safety.complaints", tasks)

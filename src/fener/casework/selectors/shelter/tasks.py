"""What is due on stays in the own body's houses whose file another body keeps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef

from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.selectors.lines import readable, words
from fener.casework.selectors.shelter.reach import in_own_houses
from fener.casework.selectors.tasks import AHEAD, OPEN_STATES
from fener.casework.selectors.worklist import LONGEST, Task, provide
from fener.trust.actor import Actor
from fener.trust.policy import Relationship

RECORDS = ("shelter.stays", "shelter.restrictions")


def _residents(actor: Actor, at: datetime) -> Iterator[Task]:
    """Limits, exit plans and reviews of whom another body referred to the own houses."""
    may = [code for code in readable(actor, (Relationship.REFERRED_TO,)) if code in RECORDS]
    if actor.keeper_id is None or not may:
        return
    lent = Case.objects.lent_to(actor).filter(state__in=OPEN_STATES, pk=OuterRef("case_id"))
    rows = CaseLine.objects.filter(Exists(lent), in_own_houses(actor), record__in=may, due__lt=at + AHEAD)
    for line in rows.select_related("case").order_by("due", "pk")[:LONGEST]:
        code = line.case.code
        yield Task(line.due, words(line), "casework:chapter", (code, "shelter"), line.record, code, urgent=line.urgent)


provide("casework.residents", _residents)

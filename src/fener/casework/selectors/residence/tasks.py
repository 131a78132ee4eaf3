"""What residence puts on the co-ordinator's Today: how many people wait too long for a decision (rule ID-31)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone
from django.utils.translation import ngettext

from fener.casework.selectors.residence.limbo import overdue
from fener.casework.selectors.worklist import Task, provide
from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.policy import Relationship


def _limbo(actor: Actor, at: datetime) -> Iterator[Task]:
    if not policy.decide(actor, "limbo.list", Relationship.NODE).allowed:
        return
    count = overdue(actor, timezone.localdate(at))
    if count:
        text = ngettext(
            "%(count)s decision that somebody waits for is overdue",
            "%(count)s decisions that people wait for are overdue",
            count,
        ) % {"count": count}
        yield Task(None, text, "casework:limbo", (), "limbo")


provide("residence.limbo", _limbo)

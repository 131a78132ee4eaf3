"""On Today of whoever looks after a body: workers whose supervision is late, or who never had one (rule QM-02)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time

from django.utils import timezone
from django.utils.translation import ngettext

from fener.casework.selectors import worklist
from fener.casework.selectors.quality.team import team
from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.policy import Relationship


def late(actor: Actor, at: datetime) -> Iterator[worklist.Task]:
    """One line with the number of workers. No query for anybody else."""
    if not policy.decide(actor, "supervision.list", Relationship.SAME_ORGANISATION).allowed:
        return
    rows = [row for row in team(actor, on=timezone.localdate(at)) if any(flag.rule == "QM-02" for flag in row.flags)]
    if rows:
        first = min((row.due for row in rows if row.due), default=None)
        yield worklist.Task(
            due=timezone.make_aware(datetime.combine(first, time.max.replace(microsecond=0))) if first else None,
            text=ngettext(
                "%(count)s worker is without supervision", "%(count)s workers are without supervision", len(rows)
            )
            % {"count": len(rows)},
            url_name="casework:team",
            args=(),
            kind="quality.supervision",
        )


worklist.provide("quality.supervision", late)

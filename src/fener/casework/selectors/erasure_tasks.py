"""On Today: erasures that wait for somebody who looks at them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import ngettext

from fener.casework.selectors.worklist import Task, provide
from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.models import Erasure
from fener.trust.policy import Relationship
from fener.trust.roles import Role


def tasks(actor: Actor, at: datetime) -> Iterable[Task]:
    """One line for all of them; it names neither a file nor a person. One query."""
    if not policy.decide(actor, "erasure.list", Relationship.SAME_ORGANISATION):
        return []
    waiting = Erasure.objects.filter(holder_id=actor.keeper_id, state=Erasure.State.PROPOSED)
    waiting = waiting.exclude(proposed_by_id=actor.user_id)
    if not actor.has_role(Role.CASE_MANAGER):
        waiting = waiting.exclude(kind="case")  # files are looked at by those who work on files
    count = waiting.count()
    if not count:
        return []
    words = ngettext("%(count)s erasure waits for a look", "%(count)s erasures wait for a look", count)
    return [Task(due=None, text=words % {"count": count}, url_name="casework:erasures", args=(), kind="erasure")]


def register() -> None:
    """Add the source to the worklist. Called by the room's ``AppConfig.ready``."""
    provide("erasures", tasks)

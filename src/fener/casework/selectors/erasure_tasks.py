"""On Today: erasures that wait for somebody who looks at them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import ngettext

from fener.casework.models import hiding
from fener.casework.selectors.worklist import Task, provide
from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.models import Erasure
from fener.trust.policy import Relationship
from fener.trust.roles import Role


def tasks(actor: Actor, at: datetime) -> Iterable[Task]:
    """One line for all of them; it names neither a file nor a person. At most two queries.

    What the list behind it leaves out is not counted either: protected files, and those from which one is shut out.
    """
    if not policy.decide(actor, "erasure.list", Relationship.SAME_ORGANISATION):
        return []
    waiting = Erasure.objects.filter(holder_id=actor.keeper_id, state=Erasure.State.PROPOSED)
    waiting = waiting.exclude(proposed_by_id=actor.user_id)
    if not actor.has_role(Role.CASE_MANAGER):
        waiting = waiting.exclude(kind="case")  # files are looked at by those who work on files
    found = list(waiting.exclude(hiding.shut_out(actor, "subject_id")).values_list("kind", "subject_id"))
    hidden = set(hiding.protected_cases()) if any(kind == "case" for kind, _subject in found) else set()
    count = sum(subject not in hidden for _kind, subject in found)
    if not count:
        return []
    words = ngettext("%(count)s erasure waits for a look", "%(count)s erasures wait for a look", count)
    return [Task(due=None, text=words % {"count": count}, url_name="casework:erasures", args=(), kind="erasure")]


def register() -> None:
    """Add the source to the worklist. Called by the room's ``AppConfig.ready``."""
    provide("erasures", tasks)

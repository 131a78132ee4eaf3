"""Acts that no list of the audit shows: they are on a subject whose very existence is concealed.

The entries are there, chained and verified like all others, and those who may see the subject read them beside it. What
is concealed is known to the room that owns the subject; it says so here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from uuid import UUID

from django.db.models import Q, QuerySet

from fener.trust.actor import Actor
from fener.trust.models import AuditEntry

Subjects = Callable[[], Collection[UUID]]
SubjectsFrom = Callable[[Actor], Collection[UUID]]
_concealed: dict[str, Subjects] = {}
_concealed_from: dict[str, SubjectsFrom] = {}


def conceal(name: str, subjects: Subjects) -> None:
    """Add the ids of subjects that are concealed now, under a name, once. Called by a room's ``AppConfig.ready``."""
    _concealed[name] = subjects


def conceal_from(name: str, subjects: SubjectsFrom) -> None:
    """Add the ids of subjects that are concealed from one reader (whom somebody shut out), under a name, once."""
    _concealed_from[name] = subjects


def without_concealed(entries: QuerySet[AuditEntry], reader: Actor) -> QuerySet[AuditEntry]:
    """The entries but for those on the chain of a subject that is concealed (from this reader), or about it.

    One query for each room that conceals.
    """
    found = [subjects() for subjects in _concealed.values()]
    for each in (*found, *(subjects(reader) for subjects in _concealed_from.values())):
        ids = list(each)
        if not ids:
            continue
        entries = entries.exclude(Q(chain__kind="case") & Q(chain__chain_id__in=ids)).exclude(
            Q(subject_id__isnull=False) & Q(subject_id__in=ids)
        )
    return entries

"""Acts that no list of the audit shows: they are on a subject whose very existence is concealed.

The entries are there, chained and verified like all others, and those who may see the subject read them beside it. What
is concealed is known to the room that owns the subject; it says so here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from uuid import UUID

from django.db.models import Q, QuerySet

from fener.trust.models import AuditEntry

Subjects = Callable[[], Collection[UUID]]
_concealed: dict[str, Subjects] = {}


def conceal(name: str, subjects: Subjects) -> None:
    """Add the ids of subjects that are concealed now, under a name, once. Called by a room's ``AppConfig.ready``."""
    _concealed[name] = subjects


def without_concealed(entries: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
    """The entries but for those on a concealed subject's chain, or about it. One query for each room that conceals."""
    for subjects in _concealed.values():
        ids = list(subjects())
        if not ids:
            continue
        entries = entries.exclude(Q(chain__kind="case") & Q(chain__chain_id__in=ids)).exclude(
            Q(subject_id__isnull=False) & Q(subject_id__in=ids)
        )
    return entries

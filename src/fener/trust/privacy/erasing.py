"""Carrying an erasure out: keys are destroyed, and each declared field becomes what its declaration says (proof 6).

Nothing here knows a table: what is emptied, coarsened or deleted follows from the declaration, so that a new field
cannot be forgotten. The record of who did what (the audit) holds ids and codes, and stays whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string

from fener.trust import audit, policy
from fener.trust.actor import Actor
from fener.trust.policy import Relationship
from fener.trust.privacy import registry
from fener.trust.privacy.declaration import About, Erase
from fener.trust.privacy.kinds import Kind


@transaction.atomic
def erase(*, actor: Actor, kind: Kind, subject_id: UUID, at: datetime) -> dict[str, int]:
    """Erase everything about one file; rows that were changed, by table. A job without keys may, and nobody else.

    Idempotent: what is erased already is gone through once more and stays as it is. Raises Refused.
    """
    policy.require(actor, "erasure.carry_out", Relationship.NONE)
    subjects = {subject_id}
    for module in registry.modules():
        if hasattr(module, "related"):  # a room above knows other ids under which the same person's words are sealed
            subjects |= module.related(subject_id)
    with overwriting():
        kind.prepare(subject_id, at)
        changed = Counter[str]()
        for about in registry.models().values():
            if about.file:
                changed[about.model] += erase_rows(about, subjects)
    audit.record(
        actor=actor,
        act="erasure.carry_out",
        chain=kind.chain(subject_id),
        subject_type=kind.code,
        subject_id=subject_id,
        detail={"rows": sum(changed.values()), "tables": sum(1 for count in changed.values() if count)},
    )
    return dict(+changed)


def erase_rows(about: About, subjects: Iterable[UUID]) -> int:
    """Every row of one table that belongs to these files; how many."""
    model = apps.get_model(about.model)
    belongs = Q(pk__in=[])
    for lookup in about.file:
        belongs |= Q(**{f"{lookup}__in": list(subjects)})
    keys = list(model._base_manager.filter(belongs).order_by("pk").values_list("pk", flat=True).distinct())
    rows = model._base_manager.filter(pk__in=keys)
    if any(one.erasure is Erase.ROW for one in about.personal.values()):
        rows.delete()
        return len(keys)
    for row in rows:
        changes = changes_of(about, row)
        if changes:
            model._base_manager.filter(pk=row.pk).update(**changes)
    return len(keys)


def changes_of(about: About, row: models.Model) -> dict[str, Any]:
    """What each declared field of a row becomes, for those that do not stay as they are."""
    days = {name: getattr(row, name) for name, one in about.personal.items() if one.erasure is Erase.YEAR}
    changes: dict[str, Any] = {**_moved(days, datetime), **_moved(days, date)}
    for name, one in about.personal.items():
        spec = row._meta.get_field(name)
        value = getattr(row, spec.attname if isinstance(spec, models.ForeignKey) else name)
        if one.erasure is Erase.BLANK:
            changes[name] = blank_of(spec)
        elif one.erasure is Erase.COARSEN:
            changes[name] = import_string(about.coarsen[name])(value)
        elif one.erasure is Erase.NEW_CODE:
            changes[name] = _free(about, name)
        elif one.erasure is Erase.DESTROY_KEY and isinstance(spec, models.BinaryField):
            changes[name] = b""
    return changes


def blank_of(spec: Any) -> Any:
    """Nothing, as this field holds it. Raises TypeError for a field that cannot be empty."""
    if spec.null:
        return None
    if spec.has_default():
        return spec.get_default()
    if isinstance(spec, models.CharField | models.TextField):
        return ""
    if isinstance(spec, models.BinaryField):
        return b""
    raise TypeError(f"{spec} cannot be empty: declare another erasure")


def _moved(values: dict[str, Any], kind: type[date]) -> dict[str, Any]:
    """The dates (or the moments) of one row, moved together so that the first is the first of its year.

    The year is left, and how long things took: figures of waiting times would otherwise lie.
    """
    mine = {name: value for name, value in values.items() if type(value) is kind}
    if not mine:
        return {}
    if kind is datetime:
        mine = {name: timezone.localtime(value) for name, value in mine.items() if isinstance(value, datetime)}
    first = min(mine.values())
    begins = first.replace(month=1, day=1)
    if isinstance(begins, datetime):
        begins = begins.replace(hour=0, minute=0, second=0, microsecond=0)
    return {name: begins + (value - first) for name, value in mine.items()}


def _free(about: About, name: str) -> str:
    model, make = apps.get_model(about.model), import_string(about.coarsen[name])
    while True:
        code: str = make()
        if not model._base_manager.filter(**{name: code}).exists():
            return code


@contextmanager
def overwriting() -> Iterator[None]:
    """The embedded engine overwrites what is deleted in this block instead of leaving it in unused pages."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete = ON")
        try:
            yield
        finally:
            cursor.execute("PRAGMA secure_delete = OFF")


def flush_log() -> None:
    """The embedded engine's write-ahead log still holds the pages from before: write it back and empty it."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")

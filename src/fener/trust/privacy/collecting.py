"""Everything that the tables hold about one file, read by the declaration: what is not declared cannot be forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Q

from fener.trust.privacy import registry
from fener.trust.privacy.declaration import About, Mask, Personal, Whose


@dataclass(frozen=True)
class Held:
    """One field of one row: its declaration, the model's field, and the value (for a link: the row it leads to)."""

    name: str
    declared: Personal
    spec: models.Field[Any, Any]
    value: Any


@dataclass(frozen=True)
class Row:
    """One row of one table, with the fields that the person may have."""

    about: About
    fields: tuple[Held, ...]


def files_of(subject_id: UUID) -> set[UUID]:
    """The ids under which the same person's words are sealed: the file's own, and those of its first contact."""
    found = {subject_id}
    for module in registry.modules():
        if hasattr(module, "related"):
            found |= module.related(subject_id)
    return found


def rows_of(subjects: Iterable[UUID], *, without: Iterable[str] = ()) -> Iterator[Row]:
    """Every row that belongs to these files, in the order of the declaration; fields kept from the person left out.

    What is about somebody else (``Whose.THIRD``) is left out too; so are empty values.
    """
    ids, left_out = list(subjects), set(without)
    for about in registry.models().values():
        if not about.file or about.model in left_out:
            continue
        model = apps.get_model(about.model)
        belongs = Q(pk__in=[])
        for lookup in about.file:
            belongs |= Q(**{f"{lookup}__in": ids})
        rows = model._base_manager.filter(belongs)
        if hidden := about.not_copied():
            rows = rows.exclude(**hidden)
        keys = list(rows.values_list("pk", flat=True).distinct())
        for row in model._base_manager.filter(pk__in=keys).order_by("pk"):
            held = tuple(_held(about, row))
            if held:
                yield Row(about, held)


def _held(about: About, row: models.Model) -> Iterator[Held]:
    for name, declared in about.personal.items():
        if not declared.exported or declared.whose is Whose.THIRD or declared.mask is Mask.NEVER:
            continue
        spec = row._meta.get_field(name)
        value = getattr(row, name)
        if value in (None, "", [], {}) or not isinstance(spec, models.Field):
            continue
        yield Held(name, declared, spec, value)

"""Cases that the services made, with every row that hangs on them, ready to be copied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from bench.scale.engines import Bulk
from fener.casework.models import Case
from fener.trust import vault
from fener.trust.actor import Actor
from fener.trust.models import AuditChain, AuditEntry, BlindToken, ItemGrant, SealedItem

ROOMS = ("trust", "network", "casework")
# Made anew for each copy and not copied: keys, tokens and the audit.
MADE_ANEW = (AuditChain, AuditEntry, BlindToken)
# What rows point at without belonging to it.
SHARED = ("trust.User", "trust.Keeper", "network.Organisation", "network.Desk", "network.Service", "network.Mandate")
Key = tuple[str, Any]  # (label of a model, primary key as the database keeps it)


@dataclass
class TemplateRow:
    """One row: its values, and which of them are replaced by what stands for them in a copy."""

    model: type[models.Model]
    values: tuple[Any, ...]
    replaced: list[tuple[int, Key]]  # place in the row -> whose new key
    texts: list[int]  # places of text in which an id of this case stands


@dataclass
class TemplateItem:
    """A sealed item: its row, what it says, and the rows of the keys to it."""

    row: TemplateRow
    key: Key
    compartment: str
    slot: str
    version: int
    content: dict[str, Any]
    grants: list[TemplateRow] = field(default_factory=list)


@dataclass
class Template:
    """A case with everything about it."""

    case_id: UUID
    case: TemplateRow
    rows: list[TemplateRow]
    items: list[TemplateItem]
    entries: list[AuditEntry]
    owned: list[tuple[type[models.Model], Any]]  # rows that get a key of their own
    opened: date


def columns(model: type[models.Model]) -> list[str]:
    return [each.column for each in model._meta.concrete_fields]


def read(bulk: Bulk, cases: Iterable[UUID], actors: Iterable[Actor]) -> list[Template]:
    """Every row of these cases. ``actors`` open what is sealed in them."""
    wanted = list(cases)
    found, owner = _closure(bulk, wanted)
    members = {actor.keeper_id: actor for actor in actors if actor.keyring is not None}
    by_case: dict[UUID, list[tuple[type[models.Model], Any, tuple[Any, ...]]]] = defaultdict(list)
    for (label, pk), values in found.items():
        by_case[owner[label, pk]].append((apps.get_model(label), pk, values))
    return [_template(bulk, case, by_case[case], members) for case in wanted]


def _closure(bulk: Bulk, cases: list[UUID]) -> tuple[dict[Key, tuple[Any, ...]], dict[Key, UUID]]:
    """All rows that point at these cases, directly or through others: (rows, whose they are)."""
    found: dict[Key, tuple[Any, ...]] = {}
    owner: dict[Key, UUID] = {}
    stored = {bulk.identity(case): case for case in cases}
    _look(bulk, Case, {"id": dict(stored)}, found, owner)
    grows = True
    while grows:
        grows = False
        for model in _candidates():
            asks: dict[str, dict[Any, UUID]] = {}
            for each in model._meta.concrete_fields:
                if each.is_relation and each.related_model and not _is_shared(each.related_model):
                    label = each.related_model._meta.label
                    asks[each.column] = {key: case for (of, key), case in owner.items() if of == label}
                elif each.name == "subject_id":
                    asks[each.column] = dict(stored)
            grows |= _look(bulk, model, {name: known for name, known in asks.items() if known}, found, owner)
    return found, owner


def _candidates() -> list[type[models.Model]]:
    return [
        model
        for room in ROOMS
        for model in apps.get_app_config(room).get_models()
        if model not in MADE_ANEW and not _is_shared(model) and model is not Case
    ]


def _is_shared(model: Any) -> bool:
    return model._meta.label in SHARED


def _look(
    bulk: Bulk,
    model: type[models.Model],
    asks: dict[str, dict[Any, UUID]],
    found: dict[Key, tuple[Any, ...]],
    owner: dict[Key, UUID],
) -> bool:
    names, label, new = columns(model), model._meta.label, False
    place = names.index(str(model._meta.pk.column))
    for column, known in asks.items():
        keys = list(known)
        for first in range(0, len(keys), 500):
            some = keys[first : first + 500]
            listed = ", ".join(f'"{name}"' for name in names)
            marks = ", ".join(["%s"] * len(some))
            sql = f'SELECT {listed} FROM {model._meta.db_table} WHERE "{column}" IN ({marks})'
            for values in bulk.rows(sql, some):
                key = (label, values[place])
                if key not in found:
                    found[key], owner[key], new = tuple(values), known[values[names.index(column)]], True
    return new


def _template(
    bulk: Bulk,
    case: UUID,
    rows: list[tuple[type[models.Model], Any, tuple[Any, ...]]],
    members: dict[UUID | None, Actor],
) -> Template:
    ids = {pk: (model._meta.label, pk) for model, pk, _values in rows if not isinstance(pk, int)}
    made = {(model._meta.label, pk): _row(model, values, ids) for model, pk, values in rows}
    items = _items(bulk, case, made, members)
    apart = {item.key for item in items} | {
        (ItemGrant._meta.label, grant.values[0]) for item in items for grant in item.grants
    }
    case_key = (Case._meta.label, bulk.identity(case))
    chain = AuditChain.objects.get(kind="case", chain_id=case)
    return Template(
        case_id=case,
        case=made[case_key],
        rows=[row for key, row in made.items() if key not in apart and key != case_key],
        items=items,
        entries=list(AuditEntry.objects.filter(chain=chain).order_by("seq")),
        owned=[(model, pk) for model, pk, _values in rows],
        opened=Case.objects.unscoped(reason="a case to copy").get(pk=case).opened_on,
    )


def _row(model: type[models.Model], values: tuple[Any, ...], ids: dict[Any, Key]) -> TemplateRow:
    replaced, texts = [], []
    for place, each in enumerate(model._meta.concrete_fields):
        value = values[place]
        if value is None:
            continue
        if each.primary_key and not each.is_relation:
            replaced.append((place, (model._meta.label, value)))
        elif each.is_relation and each.related_model is not None:
            replaced.append((place, (each.related_model._meta.label, value)))
        elif each.get_internal_type() == "UUIDField" and value in ids:
            replaced.append((place, ids[value]))
        elif isinstance(value, str) and len(value) > 36 and any(_dashed(key) in value for key in ids):
            texts.append(place)
    return TemplateRow(model, values, replaced, texts)


def _dashed(value: Any) -> str:
    return str(value if isinstance(value, UUID) else UUID(value))


def _items(
    bulk: Bulk, case: UUID, made: dict[Key, TemplateRow], members: dict[UUID | None, Actor]
) -> list[TemplateItem]:
    items = []
    grant_label = ItemGrant._meta.label
    grants = [row for (label, _pk), row in made.items() if label == grant_label]
    item_place = columns(ItemGrant).index("item_id")
    for item in SealedItem.objects.filter(subject_id=case).prefetch_related("grants"):
        key = (SealedItem._meta.label, bulk.identity(item.pk))
        grant = next(grant for grant in item.grants.all() if grant.keeper_id in members and grant.in_force)
        actor = members[grant.keeper_id]
        assert actor.keyring is not None
        held = actor.keyring.keeper_keys(grant.keeper_id)
        items.append(
            TemplateItem(
                row=made[key],
                key=key,
                compartment=item.compartment,
                slot=item.slot,
                version=item.version,
                content=vault._decrypt(item, vault._data_key(item, grant, held)),
                grants=[row for row in grants if row.values[item_place] == key[1]],
            )
        )
    return items

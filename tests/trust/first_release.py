"""Makes a database as the first release left it, with rows in every table, and prints nothing: run as a program.

Rows are built from the models as the migrations of that release describe them, so that this goes on working when the
models of today have moved on.
"""

from __future__ import annotations

import datetime
import os
import uuid
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fener.settings")

RELEASE = {
    "trust": "0003_first_password",
    "network": "0001_initial",
    "casework": "0002_case_opening_indexes",
    "contact": "0001_initial",
}
# Of other packages: their tables are theirs to upgrade, but sign-in has to go on.
OTHERS = {"contenttypes", "auth", "sessions", "account", "mfa"}
AT = datetime.datetime(2026, 3, 2, 9, 0, tzinfo=datetime.UTC)
ROWS = 2


def migrated_to_the_release() -> Any:
    """Migrate an empty database to that state; the apps as they were."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    # Step by step, as that release did it: what replaces those steps for a new node came later.
    executor.loader.replace_migrations = False
    executor.loader.build_graph()
    leaves = [key for key in executor.loader.graph.leaf_nodes() if key[0] in OTHERS]
    targets = [*leaves, *RELEASE.items()]
    executor.migrate(targets)
    return executor.loader.project_state(targets).apps


def value_of(field: Any, number: int, made: dict[Any, list[Any]]) -> Any:
    """Something that the column takes, different for each row."""
    from django.db import models

    if field.is_relation:
        there = made.get(field.related_model, [])
        return there[number % len(there)] if there else None
    if field.choices:
        return field.choices[number % len(field.choices)][0]
    kinds: list[tuple[type, Any]] = [
        (models.UUIDField, uuid.UUID(int=1000 + number)),
        (models.DateTimeField, AT + datetime.timedelta(hours=number)),
        (models.DateField, AT.date() + datetime.timedelta(days=number)),
        (models.BooleanField, bool(number % 2)),
        (models.JSONField, {"n": number, "words": "Ђорђе"}),
        (models.BinaryField, bytes([number]) * 9),
        (models.IntegerField, number + 1),
        (models.CharField, f"{field.name[:20]}-{number}-š"[: field.max_length or 40]),
        (models.TextField, f"{field.name}-{number}-ж"),
    ]
    return next(value for kind, value in kinds if isinstance(field, kind))


def fill(apps: Any) -> None:
    """Rows in every table of the product, what others point at first."""
    made: dict[Any, list[Any]] = {}
    waiting = [model for model in apps.get_models() if model._meta.app_label in RELEASE]
    audit = {"auditchain", "auditentry"}
    waiting = [model for model in waiting if model._meta.model_name not in audit and not model._meta.auto_created]
    while waiting:
        ready = [model for model in waiting if not _needs(model, waiting)]
        assert ready, f"a circle: {waiting}"
        for model in ready:
            made[model] = [_row(model, number, made) for number in range(ROWS)]
        waiting = [model for model in waiting if model not in ready]
    for model, rows in made.items():
        for field in model._meta.many_to_many:
            for row in rows:
                getattr(row, field.name).set(made.get(field.related_model, []))
    _audit(apps)


def _needs(model: Any, waiting: list[Any]) -> bool:
    points_at = [field.related_model for field in model._meta.concrete_fields if field.is_relation and not field.null]
    return any(other in waiting for other in points_at if other is not model)


def _row(model: Any, number: int, made: dict[Any, list[Any]]) -> Any:
    values = {
        field.name: value_of(field, number, made)
        for field in model._meta.concrete_fields
        if not (field.primary_key and field.get_internal_type().endswith("AutoField"))
        and not (field.is_relation and field.null)
    }
    return model.objects.create(**values | SPECIAL.get(model._meta.model_name, {}))


# Where a rule of the table asks for something in particular.
SPECIAL: dict[str, dict[str, Any]] = {
    "case": {"treated_as_child": True},
    "refusalofhelp": {"offer_stays_open": True},
    "referral": {"compartments": []},
}


def _audit(apps: Any) -> None:
    """A chain that holds, entry by entry, as the triggers want it."""
    from fener.trust.chain import GENESIS, digest, timestamp

    chains, entries = apps.get_model("trust", "AuditChain"), apps.get_model("trust", "AuditEntry")
    chain_id, head = uuid.UUID(int=7), GENESIS
    chain = chains.objects.create(kind="case", chain_id=chain_id, length=0, head=head)
    for seq in (1, 2, 3):
        kept = {
            "actor_id": None,
            "actor_keeper_id": None,
            "act": "case.read",
            "subject_type": "case",
            "subject_id": None,
            "purpose": "",
            "outcome": "done",
            "detail": {"n": seq},
        }
        hashed = digest(head, {"chain": f"case:{chain_id}", "seq": seq, "at": timestamp(AT), **kept})
        entries.objects.create(chain=chain, seq=seq, at=AT, prev_hash=head, hash=hashed, **kept)
        head = hashed
        chains.objects.filter(pk=chain.pk).update(length=seq, head=head)


if __name__ == "__main__":
    django.setup()
    from fener.trust import standing

    standing.take(standing.NODE)
    fill(migrated_to_the_release())

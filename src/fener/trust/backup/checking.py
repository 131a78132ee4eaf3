"""Is the restored node the one that was saved? Asked of the node itself, as its program sees it."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from fener.trust import audit, policy, triggers
from fener.trust.actor import Actor
from fener.trust.backup.contents import differences, read_contents
from fener.trust.backup.restoring import Restored
from fener.trust.installation import waiting_migrations
from fener.trust.policy import Relationship


def findings_of(restored: Restored) -> list[str]:
    """What is not as it should be, one line each: counts, audit, triggers, migrations. Empty: the node is whole."""
    expected = restored.seen.manifest.contents
    engine = "postgresql" if connection.vendor == "postgresql" else "sqlcipher"
    with transaction.atomic(), connection.cursor() as cursor:
        found = read_contents(cursor, engine)
    said = differences(expected, found)
    said += [f"audit: {broken.chain}, entry {broken.seq}: {broken.message}" for broken in audit.verify_database()]
    if lost := triggers.missing(connection):
        said.append(f"the database no longer refuses changes of the audit: {', '.join(sorted(lost))}")
    unknown = sorted(set(expected.migrations) - _known_migrations())
    if unknown:
        said.append(f"it was saved by a later version of the program, which knows {unknown[0]}: install that one")
    return said


def _known_migrations() -> set[str]:
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(None)
    replaced = {key for one in loader.disk_migrations.values() for key in one.replaces}
    return {f"{app}.{name}" for app, name in {*loader.disk_migrations, *replaced}}


def record_restore(*, actor: Actor, restored: Restored) -> bool:
    """Write the restore into the node's chain. False where changes of the database wait: then the upgrade comes first
    and whoever restored says so."""
    policy.require(actor, "node.restore", Relationship.NODE)
    waiting, _in_use = waiting_migrations()
    if waiting:
        return False
    detail = {"saved_at": datetime.fromisoformat(restored.seen.header.at), "sha256": restored.digest}
    with transaction.atomic():
        audit.record(actor=actor, act="node.restore", subject_type="node", subject_id=None, detail=detail)
    return True

"""What a database holds, in figures: the same question to the live one, to the copy, and to what was restored."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

from fener.trust.backup.manifest import Contents
from fener.trust.chain import canonical

# Left out of a backup on purpose: a restored node begins with nobody signed in and nothing counted. A session that
# somebody ended must not come back to life.
LEFT_OUT = ("django_session", "trust_browsersession", "trust_attempts", "trust_sharedvalue")

TABLES = {
    "sqlcipher": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()",
}


def read_contents(cursor: Any, engine: str) -> Contents:
    """``cursor``: of DB-API form, on a database (or a snapshot of one) that does not change meanwhile."""
    tables = sorted(str(name) for (name,) in _rows(cursor, TABLES[engine]))
    counts = {
        name: int(_rows(cursor, f'SELECT count(*) FROM "{name}"')[0][0])  # noqa: S608 (names come from the database)
        for name in tables
        if name not in LEFT_OUT
    }
    migrations = [f"{app}.{name}" for app, name in _rows(cursor, "SELECT app, name FROM django_migrations")]
    chains, digest, node = 0, hashlib.sha256(), None
    cursor.execute("SELECT kind, chain_id, length, head FROM trust_auditchain ORDER BY id")
    while rows := cursor.fetchmany(1000):
        for kind, chain_id, length, head in rows:
            chains += 1
            digest.update(canonical([kind, str(UUID(str(chain_id))), int(length), str(head)]) + b"\n")
            if kind == "node":
                node = (int(length), str(head))
    return Contents(counts, sorted(migrations), chains, digest.hexdigest(), node)


def _rows(cursor: Any, sql: str) -> list[Any]:
    cursor.execute(sql)
    return list(cursor.fetchall())


def differences(expected: Contents, found: Contents) -> list[str]:
    """What is not as the backup said, one line each; empty when all is there."""
    said = []
    for name in sorted(expected.counts.keys() | found.counts.keys()):
        wanted, there = expected.counts.get(name, 0), found.counts.get(name, 0)
        if wanted != there:
            said.append(f"table {name}: {wanted} rows were saved, {there} are there")
    if expected.migrations != found.migrations:
        said.append("the list of migrations differs from the one that was saved")
    if (expected.chains, expected.heads) != (found.chains, found.heads):
        said.append("the ends of the audit chains differ from those that were saved")
    return said

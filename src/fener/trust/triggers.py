"""The database's own refusal to change or delete audit entries, for both engines.

Defence against a mistake or a bug, and against whoever gets no further than SQL through the program; somebody who may
drop triggers is found by the chain. Installed by a migration and once more after every migration, because the embedded
engine rebuilds a table to alter it and loses the triggers on the way.
"""

from __future__ import annotations

from typing import Any

ENTRY, CHAIN = "trust_auditentry", "trust_auditchain"

SQLITE = {
    "audit_entry_never_changes": f"""BEFORE UPDATE ON {ENTRY}
        BEGIN SELECT RAISE(ABORT, 'audit entries are never changed'); END""",
    "audit_entry_never_goes": f"""BEFORE DELETE ON {ENTRY}
        BEGIN SELECT RAISE(ABORT, 'audit entries are never deleted'); END""",
    # INSERT OR REPLACE deletes without asking the trigger above.
    "audit_entry_only_at_the_end": f"""BEFORE INSERT ON {ENTRY}
        WHEN NEW.seq IS NOT (SELECT length + 1 FROM {CHAIN} WHERE id = NEW.chain_id)
          OR EXISTS (SELECT 1 FROM {ENTRY} WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'audit entries are only added at the end'); END""",  # noqa: S608 (constants)
    "audit_chain_only_grows": f"""BEFORE UPDATE ON {CHAIN}
        WHEN NEW.length IS NOT OLD.length + 1 OR NEW.id IS NOT OLD.id
          OR NEW.kind IS NOT OLD.kind OR NEW.chain_id IS NOT OLD.chain_id
        BEGIN SELECT RAISE(ABORT, 'an audit chain only grows'); END""",
    "audit_chain_never_goes": f"""BEFORE DELETE ON {CHAIN}
        BEGIN SELECT RAISE(ABORT, 'an audit chain is never deleted'); END""",
}

_POSTGRES_FUNCTION = """CREATE OR REPLACE FUNCTION fener_audit_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'audit entries are only added, never changed or deleted'; END $$"""
POSTGRES = {
    "audit_entry_never_changes": f"BEFORE UPDATE OR DELETE ON {ENTRY} FOR EACH ROW",
    "audit_entry_never_emptied": f"BEFORE TRUNCATE ON {ENTRY} FOR EACH STATEMENT",
    "audit_chain_only_grows": f"""BEFORE UPDATE ON {CHAIN} FOR EACH ROW
        WHEN (NEW.length <> OLD.length + 1 OR NEW.id <> OLD.id
          OR NEW.kind <> OLD.kind OR NEW.chain_id <> OLD.chain_id)""",
    "audit_chain_never_goes": f"BEFORE DELETE ON {CHAIN} FOR EACH ROW",
    "audit_chain_never_emptied": f"BEFORE TRUNCATE ON {CHAIN} FOR EACH STATEMENT",
}


def install(connection: Any) -> None:
    """Create the triggers that are missing. ``connection``: Django's; other engines are refused by name."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name, body in SQLITE.items():
                cursor.execute(f"CREATE TRIGGER IF NOT EXISTS {name} {body}")
        elif connection.vendor == "postgresql":
            cursor.execute(_POSTGRES_FUNCTION)
            for name, when in POSTGRES.items():
                cursor.execute(f"CREATE OR REPLACE TRIGGER {name} {when} EXECUTE FUNCTION fener_audit_refuses()")
        else:
            raise NotImplementedError(f"no audit triggers for {connection.vendor}")


def remove(connection: Any) -> None:
    """Drop the triggers: for taking the migration back, and for the proofs that play somebody who can."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in SQLITE:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
        elif connection.vendor == "postgresql":
            for name, when in POSTGRES.items():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {ENTRY if ENTRY in when else CHAIN}")


def missing(connection: Any) -> set[str]:
    """Names of triggers that ought to be there and are not; for ``fener check`` and the verifier."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            return set(SQLITE) - {name for (name,) in cursor.fetchall()}
        cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")
        return set(POSTGRES) - {name for (name,) in cursor.fetchall()}


def after_migrate(sender: Any, using: str, **kwargs: Any) -> None:
    """Signal handler of ``post_migrate``: put back what a rebuilt table lost."""
    from django.db import connections

    connection = connections[using]
    if {ENTRY, CHAIN} <= set(connection.introspection.table_names()):
        install(connection)

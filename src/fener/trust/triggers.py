"""The database's own refusal to change or delete audit entries, for both engines.

Defence against a mistake or a bug, and against whoever gets no further than SQL through the program; somebody who may
drop triggers is found by the chain. Installed by a migration and once more after every migration, because the embedded
engine rebuilds a table to alter it and loses the triggers on the way.
"""

from __future__ import annotations

from typing import Any

ENTRY, CHAIN = "trust_auditentry", "trust_auditchain"
ROOT, LEAF = "trust_auditroot", "trust_auditrootleaf"

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
    "audit_root_never_changes": f"""BEFORE UPDATE ON {ROOT}
        BEGIN SELECT RAISE(ABORT, 'the root of a day is never changed'); END""",
    "audit_root_never_goes": f"""BEFORE DELETE ON {ROOT}
        BEGIN SELECT RAISE(ABORT, 'the root of a day is never deleted'); END""",
    "audit_root_only_at_the_end": f"""BEFORE INSERT ON {ROOT}
        WHEN EXISTS (SELECT 1 FROM {ROOT} WHERE number >= NEW.number OR day >= NEW.day OR id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'roots are only added at the end'); END""",  # noqa: S608 (constants)
    "audit_leaf_never_changes": f"""BEFORE UPDATE ON {LEAF}
        BEGIN SELECT RAISE(ABORT, 'what a root stands over is never changed'); END""",
    "audit_leaf_never_goes": f"""BEFORE DELETE ON {LEAF}
        BEGIN SELECT RAISE(ABORT, 'what a root stands over is never deleted'); END""",
    "audit_leaf_only_added": f"""BEFORE INSERT ON {LEAF}
        WHEN EXISTS (SELECT 1 FROM {LEAF} WHERE id = NEW.id OR (root_id = NEW.root_id AND chain_id = NEW.chain_id))
        BEGIN SELECT RAISE(ABORT, 'what a root stands over is only added'); END""",  # noqa: S608 (constants)
}

REFUSES, AT_THE_END = "fener_audit_refuses", "fener_audit_only_at_the_end"
_POSTGRES_FUNCTIONS = (
    f"""CREATE OR REPLACE FUNCTION {REFUSES}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'audit entries are only added, never changed or deleted'; END $$""",
    # The chain's head is locked by the writer, so what is compared here stands still.
    f"""CREATE OR REPLACE FUNCTION {AT_THE_END}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.seq IS DISTINCT FROM (SELECT length + 1 FROM {CHAIN} WHERE id = NEW.chain_id) THEN
    RAISE EXCEPTION 'audit entries are only added at the end';
  END IF;
  RETURN NEW;
END $$""",  # noqa: S608 (constants)
    f"""CREATE OR REPLACE FUNCTION {AT_THE_END}_root() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM {ROOT} WHERE number >= NEW.number OR day >= NEW.day) THEN
    RAISE EXCEPTION 'audit roots are only added at the end';
  END IF;
  RETURN NEW;
END $$""",  # noqa: S608 (constants)
)
# name -> (table, when, function)
POSTGRES = {
    "audit_entry_never_changes": (ENTRY, f"BEFORE UPDATE OR DELETE ON {ENTRY} FOR EACH ROW", REFUSES),
    "audit_entry_never_emptied": (ENTRY, f"BEFORE TRUNCATE ON {ENTRY} FOR EACH STATEMENT", REFUSES),
    "audit_entry_only_at_the_end": (ENTRY, f"BEFORE INSERT ON {ENTRY} FOR EACH ROW", AT_THE_END),
    "audit_chain_only_grows": (
        CHAIN,
        f"""BEFORE UPDATE ON {CHAIN} FOR EACH ROW
        WHEN (NEW.length <> OLD.length + 1 OR NEW.id <> OLD.id
          OR NEW.kind <> OLD.kind OR NEW.chain_id <> OLD.chain_id)""",
        REFUSES,
    ),
    "audit_chain_never_goes": (CHAIN, f"BEFORE DELETE ON {CHAIN} FOR EACH ROW", REFUSES),
    "audit_chain_never_emptied": (CHAIN, f"BEFORE TRUNCATE ON {CHAIN} FOR EACH STATEMENT", REFUSES),
    "audit_root_never_changes": (ROOT, f"BEFORE UPDATE OR DELETE ON {ROOT} FOR EACH ROW", REFUSES),
    "audit_root_never_emptied": (ROOT, f"BEFORE TRUNCATE ON {ROOT} FOR EACH STATEMENT", REFUSES),
    "audit_root_only_at_the_end": (ROOT, f"BEFORE INSERT ON {ROOT} FOR EACH ROW", f"{AT_THE_END}_root"),
    # Added twice is refused by the key of a leaf; there is no INSERT OR REPLACE here.
    "audit_leaf_never_changes": (LEAF, f"BEFORE UPDATE OR DELETE ON {LEAF} FOR EACH ROW", REFUSES),
    "audit_leaf_never_emptied": (LEAF, f"BEFORE TRUNCATE ON {LEAF} FOR EACH STATEMENT", REFUSES),
}


def install(connection: Any) -> None:
    """Create the triggers that are missing. ``connection``: Django's; other engines are refused by name.

    Tables that a later migration makes get theirs then.
    """
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name, body in SQLITE.items():
                if _table_of(body) in tables:
                    cursor.execute(f"CREATE TRIGGER IF NOT EXISTS {name} {body}")
        elif connection.vendor == "postgresql":
            for function in _POSTGRES_FUNCTIONS:
                cursor.execute(function)
            for name, (table, when, function) in POSTGRES.items():
                if table in tables:
                    cursor.execute(f"CREATE OR REPLACE TRIGGER {name} {when} EXECUTE FUNCTION {function}()")
        else:
            raise NotImplementedError(f"no audit triggers for {connection.vendor}")


def _table_of(body: str) -> str:
    """The table that a trigger of the embedded engine watches: the word after the first ON."""
    return body.split(" ON ", 1)[1].split()[0]


def remove(connection: Any) -> None:
    """Drop the triggers: for taking the migration back, and for the proofs that play somebody who can."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in SQLITE:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
        elif connection.vendor == "postgresql":
            for name, (table, _when, _function) in POSTGRES.items():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")


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

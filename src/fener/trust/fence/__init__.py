"""Row-level security: the second fence around the rows that are about people, on PostgreSQL.

Each room says in its module ``rls`` how a row of its tables belongs to whom: ``RULES``, one line a model, and
``EXEMPT``, one line with the reason for a model that points at a case, a subject or a keeper and needs no fence (a test
fails for a model that stands in neither). This module makes policies of that, and installs them after each migration.

The policies decide by the standing of whoever asks (``trust.standing``): rows are seen by the node's own work, and by
whom the rule names. Whoever is somebody may add rows; without a standing there is nothing to see and nothing to add.
The program's role owns the tables and is not above the policies (``FORCE``).

What the fence covers and what not: docs/decisions/0015-two-engines.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import connections, models, transaction
from django.utils import timezone

from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.policy import Relationship
from fener.trust.standing import NOBODY, NODE, Standing

# In SQL. Each is asked once for a statement, not for each row: hence the brackets around a SELECT.
KEEPER = "(SELECT NULLIF(current_setting('fener.keeper', true), '')::uuid)"
USER = "(SELECT NULLIF(current_setting('fener.user', true), '')::uuid)"
AT = "(SELECT NULLIF(current_setting('fener.at', true), '')::timestamptz)"
TODAY = "(SELECT NULLIF(current_setting('fener.today', true), '')::date)"
IS_NODE = "(SELECT COALESCE(current_setting('fener.node', true), '') = 'on')"
IS_SOMEBODY = f"({KEEPER} IS NOT NULL OR {USER} IS NOT NULL OR {IS_NODE})"

# A rule makes the condition for one table: it is given the model and the name by which the row is called.
Rule = Callable[[type[models.Model], str], str]
READS, ADDS, CHANGES, REMOVES = "fener_reads", "fener_adds", "fener_changes", "fener_removes"
MIGRATING = "fener_migrating"


# Words for rules ------------------------------------------------------------------------------------------------------
def keeper_in(*fields: str) -> Rule:
    """The row belongs to the keeper (or organisation) that one of these fields names."""
    return lambda model, row: " OR ".join(f"{row}.{_column(model, name)} = {KEEPER}" for name in fields)


def user_in(*fields: str) -> Rule:
    """The row belongs to the person that one of these fields names."""
    return lambda model, row: " OR ".join(f"{row}.{_column(model, name)} = {USER}" for name in fields)


def through(field: str) -> Rule:
    """Whoever sees the row that this field points at sees this one."""

    def rule(model: type[models.Model], row: str) -> str:
        target: Any = model._meta.get_field(field).related_model
        place = f"p_{target._meta.model_name}"
        found = f"SELECT 1 FROM {target._meta.db_table} {place} WHERE {place}.{target._meta.pk.column}"  # noqa: S608
        return f"EXISTS ({found} = {row}.{_column(model, field)})"

    return rule


def sql(condition: str) -> Rule:
    """A condition in words of the database; ``{row}`` is the row."""
    return lambda _model, row: condition.replace("{row}", row)


def either(*rules: Rule) -> Rule:
    """One of them is enough."""
    return lambda model, row: " OR ".join(f"({rule(model, row)})" for rule in rules)


def may(act: str, relationship: Relationship) -> str:
    """SQL: whether the policy table lets whoever asks do ``act`` in that relationship."""
    return f"(SELECT strpos(current_setting('fener.reach', true), '{_token(act, relationship)}') > 0)"


def _token(act: str, relationship: Relationship) -> str:
    return f" {act}@{relationship.value} "


def _column(model: type[models.Model], name: str) -> str:
    field: Any = model._meta.get_field(name)
    return str(field.column)


# Who asks -------------------------------------------------------------------------------------------------------------
def standing_of(actor: Actor) -> Standing:
    """For whom the database is asked while this actor works, as of now."""
    if actor.is_system:
        return NODE
    if actor.keeper_id is None and actor.user_id is None:
        return NOBODY
    now = timezone.now()
    return Standing(
        keeper=_text(actor.keeper_id),
        user=_text(actor.user_id),
        reach="".join(_token(act, as_) for act, as_ in reaches() if policy.decide(actor, act, as_).allowed),
        at=now.isoformat(),
        today=timezone.localdate(now).isoformat(),
    )


def _text(value: UUID | None) -> str:
    return str(value or "")


# What the rooms declare -----------------------------------------------------------------------------------------------
def _declared(name: str) -> Iterator[Any]:
    for room in settings.FENER_ROOMS:
        if find_spec(f"{room}.rls"):
            yield getattr(import_module(f"{room}.rls"), name, ())


@cache
def reaches() -> tuple[tuple[str, Relationship], ...]:
    """The (act, relationship) pairs that rules ask for: ``REACHES`` of the rooms."""
    return tuple(pair for found in _declared("REACHES") for pair in found)


def rules() -> dict[type[models.Model], Rule]:
    """Model → its rule; what several rooms say of one model adds up."""
    found: dict[type[models.Model], Rule] = {}
    for declared in _declared("RULES"):
        for label, rule in dict(declared).items():
            model = apps.get_model(label)
            found[model] = either(found[model], rule) if model in found else rule
    return found


def exempt() -> dict[str, str]:
    """Label of a model → why its rows need no fence."""
    return {label: why for declared in _declared("EXEMPT") for label, why in dict(declared).items()}


def functions() -> list[str]:
    """What rules call where a policy may not ask a table whose policy asks back."""
    return [text for declared in _declared("FUNCTIONS") for text in declared]


def asks_for_itself(name: str, arguments: str, returns: str, query: str) -> str:
    """SQL of a function that looks at every row, for the few places where a policy would go round in a circle.

    It answers yes or no, or ids, about whoever asks. What opens the rows is closed again before it answers, and if it
    breaks off, with the (sub)transaction. A function's own SET clause would say this shorter, but only a superuser may
    write one for a setting of this kind.
    """
    many = returns.startswith("SETOF ")
    kind = returns.removeprefix("SETOF ")
    found = f"ARRAY({query})" if many else f"({query})"
    answer = f"{kind}[]" if many else kind
    give = "RETURN QUERY SELECT unnest(answer)" if many else "RETURN answer"
    return f"""CREATE OR REPLACE FUNCTION {name}({arguments}) RETURNS {returns} LANGUAGE plpgsql STABLE AS $$
DECLARE
  before text := COALESCE(current_setting('fener.node', true), '');
  answer {answer};
BEGIN
  PERFORM set_config('fener.node', 'on', true);
  answer := {found};
  PERFORM set_config('fener.node', before, true);
  {give};
END $$"""


# Into the database ----------------------------------------------------------------------------------------------------
def policies() -> dict[tuple[str, str], str]:
    """(table, policy) → the statement that makes it."""
    made: dict[tuple[str, str], str] = {}
    for model, rule in rules().items():
        table = model._meta.db_table
        seen = f"{IS_NODE} OR {rule(model, table)}"
        made[table, READS] = f"FOR SELECT USING ({seen})"
        made[table, ADDS] = f"FOR INSERT WITH CHECK {IS_SOMEBODY}"
        made[table, CHANGES] = f"FOR UPDATE USING ({seen}) WITH CHECK {IS_SOMEBODY}"
        made[table, REMOVES] = f"FOR DELETE USING ({seen})"
    return {place: f"CREATE POLICY {place[1]} ON {place[0]} {text}" for place, text in made.items()}


def fingerprint() -> str:
    """Of everything that ``install`` writes; kept beside the policies: a program that says otherwise is seen."""
    whole = "\n".join([*functions(), *policies().values()])
    return hashlib.sha256(whole.encode()).hexdigest()


def install(connection: Any) -> None:
    """Make the policies anew, all in one transaction. Nothing to do on an engine that has none."""
    if connection.vendor != "postgresql":
        return
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        _remove(cursor)
        for text in functions():
            cursor.execute(text)
        for (table, _name), text in policies().items():
            cursor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            cursor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            cursor.execute(text)
        cursor.execute(
            "CREATE OR REPLACE FUNCTION fener_fence() RETURNS text LANGUAGE sql IMMUTABLE"
            f" AS $$ SELECT '{fingerprint()}'::text $$"
        )


def _remove(cursor: Any) -> None:
    cursor.execute(
        "SELECT tablename, policyname FROM pg_policies"
        " WHERE schemaname = current_schema() AND policyname LIKE 'fener%%'"
    )
    for table, name in cursor.fetchall():
        cursor.execute(f'DROP POLICY "{name}" ON "{table}"')


def missing(connection: Any) -> set[str]:
    """What is not as the program says: tables with a policy missing, too many, or switched off. For ``fener check``."""
    if connection.vendor != "postgresql":
        return set()
    wanted = set(policies())
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename, policyname FROM pg_policies WHERE schemaname = current_schema()")
        found = {(table, name) for table, name in cursor.fetchall()}
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
            " AND relrowsecurity AND relforcerowsecurity"
        )
        fenced = {name for (name,) in cursor.fetchall()}
        cursor.execute(
            "SELECT 1 FROM pg_proc WHERE proname = 'fener_fence' AND pronamespace = current_schema()::regnamespace"
        )
        current = bool(cursor.fetchone())
        if current:
            cursor.execute("SELECT fener_fence()")
            current = cursor.fetchone() == (fingerprint(),)
    wrong = {table for table, _name in wanted ^ found} | ({table for table, _name in wanted} - fenced)
    return wrong or (set() if current else {"fener_fence"})


def role_is_above_it(connection: Any) -> str:
    """Why the database's role is not held by the fence: ``superuser``, ``bypassrls``; empty where it is held."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        superuser, bypasses = cursor.fetchone()
    return "superuser" if superuser else "bypassrls" if bypasses else ""


def before_migrate(sender: Any, using: str, plan: Any = (), **kwargs: Any) -> None:
    """``pre_migrate``: a policy holds on to its columns, so they go; what stays lets nobody in but the node's own work.

    A migration that breaks off leaves the fence closed.
    """
    connection = connections[using]
    if connection.vendor != "postgresql" or not plan:
        return
    with transaction.atomic(using=using), connection.cursor() as cursor:
        _remove(cursor)
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relrowsecurity"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f'CREATE POLICY {MIGRATING} ON "{table}" USING ({IS_NODE}) WITH CHECK ({IS_NODE})')


def after_migrate(sender: Any, using: str, **kwargs: Any) -> None:
    """``post_migrate``: put the fence up, where it is not as it should be."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return
    tables = set(connection.introspection.table_names())
    if {model._meta.db_table for model in rules()} <= tables and missing(connection):
        install(connection)

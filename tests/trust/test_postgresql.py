"""PostgreSQL: the fence stands, every statement has the standing of whoever asks, and nobody inherits another's."""

from __future__ import annotations

import contextvars
import threading
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, connections, transaction

from fener.trust import accounts, fence, installation, vault
from fener.trust.actor import SYSTEM, Actor
from fener.trust.compartments import Compartment
from fener.trust.models import BlindToken, ItemGrant, SealedItem, SharedValue
from fener.trust.roles import Role
from fener.trust.shared_cache import SharedCache
from fener.trust.standing import NOBODY, NODE, Standing, current, node_level, standing_as
from tests.trust.people import Person

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="row-level security; this run is on the other engine"),
]


@pytest.fixture
def ana(mira: Person) -> Actor:
    """Somebody of a keeper for which one item is sealed."""
    keeper = accounts.create_keeper(actor=SYSTEM, first_member=mira.user)
    actor = Actor(user_id=mira.user.pk, keeper_id=keeper.pk, roles=frozenset({Role.CASE_MANAGER}))
    vault.seal(
        actor=actor,
        subject_id=uuid4(),
        compartment=Compartment.NARRATIVE,
        content={"account": "x"},
        for_keepers=[keeper.pk],
    )
    return actor


def seen_by(standing: Standing) -> int:
    with standing_as(standing):
        return SealedItem.objects.count()


def test_the_fence_stands_and_its_owner_is_not_above_it() -> None:
    assert fence.missing(connection) == set()
    assert fence.role_is_above_it(connection) == ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
        assert cursor.fetchone() == (len(fence.rules()),)


def test_who_the_row_belongs_to_sees_it_and_nobody_else(ana: Actor) -> None:
    assert seen_by(fence.standing_of(ana)) == 1
    assert seen_by(NODE) == 1
    assert seen_by(NOBODY) == 0
    assert seen_by(Standing(keeper=str(uuid4()), user=str(ana.user_id))) == 0


def test_without_a_standing_nothing_is_changed_removed_or_added(ana: Actor) -> None:
    with standing_as(NOBODY):
        assert SealedItem.objects.update(version=9) == 0
        assert SealedItem.objects.all()._raw_delete("default") == 0
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            BlindToken.objects.create(keeper_id=ana.keeper_id, subject_id=uuid4(), kind="name", token=b"x")
    assert SealedItem.objects.get().version == 1


def test_a_kept_connection_asks_for_whoever_asks_now(ana: Actor) -> None:
    own = fence.standing_of(ana)
    assert [seen_by(each) for each in (own, NOBODY, NODE, NOBODY, own)] == [1, 0, 1, 0, 1]
    assert current() is NODE  # as before the blocks


def test_a_rollback_does_not_bring_anothers_standing_back(ana: Actor) -> None:
    own = fence.standing_of(ana)
    for ends in (RuntimeError, None):
        with standing_as(NOBODY):
            assert SealedItem.objects.count() == 0
            try:
                with transaction.atomic():
                    with standing_as(own):
                        assert SealedItem.objects.count() == 1
                    if ends:
                        raise ends
            except RuntimeError:
                pass
            assert SealedItem.objects.count() == 0
        with standing_as(own):
            assert SealedItem.objects.count() == 1


def test_a_statement_that_failed_does_not_either(ana: Actor) -> None:
    own = fence.standing_of(ana)
    with standing_as(own):
        with (
            pytest.raises(DatabaseError),
            transaction.atomic(),
            node_level(reason="test"),
            connection.cursor() as cursor,
        ):
            cursor.execute("SELECT 1 / 0")
        assert current() == own
        assert SealedItem.objects.count() == 1
    assert seen_by(NOBODY) == 0


def test_a_thread_begins_as_nobody(ana: Actor) -> None:
    found: list[Standing] = []
    thread = threading.Thread(target=lambda: found.append(current()))
    thread.start()
    thread.join()
    assert found == [NOBODY]


def test_a_function_that_looks_at_every_row_closes_them_again(ana: Actor) -> None:
    with standing_as(fence.standing_of(ana)), connection.cursor() as cursor:
        cursor.execute("SELECT fener_reaches_item(%s), current_setting('fener.node')", [uuid4()])
        assert cursor.fetchone() == (False, "")
        cursor.execute("SELECT count(*) FROM fener_hidden_cases()")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT current_setting('fener.node')")
        assert cursor.fetchone() == ("",)


def test_a_policy_that_is_gone_or_switched_off_is_named_and_put_back() -> None:
    for text in (
        "DROP POLICY fener_reads ON trust_sealeditem",
        "ALTER TABLE trust_sealeditem DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE trust_sealeditem NO FORCE ROW LEVEL SECURITY",
        "CREATE POLICY everybody ON trust_sealeditem USING (true)",
    ):
        with connection.cursor() as cursor:
            cursor.execute(text)
        assert fence.missing(connection) == {"trust_sealeditem"}, text
        if "everybody" in text:
            with connection.cursor() as cursor:
                cursor.execute("DROP POLICY everybody ON trust_sealeditem")
        else:
            fence.after_migrate(sender=None, using="default")
        assert fence.missing(connection) == set(), text


def test_a_migration_that_breaks_off_leaves_the_fence_closed(ana: Actor) -> None:
    fence.before_migrate(sender=None, using="default", plan=["something"])
    assert seen_by(fence.standing_of(ana)) == 0
    assert seen_by(NODE) == 1
    assert "trust_sealeditem" in fence.missing(connection)
    connection.check_constraints()  # a table with a check that still waits cannot be altered
    fence.after_migrate(sender=None, using="default")
    assert seen_by(fence.standing_of(ana)) == 1


def test_an_error_does_not_repeat_the_row_that_was_refused(ana: Actor) -> None:
    grant = ItemGrant.objects.get()
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        ItemGrant.objects.create(item_id=grant.item_id, keeper_id=grant.keeper_id, sealed_data_key=b"planted-bytes")
    for error in (refused.value, refused.value.__cause__):
        assert str(grant.keeper_id) not in str(error)


def test_check_says_when_the_role_is_above_the_fence(monkeypatch: pytest.MonkeyPatch) -> None:
    for above in ("superuser", "bypassrls"):
        monkeypatch.setattr(fence, "role_is_above_it", lambda _connection, above=above: above)
        assert any(f.check == "fence" and above in f.message for f in installation.findings())
    monkeypatch.undo()
    assert not any(f.check == "fence" for f in installation.findings())


# What several processes share -----------------------------------------------------------------------------------------
def in_another_process(act: Callable[[], Any]) -> Any:
    """In a thread with a connection and a cache object of its own, which is all that another worker has."""
    found: list[Any] = []

    def run() -> None:
        try:
            found.append(act())
        finally:
            connections.close_all()

    thread = threading.Thread(target=contextvars.copy_context().run, args=(run,))
    thread.start()
    thread.join()
    return found[0]


@pytest.mark.django_db(transaction=True)
def test_what_one_worker_counts_the_others_count_too() -> None:
    SharedCache("", {}).set("attempts:mira", [1.0, 2.0], timeout=60)
    assert in_another_process(lambda: SharedCache("", {}).get("attempts:mira")) == [1.0, 2.0]
    assert in_another_process(lambda: SharedCache("", {}).add("attempts:mira", "again")) is False
    assert SharedValue.objects.filter(key__contains="mira").count() == 0


@pytest.mark.django_db(transaction=True)
def test_of_many_that_take_a_lock_at_once_one_has_it() -> None:
    gate, answers = threading.Barrier(6), []

    def take() -> None:
        gate.wait()
        try:
            answers.append(SharedCache("", {}).add("lock", True, timeout=10))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=contextvars.copy_context().run, args=(take,)) for _each in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [False] * 5 + [True]

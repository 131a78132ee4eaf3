"""Which of a keeper's key pairs counts, for somebody who seals to it at this moment.

Whoever seals to a keeper reads its public key and writes what was sealed in one transaction. Were the keys exchanged
in between, what was written would stay sealed to the old key and be lost with it. The embedded engine lets one write
transaction run at a time, so that nothing comes in between. PostgreSQL needs a lock: shared by those who seal, for
the length of their transaction, and alone for whoever exchanges the keys. It is an advisory lock: no row is written.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import connections, router

from fener.trust.models import Keeper


def keepers_to_seal_to(keeper_ids: Iterable[UUID]) -> dict[UUID, Keeper]:
    """The keepers with the public key that counts, until the transaction ends. Those that do not exist are missing."""
    wanted = sorted(set(keeper_ids))
    _lock(wanted, alone=False)
    return Keeper.objects.in_bulk(wanted)


def keeper_to_exchange(keeper_id: UUID) -> Keeper:
    """One keeper, to which nobody seals anything until the transaction ends. Raises Keeper.DoesNotExist."""
    _lock([keeper_id], alone=True)
    return Keeper.objects.select_for_update().get(pk=keeper_id)


def _lock(keeper_ids: list[UUID], *, alone: bool) -> None:
    connection = connections[router.db_for_write(Keeper)]
    if connection.vendor != "postgresql" or not connection.in_atomic_block:
        return
    kind = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
    with connection.cursor() as cursor:
        for keeper_id in keeper_ids:
            number = int.from_bytes(keeper_id.bytes[:8], "big", signed=True)
            cursor.execute(f"SELECT {kind}(%s)", [number])

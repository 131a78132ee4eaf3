"""Proof 3, at random: whatever somebody with the whole database changes in the audit is found, and named where it is.

Each tampering is made past the program, with the triggers dropped, and taken back afterwards. Some write a chain anew
with every hash and its head, which no chain can show by itself: the daily root does.

A short run goes with the suite; ``FENER_PROOF=long`` (``make prove``) makes a thousand.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from fener.trust import audit, triggers
from fener.trust.actor import SYSTEM, Actor
from fener.trust.anchoring import roots
from fener.trust.chain import digest
from fener.trust.models import AuditChain, AuditEntry, AuditRoot, AuditRootLeaf
from tests.proofs.figures import LONG, counted

pytestmark = [pytest.mark.django_db, pytest.mark.proof]

TAMPERINGS = 1000 if LONG else 150
CASES = [uuid.UUID(int=n) for n in range(1, 5)]
DAYS = 3
Where = tuple[str, int | None]  # the chain, and the first entry that can no longer be believed (None: of a root)
Tampering = Callable[[random.Random], Where]


@pytest.fixture
def audit_of_some_days() -> None:
    """Four cases written turn by turn over three days, each day with its root."""
    start = datetime(2026, 3, 1, 22, tzinfo=UTC)
    for day in range(DAYS):
        for n in range(4):
            for case in CASES[: 4 - day]:  # some rest
                with transaction.atomic():
                    audit.record(
                        actor=Actor(user_id=uuid.UUID(int=100 + n)),
                        act=("case.read", "case.change")[n % 2],
                        chain=("case", case),
                        subject_type="case",
                        subject_id=case,
                        detail={"n": n},
                    )
        roots.make_root(actor=SYSTEM, at=start + timedelta(days=day))
    triggers.remove(connection)


def entries(case: uuid.UUID) -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(chain__chain_id=case).order_by("seq"))


def some_case(rng: random.Random) -> tuple[str, list[AuditEntry]]:
    case = rng.choice(CASES)
    return f"case:{case}", entries(case)


def change(rng: random.Random) -> Where:
    chain, rows = some_case(rng)
    entry = rng.choice(rows)
    column, value = rng.choice(
        [
            ("act", "case.nothing"),
            ("purpose", "x"),
            ("outcome", "refused"),
            ("subject_type", "plan"),
            ("actor_id", uuid.UUID(int=999)),
            ("detail", {"n": -1}),
            ("at", entry.at + timedelta(microseconds=1)),
            ("hash", "0" * 63 + "1"),
        ]
    )
    AuditEntry.objects.filter(pk=entry.pk).update(**{column: value})
    return chain, entry.seq


def remove(rng: random.Random) -> Where:
    chain, rows = some_case(rng)
    entry = rng.choice(rows)
    AuditEntry.objects.filter(pk=entry.pk).delete()
    return chain, entry.seq


def cut_the_end_and_its_head(rng: random.Random) -> Where:
    chain, rows = some_case(rng)
    keep = rng.randrange(1, len(rows))
    AuditEntry.objects.filter(pk__in=[row.pk for row in rows[keep:]]).delete()
    AuditChain.objects.filter(pk=rows[0].chain_id).update(length=keep, head=rows[keep - 1].hash)
    return chain, None


def exchange(rng: random.Random) -> Where:
    chain, rows = some_case(rng)
    first, second = sorted(rng.sample(rows, 2), key=lambda row: row.seq)
    for row, seq in ((first, 1_000), (second, first.seq), (first, second.seq)):
        AuditEntry.objects.filter(pk=row.pk).update(seq=seq)
    return chain, first.seq


def insert_again(rng: random.Random) -> Where:
    chain, rows = some_case(rng)
    copy = rng.choice(rows)
    copy.pk, copy.seq = None, len(rows) + 1
    copy.save(force_insert=True)
    return chain, copy.seq


def write_anew(rng: random.Random) -> Where:
    """Change one entry, then every hash after it and the head."""
    chain, rows = some_case(rng)
    at = rng.randrange(len(rows))
    previous = rows[at].prev_hash
    for entry in rows[at:]:
        entry.act = "case.nothing" if entry is rows[at] else entry.act
        entry.prev_hash = previous
        entry.hash = previous = digest(previous, audit.as_dict(entry, chain))
        entry.save()
    AuditChain.objects.filter(pk=rows[0].chain_id).update(head=previous)
    return chain, None


def take_a_case_out(rng: random.Random) -> Where:
    chain, rows = some_case(rng)
    AuditEntry.objects.filter(chain_id=rows[0].chain_id).delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM trust_auditchain WHERE id = %s", [rows[0].chain_id])
    return chain, None


def change_a_leaf(rng: random.Random) -> Where:
    leaf = rng.choice(list(AuditRootLeaf.objects.select_related("root")))
    AuditRootLeaf.objects.filter(pk=leaf.pk).update(head="0" * 63 + "1")
    return f"root of {leaf.root.day}", None


def take_a_root_out(rng: random.Random) -> Where:
    """Any but the last: that one is missed by whoever has the published list."""
    root = rng.choice(list(AuditRoot.objects.all())[:-1])
    after = AuditRoot.objects.get(number=root.number + 1)
    AuditRootLeaf.objects.filter(root=root).delete()
    AuditRoot.objects.filter(pk=root.pk).delete()
    return f"root of {after.day}", None


ALL: list[Tampering] = [
    change, remove, cut_the_end_and_its_head, exchange, insert_again,
    write_anew, take_a_case_out, change_a_leaf, take_a_root_out,
]  # fmt: skip


def test_every_random_tampering_is_found_and_named(audit_of_some_days: None) -> None:
    assert roots.verify_everything() == []
    for seed in range(TAMPERINGS):
        rng = random.Random(seed)
        tamper = ALL[seed % len(ALL)]
        with transaction.atomic():
            chain, seq = tamper(rng)
            found = roots.verify_everything()
            transaction.set_rollback(True)
        named = [one for one in found if one.chain == chain and (seq is None or one.seq == seq)]
        assert named, (tamper.__name__, seed, chain, seq, found)
        strangers = {one.chain for one in found} - {chain}
        assert not strangers or tamper in (change_a_leaf, take_a_root_out), (tamper.__name__, seed, found)
    assert roots.verify_everything() == [], "each was taken back"
    counted("3 tamperings", made=TAMPERINGS, found=TAMPERINGS, kinds=len(ALL))

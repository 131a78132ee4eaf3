"""The signed root of a day: what a recomputed chain cannot hide from."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from fener.trust import audit, triggers
from fener.trust.actor import SYSTEM, Actor
from fener.trust.anchoring import merkle, roots
from fener.trust.anchoring import statement as form
from fener.trust.chain import digest
from fener.trust.models import AuditChain, AuditEntry, AuditRoot, AuditRootLeaf

pytestmark = pytest.mark.django_db
FIRST, SECOND = uuid.UUID(int=1), uuid.UUID(int=2)
DAY = datetime(2026, 3, 1, 9, tzinfo=UTC)


def write(case: uuid.UUID = FIRST, act: str = "case.read") -> AuditEntry:
    with transaction.atomic():
        return audit.record(
            actor=Actor(user_id=uuid.UUID(int=9)), act=act, chain=("case", case), subject_type="case", subject_id=case
        )


def make(days: int = 0) -> AuditRoot | None:
    return roots.make_root(actor=SYSTEM, at=DAY + timedelta(days=days))


@pytest.fixture
def owner_of_the_database() -> Iterator[None]:
    """Somebody who drops the triggers first."""
    triggers.remove(connection)
    yield
    triggers.install(connection)


def written_anew(case: uuid.UUID, act: str) -> None:
    """Change the first entry of a chain and recompute every hash after it, and the head: no chain shows it."""
    previous = "0" * 64
    chain = AuditChain.objects.get(kind="case", chain_id=case)
    for entry in AuditEntry.objects.filter(chain=chain).order_by("seq"):
        if entry.seq == 1:
            entry.act = act
        entry.prev_hash = previous
        entry.hash = previous = digest(previous, audit.as_dict(entry, f"case:{case}"))
        entry.save()
    AuditChain.objects.filter(pk=chain.pk).update(head=previous)


def test_a_day_has_one_root_over_the_chains_that_grew() -> None:
    write(FIRST), write(SECOND)
    first = make()
    assert first is not None
    assert make() is None, "the day has its root"
    write(SECOND)
    second = make(1)
    assert second is not None
    assert [leaf.chain for leaf in roots.leaves_of(first)] == [f"case:{FIRST}", f"case:{SECOND}"]
    assert [(leaf.chain, leaf.length) for leaf in roots.leaves_of(second)] == [(f"case:{SECOND}", 2)]
    assert second.statement["previous"] == first.digest
    assert roots.verify_roots() == []


def test_a_quiet_day_has_a_root_too() -> None:
    quiet = make()
    assert quiet is not None
    assert quiet.statement["root"] == hashlib.sha256(b"").hexdigest()
    assert roots.verify_roots() == []


def test_a_statement_says_neither_a_chain_nor_how_many() -> None:
    write()
    made = make()
    assert made is not None
    assert set(made.statement) == {*form.SIGNED, "signature"}
    assert str(FIRST) not in str(made.statement)


def test_a_chain_written_anew_with_its_head_is_found_by_the_root(owner_of_the_database: None) -> None:
    write(), write(), write(SECOND)
    make()
    write()
    written_anew(FIRST, "case.nothing")
    assert audit.verify_database() == [], "the chain alone does not show it"
    (found,) = roots.verify_roots()
    assert (found.chain, found.seq, found.what) == (f"case:{FIRST}", 2, "root_chain")
    assert "2026-03-01" in found.message


def test_a_chain_that_is_taken_out_whole_is_found_by_the_root(owner_of_the_database: None) -> None:
    write()
    make()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM trust_auditentry")
        cursor.execute("DELETE FROM trust_auditchain")
    assert audit.verify_database() == []
    assert [found.what for found in roots.verify_roots()] == ["root_chain"]


def test_leaves_that_were_changed_to_fit_no_longer_give_the_root(owner_of_the_database: None) -> None:
    write()
    make()
    written_anew(FIRST, "case.nothing")
    AuditRootLeaf.objects.update(head=AuditChain.objects.get().head)
    assert [found.what for found in roots.verify_roots()] == ["root"]


def test_a_root_that_was_changed_to_fit_loses_its_signature(owner_of_the_database: None) -> None:
    write()
    made = make()
    assert made is not None
    written_anew(FIRST, "case.nothing")
    AuditRootLeaf.objects.update(head=AuditChain.objects.get().head)
    made.statement["root"] = form.root_of(roots.leaves_of(made))
    made.save()
    assert [found.what for found in roots.verify_roots()] == ["root_signature"]


def test_whoever_signs_anew_with_the_nodes_key_is_found_by_what_was_published(owner_of_the_database: None) -> None:
    write()
    made = make()
    assert made is not None
    published = roots.published()
    written_anew(FIRST, "case.nothing")
    AuditRootLeaf.objects.update(head=AuditChain.objects.get().head)
    said = dict(made.statement, root=form.root_of(roots.leaves_of(made)))
    said["signature"] = roots.signing_key().sign(form.signed_bytes(said)).hex()
    AuditRoot.objects.update(statement=said, digest=form.digest_of(said))
    assert roots.verify_everything() == [], "the machine's owner can write everything anew"
    assert [found.what for found in roots.verify_everything(published=published)] == ["root_published"]


def test_another_key_and_a_missing_root_are_told(owner_of_the_database: None) -> None:
    for day in range(3):
        write()
        make(day)
    stranger = Ed25519PrivateKey.generate().public_key().public_bytes_raw().hex()
    assert [found.what for found in roots.verify_roots(key=stranger)] == ["root_key"]
    assert roots.verify_roots(key=roots.public_key()) == []
    AuditRootLeaf.objects.filter(root__number=2).delete()
    AuditRoot.objects.filter(number=2).delete()
    assert "root_gap" in {found.what for found in roots.verify_roots()}


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE trust_auditroot SET digest = ''",
        "DELETE FROM trust_auditroot",
        "UPDATE trust_auditrootleaf SET head = ''",
        "DELETE FROM trust_auditrootleaf",
    ],
)
def test_the_database_refuses_to_change_a_root(sql: str) -> None:
    write()
    make()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert roots.verify_roots() == []


# The test vectors of the Certificate Transparency project for RFC 6962.
LEAVES = [bytes.fromhex(x) for x in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")]
LEAVES.append(bytes.fromhex("606162636465666768696a6b6c6d6e6f"))
ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    4: "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    6: "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


@pytest.mark.parametrize("size", ROOTS)
def test_the_tree_is_that_of_rfc_6962(size: int) -> None:
    assert merkle.root(LEAVES[:size]).hex() == ROOTS[size]


@given(leaves=st.lists(st.binary(max_size=8), min_size=1, max_size=40), data=st.data())
def test_a_path_leads_from_its_leaf_to_the_root_and_from_no_other(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    steps = merkle.path(leaves, index)
    assert merkle.root_from_path(leaves[index], index, len(leaves), steps) == merkle.root(leaves)
    assert merkle.root_from_path(leaves[index] + b"x", index, len(leaves), steps) != merkle.root(leaves)
    assert merkle.root_from_path(leaves[index], index, len(leaves), [*steps, b"x" * 32]) is None

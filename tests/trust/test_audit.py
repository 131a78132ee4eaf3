"""The audit: in the act's transaction or not at all, chained, append-only, verifiable."""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from fener.trust import audit, chain, triggers
from fener.trust.actor import SYSTEM, Actor
from fener.trust.anchoring.export import export
from fener.trust.compartments import Compartment
from fener.trust.errors import Refused
from fener.trust.models import AuditChain, AuditEntry

pytestmark = pytest.mark.django_db
CASE = uuid.uuid4()
SOMEBODY = Actor(user_id=uuid.uuid4(), keeper_id=uuid.uuid4())


def write(act: str = "case.read", case: uuid.UUID = CASE, **detail: object) -> AuditEntry:
    with transaction.atomic():
        return audit.record(
            actor=SOMEBODY, act=act, chain=("case", case), subject_type="case", subject_id=case, detail=detail
        )


@pytest.fixture
def without_triggers() -> Iterator[None]:
    triggers.remove(connection)
    yield
    triggers.install(connection)


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_a_transaction_is_a_mistake_that_is_loud() -> None:
    with pytest.raises(audit.NotInTransaction):
        audit.record(actor=SYSTEM, act="case.read", subject_type="case", subject_id=CASE)


def test_if_the_act_fails_there_is_no_entry_and_the_chain_stays_whole() -> None:
    write()

    @transaction.atomic
    def act() -> None:
        audit.record(actor=SOMEBODY, act="case.close", chain=("case", CASE), subject_type="case", subject_id=CASE)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        act()
    write("case.reopen")
    assert [e.act for e in AuditEntry.objects.order_by("seq")] == ["case.read", "case.reopen"]
    assert audit.verify_database() == []


def test_if_the_entry_fails_the_act_fails() -> None:

    @transaction.atomic
    def act() -> None:
        AuditChain.objects.create(kind="keeper", chain_id=CASE)  # stands for what the act changes
        audit.record(actor=SOMEBODY, act="a.b", subject_type="x", subject_id=None, detail={"half": 0.5})

    with pytest.raises(TypeError):
        act()
    assert not AuditChain.objects.filter(kind="keeper", chain_id=CASE).exists()


def test_each_case_has_a_chain_of_its_own_and_each_entry_names_the_one_before() -> None:
    first, second = write(), write()
    other = write(case=uuid.uuid4())
    assert (first.seq, second.seq, other.seq) == (1, 2, 1)
    assert (first.prev_hash, second.prev_hash) == (chain.GENESIS, first.hash)
    head = AuditChain.objects.get(kind="case", chain_id=CASE)
    assert (head.length, head.head) == (2, second.hash)


def test_a_detail_keeps_codes_ids_dates_and_sets_in_one_form_only() -> None:
    entry = write(parts={Compartment.LEGAL, Compartment.CONTACT}, to=CASE, until=date(2026, 1, 2), ok=True, none=None)
    entry.refresh_from_db()
    assert entry.detail == {
        "parts": ["contact", "legal"],
        "to": str(CASE),
        "until": "2026-01-02",
        "ok": True,
        "none": None,
    }
    assert audit.verify_database() == []


def test_a_detail_in_any_script_verifies_after_a_round_trip() -> None:
    write(code="Ђорђевић", rtl="\u202eabc", combining="e\u0301", astral="\U0001f56f")
    assert audit.verify_database() == []


@pytest.mark.parametrize("bad", [1.5, b"bytes", object()])
def test_a_detail_that_cannot_be_kept_exactly_is_refused(bad: object) -> None:
    with pytest.raises(TypeError):
        write(bad=bad)


def test_a_refused_attempt_is_kept_on_the_chain_of_the_organisation() -> None:
    entry = audit.refusal(actor=SOMEBODY, error=Refused(act="case.read"))
    assert (entry.outcome, entry.act, entry.chain.kind, entry.chain.chain_id) == (
        "refused",
        "case.read",
        "keeper",
        SOMEBODY.keeper_id,
    )
    assert audit.refusal(actor=Actor(user_id=None), act="x.y").chain.kind == "node"


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE trust_auditentry SET act = 'nothing'",
        "DELETE FROM trust_auditentry",
        "DELETE FROM trust_auditchain",
        "UPDATE trust_auditchain SET length = 0",
        "UPDATE trust_auditchain SET head = 'x'",
        "INSERT OR REPLACE INTO trust_auditentry SELECT * FROM trust_auditentry LIMIT 1",
    ],
)
def test_the_database_itself_refuses_to_change_or_delete(sql: str) -> None:
    write()
    write()
    with pytest.raises(DatabaseError, match="audit"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert audit.verify_database() == []


def test_the_orm_cannot_change_or_delete_either() -> None:
    entry = write()
    entry.act = "other"
    with pytest.raises(DatabaseError), transaction.atomic():
        entry.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        entry.delete()


def test_missing_triggers_are_named_and_put_back() -> None:
    assert triggers.missing(connection) == set()
    triggers.remove(connection)
    mine = triggers.SQLITE if connection.vendor == "sqlite" else triggers.POSTGRES
    assert triggers.missing(connection) == set(mine)
    triggers.after_migrate(sender=None, using="default")
    assert triggers.missing(connection) == set()


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_queue_and_the_chain_does_not_fork() -> None:
    failed: list[BaseException] = []

    def work() -> None:
        try:
            for _ in range(5):
                write()
        except BaseException as error:  # shown below: a thread's exception would vanish
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert list(AuditEntry.objects.order_by("seq").values_list("seq", flat=True)) == list(range(1, 21))
    assert audit.verify_database() == []


def test_an_export_verifies_and_leaves_no_scratch_file(tmp_path: Path) -> None:
    write()
    write(case=uuid.uuid4())
    file = tmp_path / "audit.jsonl"
    assert export(file) == 2
    assert audit.verify_file(file) == []
    assert [f.name for f in tmp_path.iterdir()] == ["audit.jsonl"]
    header = json.loads(file.read_text(encoding="utf-8").splitlines()[0])
    assert set(header["chains"]) == {f"{c.kind}:{c.chain_id}" for c in AuditChain.objects.all()}


def test_an_export_that_fails_leaves_the_earlier_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write()
    file = tmp_path / "audit.jsonl"
    export(file)
    before = file.read_bytes()
    monkeypatch.setattr(audit, "stored_chains", lambda _only: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        export(file)
    assert file.read_bytes() == before
    assert len(list(tmp_path.iterdir())) == 1


def test_a_chain_whose_head_row_is_gone_is_found(without_triggers: None) -> None:
    write()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE trust_auditchain SET length = 5")
    assert [(b.what, b.seq) for b in audit.verify_database()] == [("missing_tail", 2)]


def test_a_chain_that_grows_while_it_is_read_is_not_called_broken() -> None:
    first, second = uuid.uuid4(), uuid.uuid4()
    write(case=first)
    write(case=second)
    reading = audit.stored_chains()
    read = [next(reading)]
    write(case=second)  # somebody works on, after the heads were read
    new = uuid.uuid4()
    write(case=new)
    read += list(reading)
    assert chain.verify_chains(read) == []
    assert {len(rows) for name, _head, rows in read if name == f"case:{second}"} == {2}

"""Proof 3: flip, remove, reorder or re-insert any audit row, and the verifier names the first broken link.

The tamperer has the database open, drops the triggers and writes SQL past the program; or edits an export in an
editor. What the chain alone cannot show is somebody who recomputes a whole chain *and* its head: the published
daily root is for that.
"""

from __future__ import annotations

import json
import random
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from fener.trust import audit, triggers
from fener.trust.actor import Actor
from fener.trust.anchoring.export import export
from fener.trust.chain import FIELDS, BadExport, Broken, Head, digest, first_broken, verify_file

pytestmark = [pytest.mark.django_db, pytest.mark.proof]

CASES = [uuid.UUID(int=n) for n in (1, 2, 3)]
LENGTH = 12
TABLE = "trust_auditentry"


@pytest.fixture
def chains() -> None:
    """Three cases of twelve entries, written turn by turn, as real work would."""
    for n in range(LENGTH):
        for case in CASES:
            with transaction.atomic():
                audit.record(
                    actor=Actor(user_id=uuid.UUID(int=100 + n), keeper_id=uuid.UUID(int=7)),
                    act=("case.read", "case.change", "consent.give")[n % 3],
                    chain=("case", case),
                    subject_type="case",
                    subject_id=case,
                    purpose="share_service",
                    detail={"n": n, "name": "Ђорђевић"},
                )
    assert audit.verify_database() == []
    triggers.remove(connection)


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def row_id(case: uuid.UUID, seq: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT e.id FROM {TABLE} e JOIN trust_auditchain c ON c.id = e.chain_id "
            "WHERE c.chain_id = %s AND e.seq = %s",
            [case.hex, seq],
        )
        return int(cursor.fetchone()[0])


def only_finding() -> Broken:
    found = audit.verify_database()
    assert len(found) == 1, found
    return found[0]


CHANGES = {
    "at": "datetime(at, '+1 second')",
    "actor_id": f"'{uuid.UUID(int=999).hex}'",
    "actor_keeper_id": "NULL",
    "act": "'case.nothing'",
    "subject_type": "'plan'",
    "subject_id": "NULL",
    "purpose": "''",
    "outcome": "'refused'",
    "detail": "'{}'",
    "hash": "replace(hash, substr(hash, 1, 1), 'x')",
}


@pytest.mark.parametrize("column", CHANGES)
@pytest.mark.parametrize("seq", [1, 6, LENGTH])
def test_a_change_of_any_column_of_any_entry_is_named(chains: None, column: str, seq: int) -> None:
    sql(f"UPDATE {TABLE} SET {column} = {CHANGES[column]} WHERE id = %s", row_id(CASES[1], seq))
    found = only_finding()
    assert (found.chain, found.seq, found.what) == (f"case:{CASES[1]}", seq, "hash")


def test_every_hashed_field_has_its_change_above() -> None:
    assert set(FIELDS) - {"chain", "seq"} == set(CHANGES) - {"hash"}


def test_a_forged_entry_with_a_hash_of_its_own_breaks_the_next_link(chains: None) -> None:
    from fener.trust.models import AuditEntry

    entry = AuditEntry.objects.get(pk=row_id(CASES[0], 5))
    forged = {**audit.as_dict(entry, f"case:{CASES[0]}"), "act": "case.nothing"}
    sql(f"UPDATE {TABLE} SET act = 'case.nothing', hash = %s WHERE id = %s", digest(entry.prev_hash, forged), entry.pk)
    found = only_finding()
    assert (found.seq, found.what) == (6, "prev")


def test_a_forged_last_entry_is_not_the_recorded_end(chains: None) -> None:
    from fener.trust.models import AuditEntry

    entry = AuditEntry.objects.get(pk=row_id(CASES[0], LENGTH))
    forged = {**audit.as_dict(entry, f"case:{CASES[0]}"), "act": "case.nothing"}
    sql(f"UPDATE {TABLE} SET act = 'case.nothing', hash = %s WHERE id = %s", digest(entry.prev_hash, forged), entry.pk)
    assert (only_finding().seq, only_finding().what) == (LENGTH, "head")


@pytest.mark.parametrize("seq", range(1, LENGTH + 1))
def test_a_removed_entry_is_named(chains: None, seq: int) -> None:
    sql(f"DELETE FROM {TABLE} WHERE id = %s", row_id(CASES[2], seq))
    found = only_finding()
    assert (found.chain, found.seq) == (f"case:{CASES[2]}", seq)
    assert found.what == ("missing_tail" if seq == LENGTH else "gap")


def test_all_entries_of_a_chain_removed_are_missed(chains: None) -> None:
    sql(f"DELETE FROM {TABLE} WHERE chain_id = (SELECT id FROM trust_auditchain WHERE chain_id = %s)", CASES[0].hex)
    assert (only_finding().seq, only_finding().what) == (1, "missing_tail")


def test_a_cut_tail_with_the_length_adjusted_still_misses_its_end(chains: None) -> None:
    sql(f"DELETE FROM {TABLE} WHERE id = %s", row_id(CASES[0], LENGTH))
    sql("UPDATE trust_auditchain SET length = %s WHERE chain_id = %s", LENGTH - 1, CASES[0].hex)
    assert only_finding().what == "head"


def test_two_entries_that_changed_places_are_named(chains: None) -> None:
    first, second = row_id(CASES[0], 4), row_id(CASES[0], 9)
    for pk, seq in ((first, 1000), (second, 4), (first, 9)):
        sql(f"UPDATE {TABLE} SET seq = %s WHERE id = %s", seq, pk)
    found = only_finding()
    assert (found.seq, found.what) == (4, "order")


def test_an_entry_inserted_again_in_its_place_or_at_the_end_is_named(chains: None) -> None:
    columns = ", ".join([c for c in CHANGES if c != "hash"] + ["prev_hash", "hash", "chain_id"])
    pk = row_id(CASES[0], 3)
    sql(f"INSERT INTO {TABLE} (seq, {columns}) SELECT %s, {columns} FROM {TABLE} WHERE id = %s", LENGTH + 1, pk)
    found = only_finding()
    assert (found.seq, found.what) == (LENGTH + 1, "prev")


def test_an_entry_moved_to_another_case_is_named_in_both(chains: None) -> None:
    sql(
        f"UPDATE {TABLE} SET seq = %s, chain_id = (SELECT id FROM trust_auditchain WHERE chain_id = %s) WHERE id = %s",
        LENGTH + 1,
        CASES[1].hex,
        row_id(CASES[0], LENGTH),
    )
    found = {b.chain: (b.seq, b.what) for b in audit.verify_database()}
    assert found == {f"case:{CASES[0]}": (LENGTH, "missing_tail"), f"case:{CASES[1]}": (LENGTH, "order")}


# -- exports ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def lines(chains: None, tmp_path: Path) -> list[str]:
    file = tmp_path / "audit.jsonl"
    export(file)
    return file.read_text(encoding="utf-8").splitlines()


def verify(lines: list[str], tmp_path: Path) -> list[Broken]:
    file = tmp_path / "tampered.jsonl"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return verify_file(file)


def swap(rng: random.Random, lines: list[str]) -> tuple[list[str], set[str]]:
    """Two entries of one chain change places. Between two chains the order in the file says nothing."""
    i = rng.randrange(1, len(lines))
    chain = json.loads(lines[i])["chain"]
    j = rng.choice([k for k in range(1, len(lines)) if k != i and json.loads(lines[k])["chain"] == chain])
    lines[i], lines[j] = lines[j], lines[i]
    return lines, {"order"}


def remove(rng: random.Random, lines: list[str]) -> tuple[list[str], set[str]]:
    del lines[rng.randrange(1, len(lines))]
    return lines, {"gap", "missing_tail"}


def insert_again(rng: random.Random, lines: list[str]) -> tuple[list[str], set[str]]:
    lines.insert(rng.randrange(1, len(lines) + 1), lines[rng.randrange(1, len(lines))])
    return lines, {"duplicate", "order"}


def flip_a_value(rng: random.Random, lines: list[str]) -> tuple[list[str], set[str]]:
    i = rng.randrange(1, len(lines))
    entry = json.loads(lines[i])
    field = rng.choice(["at", "actor_id", "act", "subject_type", "purpose", "outcome", "hash", "prev_hash"])
    text = entry[field]
    k = rng.randrange(len(text))
    entry[field] = text[:k] + chr(ord(text[k]) ^ 1) + text[k + 1 :]
    lines[i] = json.dumps(entry, ensure_ascii=False)
    return lines, {"hash", "prev"}


def cut_the_file(rng: random.Random, lines: list[str]) -> tuple[list[str], set[str]]:
    return lines[: rng.randrange(1, len(lines))], {"missing_tail"}


TAMPERINGS: list[Callable[[random.Random, list[str]], tuple[list[str], set[str]]]] = [
    swap,
    remove,
    insert_again,
    flip_a_value,
    cut_the_file,
]


@pytest.mark.parametrize("tamper", TAMPERINGS)
def test_a_tampered_export_is_found_each_time(lines: list[str], tmp_path: Path, tamper: Any) -> None:
    for seed in range(60):
        changed, expected = tamper(random.Random(seed), list(lines))
        found = verify(changed, tmp_path)
        assert found, f"{tamper.__name__} with seed {seed} was not found"
        assert {b.what for b in found} <= expected, (seed, found)
        assert all(b.chain.startswith("case:") and b.seq for b in found)


def test_any_single_flipped_bit_of_an_export_is_found(lines: list[str], tmp_path: Path) -> None:
    raw = ("\n".join(lines) + "\n").encode("utf-8")
    file = tmp_path / "flipped.jsonl"
    rng = random.Random(3)
    for _ in range(400):
        changed = bytearray(raw)
        place = rng.randrange(len(raw))
        changed[place] ^= 1 << rng.randrange(8)
        file.write_bytes(changed)
        if [json_or_none(a) for a in bytes(changed).split(b"\n")] == [json_or_none(a) for a in raw.split(b"\n")]:
            continue  # blank for tab and the like: the content is the same
        try:
            found = verify_file(file)
        except BadExport:
            continue
        assert found, f"byte {place}"


def json_or_none(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except ValueError:
        return raw if raw.strip() else None


def test_a_chain_taken_out_of_header_and_file_breaks_the_header(lines: list[str], tmp_path: Path) -> None:
    header = json.loads(lines[0])
    del header["chains"][f"case:{CASES[0]}"]
    rest = [line for line in lines[1:] if json.loads(line)["chain"] != f"case:{CASES[0]}"]
    assert [b.what for b in verify([json.dumps(header), *rest], tmp_path)] == ["header"]


# -- the arithmetic, over any chain -----------------------------------------------------------------------------------


def build(size: int) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = []
    previous = "0" * 64
    for seq in range(1, size + 1):
        entry: dict[str, Any] = {name: f"{name} {seq}" for name in FIELDS} | {
            "chain": "case:x",
            "seq": seq,
            "detail": {},
        }
        entry |= {"prev_hash": previous, "hash": digest(previous, entry)}
        previous = entry["hash"]
        entries.append(entry)
    return entries


@settings(max_examples=200, deadline=None)
@given(data=st.data(), size=st.integers(min_value=1, max_value=12))
def test_no_other_sequence_of_true_entries_verifies(data: st.DataObject, size: int) -> None:
    entries = build(size)
    head = Head(size, entries[-1]["hash"])
    assert first_broken("case:x", entries, head) is None
    other = data.draw(
        st.lists(st.sampled_from(range(size)), max_size=size + 2).filter(lambda x: x != list(range(size)))
    )
    found = first_broken("case:x", [entries[i] for i in other], head)
    assert found is not None
    # The first link that differs is the one that is named.
    same = next((i for i, (a, b) in enumerate(zip(other, range(size), strict=False)) if a != b), min(len(other), size))
    assert found.seq in {
        same + 1,
        other[same] + 1 if same < len(other) else same + 1,
        size if same == size else same + 1,
    }

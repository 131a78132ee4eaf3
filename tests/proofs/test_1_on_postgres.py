"""Proof 1 on PostgreSQL: what was told in confidence is in no file of the server's folder, and in no row of a dump."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.db import connection

from fener.casework.models import Case
from fener.trust.models import User
from tests.proofs.test_1_no_plaintext import planted, temporary_files, told  # noqa: F401 (fixtures)
from tests.proofs.traces import files_below, found_in, log_of, traces_of

pytestmark = [
    pytest.mark.proof,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.trust.urls"),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's folder; this run is on the other"),
]


def server_folder() -> Path:
    """Where ``tools/postgres.py`` keeps the cluster: beside its socket."""
    host = parse_qs(urlsplit(os.environ["FENER_DATABASE_URL"]).query)["host"][0]
    folder = Path(host)
    if not (folder / "data" / "PG_VERSION").exists():
        pytest.skip("the server's folder is elsewhere: run this with python -m tools.postgres")
    return folder


@pytest.fixture
def since() -> float:
    return time.time() - 2


@pytest.fixture
def written(since: float, told: Case) -> dict[str, bytes]:  # noqa: F811
    """Every file of the server that was written since the test began: tables, indexes, write-ahead log, its own log."""
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SELECT pg_relation_filepath('trust_sealeditem')")
        (table,) = cursor.fetchone()
    folder = server_folder()
    files = {str(p): p.read_bytes() for p in folder.rglob("*") if p.is_file() and p.stat().st_mtime >= since}
    assert str(folder / "data" / table) in files
    assert any("pg_wal" in name for name in files)
    return files


def dumped() -> Iterator[tuple[str, bytes]]:
    """Every row of every table, as somebody with the database reads it: large values stand compressed in the files."""
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                values = (bytes(v) if isinstance(v, (bytes, memoryview)) else str(v).encode() for v in row)
                yield table, b"\x1f".join(values)


def test_nothing_told_is_in_any_file_of_the_server(
    written: dict[str, bytes], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    blobs = {**written, **dict(files_below(Path(settings.FENER_HOME), tmp_path)), "the log": log_of(caplog)}
    assert found_in(blobs.items(), traces_of(planted())) == []


def test_nothing_told_is_in_any_row(told: Case) -> None:  # noqa: F811
    rows = list(dumped())
    tables = {table for table, _row in rows}
    assert {"trust_sealeditem", "trust_blindtoken", "trust_auditentry", "django_session", "casework_case"} <= tables
    assert found_in(rows, traces_of(planted())) == []


def test_the_proof_would_find_what_is_written_in_clear(told: Case, written: dict[str, bytes]) -> None:  # noqa: F811
    """A staff member's name and the case's code stand in clear, in the files and in the rows."""
    name = User.objects.order_by("created_at").values_list("full_name", flat=True).first()
    for text in (name, told.code):
        assert text
        assert found_in(written.items(), traces_of([text])) != []
        assert found_in(dumped(), traces_of([text])) != []

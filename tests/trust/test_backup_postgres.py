"""The same way on PostgreSQL: saved from one database while it is in use, restored into an empty other one."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pyrage
import pytest
from psycopg import sql

from fener.trust.backup.custodians import make_identity, read_identities
from fener.trust.backup.reading import look_through
from tests.trust.nodes import fener, new_node, refused

URL = os.environ.get("FENER_DATABASE_URL", "")
pytestmark = [
    pytest.mark.skipif(not URL, reason="PostgreSQL is named by FENER_DATABASE_URL"),
    pytest.mark.skipif(not shutil.which("pg_dump"), reason="pg_dump is not installed"),
]


def _address(name: str) -> str:
    head, question, options = URL.partition("?")
    return f"{head.rpartition('/')[0]}/{name}{question}{options}"


@pytest.fixture(scope="module")
def database() -> Iterator[Any]:
    """Makes empty databases, and takes them away."""
    made: list[str] = []
    with psycopg.connect(URL, autocommit=True) as server:

        def make() -> str:
            name = f"fener_{uuid.uuid4().hex[:12]}"
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
            made.append(name)
            return _address(name)

        yield make
        for name in made:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="module")
def node(database: Any, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    address = database()
    return new_node(tmp_path_factory.mktemp("node") / "home", FENER_DATABASE_URL=address), address


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("custodian") / "custodian.key"
    make_identity(file)
    return file


@pytest.fixture(scope="module")
def saved(node: tuple[Path, str], key: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home, address = node
    file = tmp_path_factory.mktemp("shelf") / "fener.age"
    public = str(read_identities(key)[0].to_public())
    made = fener("backup", file, "--recipient", public, home=home, FENER_DATABASE_URL=address)
    assert made.returncode == 0, made.stderr
    return file


def counts(address: str) -> dict[str, int]:
    with psycopg.connect(address, options="-c fener.node=on") as database:
        names = database.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        return {
            name: database.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name))).fetchone()[0]  # type: ignore[index]
            for (name,) in names
        }


def test_a_node_is_made_again_in_an_empty_database(
    saved: Path, node: tuple[Path, str], key: Path, database: Any, tmp_path: Path
) -> None:
    address, home = database(), tmp_path / "restored"
    restored = fener("restore", saved, "--identity", key, "--home", home, home=home, FENER_DATABASE_URL=address)
    assert restored.returncode == 0, restored.stdout + restored.stderr
    assert "every audit chain holds" in restored.stdout
    assert fener("audit", "verify", home=home, FENER_DATABASE_URL=address).returncode == 0
    checked = fener("check", home=home, FENER_DATABASE_URL=address)
    assert (checked.returncode, checked.stdout) == (0, "Nothing is wrong.\n")
    before, after = counts(node[1]), counts(address)
    assert after["trust_user"] == before["trust_user"] == 1
    assert after["network_membership"] == before["network_membership"]
    assert (home / "secret.key").read_bytes() == (node[0] / "secret.key").read_bytes()


def test_rows_under_the_fence_are_in_it(saved: Path, node: tuple[Path, str], key: Path) -> None:
    """What the node's role sees only at the node's own standing is saved as well."""
    said = look_through(saved, read_identities(key)).manifest.contents.counts
    there = counts(node[1])
    assert there["trust_auditentry"] > 0
    assert said["trust_auditentry"] == there["trust_auditentry"] - 1  # the entry of the backup itself
    assert said["trust_user"] == 1


def test_a_database_in_use_and_the_other_engine_are_refused(
    saved: Path, node: tuple[Path, str], key: Path, tmp_path: Path
) -> None:
    words = ("restore", saved, "--identity", key, "--home", tmp_path / "home")
    assert "empty" in refused(fener(*words, home=tmp_path / "home", FENER_DATABASE_URL=node[1]))
    assert "FENER_DATABASE_URL" in refused(fener(*words, home=tmp_path / "home"))
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("at", [0.5, 0.98])
def test_a_harmed_file_leaves_the_database_empty(
    at: float, saved: Path, key: Path, database: Any, tmp_path: Path
) -> None:
    raw = bytearray(saved.read_bytes())
    raw[int(len(raw) * at)] ^= 1
    (tmp_path / "harmed.age").write_bytes(raw)
    address, home = database(), tmp_path / "home"
    words = ("restore", tmp_path / "harmed.age", "--identity", key, "--home", home)
    refused(fener(*words, home=home, FENER_DATABASE_URL=address))
    assert counts(address) == {}
    assert not home.exists()


@pytest.mark.parametrize(
    "tool, told", [(None, "not installed"), ("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.1'\n", "9")]
)
def test_a_tool_that_is_missing_or_too_old_is_told_in_one_line(
    tool: str | None, told: str, node: tuple[Path, str], tmp_path: Path
) -> None:
    home, address = node
    folder = tmp_path / "bin"
    folder.mkdir()
    if tool:
        (folder / "pg_dump").write_text(tool)
        (folder / "pg_dump").chmod(0o755)
    public = str(pyrage.x25519.Identity.generate().to_public())
    words = ("backup", tmp_path / "x.age", "--recipient", public)
    assert told in refused(fener(*words, home=home, FENER_DATABASE_URL=address, PATH=str(folder)))
    assert not (tmp_path / "x.age").exists()


def test_a_dump_that_breaks_off_leaves_no_file(node: tuple[Path, str], tmp_path: Path) -> None:
    home, address = node
    folder, real = tmp_path / "bin", shutil.which("pg_dump")
    folder.mkdir()
    script = f'#!/bin/sh\n[ "$1" = --version ] && exec {real} --version\n{real} "$@" | head -c 2000\nexit 3\n'
    (folder / "pg_dump").write_text(script)
    (folder / "pg_dump").chmod(0o755)
    public = str(pyrage.x25519.Identity.generate().to_public())
    words = ("backup", tmp_path / "x.age", "--recipient", public)
    path = f"{folder}:{os.environ['PATH']}"
    assert "pg_dump failed" in refused(fener(*words, home=home, FENER_DATABASE_URL=address, PATH=path))
    assert [file.name for file in tmp_path.iterdir()] == ["bin"]

"""A new version of the program on a database of the first release: saved first, changed, and nothing is lost."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from fener.trust.backup.custodians import make_identity
from fener.trust.sqlcipher.base import opened
from tests.trust import first_release
from tests.trust.nodes import environment, fener, refused

Table = tuple[list[str], list[tuple[Any, ...]]]
# (table, column) that a later migration took away on purpose; what was in it has to stand somewhere else, with a test.
TAKEN_AWAY = {
    ("trust_user", "must_change_password"),  # nobody sets somebody else's password any more: there are invitations
}


def tables(home: Path) -> dict[str, Table]:
    """Every table with its columns and rows."""
    with opened(str(home / "fener.db"), (home / "database.key").read_text()) as database:
        names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        found = {}
        for (name,) in names:
            cursor = database.execute(f'SELECT * FROM "{name}" ORDER BY 1')
            found[name] = ([column[0] for column in cursor.description], cursor.fetchall())
        return found


def shape(home: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every table's columns, what they point at, its indexes and the names of its rules."""
    with opened(str(home / "fener.db"), (home / "database.key").read_text()) as database:

        def asked(sql: str) -> list[tuple[Any, ...]]:
            return database.execute(sql).fetchall()

        found = {}
        for name, made in asked("SELECT name, sql FROM sqlite_master WHERE type = 'table'"):
            columns = [("column", *row[1:]) for row in asked(f'PRAGMA table_info("{name}")')]
            points = [("to", row[2], row[3], row[4]) for row in asked(f'PRAGMA foreign_key_list("{name}")')]
            indexes = [
                ("index", unique, partial, *(row[2] for row in asked(f'PRAGMA index_info("{index}")')))
                for _at, index, unique, _origin, partial in asked(f'PRAGMA index_list("{name}")')
            ]
            rules = [("rule", rule) for rule in re.findall(r'CONSTRAINT "(\w+)" CHECK', made)]
            found[name] = sorted([*columns, *points, *indexes, *rules], key=repr)
        return found


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Table]]:
    """A node as the first release left it, with rows in every table of the product."""
    home = tmp_path_factory.mktemp("old") / "home"
    program = [sys.executable, first_release.__file__]
    made = subprocess.run(program, env=environment(home), capture_output=True, text=True, timeout=120)
    assert made.returncode == 0, made.stderr
    return home, tables(home)


def _copied(old: tuple[Path, dict[str, Table]], folder: Path) -> Path:
    return Path(shutil.copytree(old[0], folder / "home"))


@pytest.fixture(scope="module")
def upgraded(old: tuple[Path, dict[str, Table]], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The same node, brought up to the program of today, and what was said."""
    home = _copied(old, tmp_path_factory.mktemp("upgraded"))
    shelf = tmp_path_factory.mktemp("custodian")
    public = make_identity(shelf / "custodian.key")
    (shelf / "public.txt").write_text(public)
    done = fener("upgrade", home=home, FENER_BACKUP_RECIPIENTS=str(shelf / "public.txt"))
    assert done.returncode in {0, 1}, done.stderr  # 1: the check has something to say about it
    (saved,) = (home / "backups").glob("*.age")
    looked = fener("restore", saved, "--identity", shelf / "custodian.key", "--check", home=shelf / "none")
    assert looked.returncode == 0, looked.stderr
    return home, done.stdout


def test_the_old_database_has_rows_everywhere(old: tuple[Path, dict[str, Table]]) -> None:
    _home, before = old
    ours = [name for name in before if name.split("_")[0] in first_release.RELEASE]
    assert len(ours) > 30
    assert [name for name in ours if not before[name][1]] == []


def test_nothing_is_lost(upgraded: tuple[Path, str], old: tuple[Path, dict[str, Table]]) -> None:
    after, lost = tables(upgraded[0]), []
    for name, (columns, rows) in old[1].items():
        if name.split("_")[0] not in first_release.RELEASE:
            continue
        kept = [(at, column) for at, column in enumerate(columns) if (name, column) not in TAKEN_AWAY]
        there, now = after[name]
        for row in rows:
            wanted = {column: row[at] for at, column in kept}
            if not any(wanted.items() <= dict(zip(there, one, strict=True)).items() for one in now):
                lost.append((name, wanted))
    assert lost == []


def test_the_audit_of_before_still_holds_and_the_backup_is_in_it(upgraded: tuple[Path, str], tmp_path: Path) -> None:
    home, told = upgraded
    assert "Saved to" in told
    assert "changes were made" in told
    verified = fener("audit", "verify", home=home)
    assert verified.returncode == 0, verified.stdout
    fener("audit", "export", tmp_path / "a.jsonl", home=home)
    assert (tmp_path / "a.jsonl").read_text().count('"node.backup"') == 1


def test_a_node_that_came_step_by_step_has_the_tables_of_a_new_one(upgraded: tuple[Path, str], tmp_path: Path) -> None:
    program = [sys.executable, "-m", "django", "migrate", "-v0", "--settings=fener.settings"]
    made = subprocess.run(program, env=environment(tmp_path / "new"), capture_output=True, text=True, timeout=120)
    assert made.returncode == 0, made.stderr
    assert shape(upgraded[0]) == shape(tmp_path / "new")


def test_a_second_upgrade_finds_nothing_to_do(upgraded: tuple[Path, str]) -> None:
    again = fener("upgrade", home=upgraded[0])
    assert "stands where the program is" in again.stdout


def test_a_node_behind_its_program_is_not_served_and_says_what_to_do(old: tuple[Path, dict[str, Table]]) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    told = refused(fener("serve", "--port", port, home=old[0]))
    assert "fener upgrade" in told
    assert "fener upgrade" in fener("check", home=old[0]).stdout


def test_an_upgrade_without_custodians_is_refused_unless_somebody_says_so(
    old: tuple[Path, dict[str, Table]], tmp_path: Path
) -> None:
    home = _copied(old, tmp_path)
    before = (home / "fener.db").read_bytes()
    assert "FENER_BACKUP_RECIPIENTS" in refused(fener("upgrade", home=home))
    assert (home / "fener.db").read_bytes() == before
    done = fener("upgrade", "--no-backup", home=home)
    assert "changes were made" in done.stdout
    assert not (home / "backups").exists()


def test_there_is_nothing_to_upgrade_in_an_empty_home(tmp_path: Path) -> None:
    assert "fener init" in refused(fener("upgrade", home=tmp_path / "new"))

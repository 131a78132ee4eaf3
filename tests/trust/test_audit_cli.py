"""``fener audit``: exit codes, one-line reasons, and a verifier that needs nothing of the system."""

from __future__ import annotations

import json
import subprocess
import sys
import uuid
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.db import connection, transaction

from fener.trust import audit, chain, triggers
from fener.trust.actor import SYSTEM
from fener.trust.anchoring import roots
from fener.trust.audit_cli import audit as command

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> uuid.UUID:
    case = uuid.uuid4()
    with transaction.atomic():
        for act in ("case.open", "case.read", "case.close"):
            audit.record(actor=SYSTEM, act=act, chain=("case", case), subject_type="case", subject_id=case)
    return case


@pytest.fixture
def exported(case: uuid.UUID, tmp_path: Path) -> Path:
    file = tmp_path / "audit.jsonl"
    answer = CliRunner().invoke(command, ["export", str(file)])
    assert answer.exit_code == 0, answer.output
    assert "3 entries" in answer.output
    return file


def test_a_database_that_holds_exits_0(case: uuid.UUID) -> None:
    answer = CliRunner().invoke(command, ["verify"])
    assert (answer.exit_code, answer.output) == (0, "Every chain holds.\n")


def test_a_database_that_was_changed_exits_1_and_names_the_entry(case: uuid.UUID) -> None:
    triggers.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE trust_auditentry SET act = 'case.nothing' WHERE seq = 2")
    answer = CliRunner().invoke(command, ["verify", "--json"])
    findings = [json.loads(line) for line in answer.output.splitlines()]
    assert answer.exit_code == 1
    assert (findings[0]["chain"], findings[0]["seq"], findings[0]["what"]) == (f"case:{case}", 2, "hash")
    assert findings[1]["what"] == "triggers"


def test_an_export_that_holds_exits_0_and_a_changed_one_1(exported: Path, case: uuid.UUID) -> None:
    assert CliRunner().invoke(command, ["verify", str(exported)]).exit_code == 0
    exported.write_bytes(exported.read_bytes().replace(b"case.close", b"case.other"))
    answer = CliRunner().invoke(command, ["verify", str(exported)])
    assert answer.exit_code == 1
    assert answer.output == f"case:{case}, entry 3, line 4: hash: its content was changed\n"


def test_the_offline_verifier_imports_no_django_and_needs_no_settings(exported: Path) -> None:
    code = (
        "import sys; from fener.trust.audit_cli import audit\n"
        f"try: audit(['verify', {str(exported)!r}])\n"
        "except SystemExit as end: code = end.code\n"
        "assert not [m for m in sys.modules if m.split('.')[0] == 'django'], 'Django was imported'\n"
        "sys.exit(code)"
    )
    # No environment at all: no settings, no key, no home.
    done = subprocess.run([sys.executable, "-c", code], env={}, cwd=exported.parent, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "Every chain holds.\n", "")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "line 1"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"id,name\n1,x\n", "not JSON"),
        (b"{}\n", "not the header"),
        (b"[]\n", "not the header"),
        (b'{"format": "fener-audit-export", "version": 99}\n', "version 99"),
        (b'{"format": "fener-audit-export", "version": 1}\n', "list of chains"),
        (b'{"format": "fener-audit-export", "version": 1, "chains": {"a": 3}}\n', "list of chains"),
    ],
)
def test_a_file_that_is_no_export_exits_2_with_one_line(tmp_path: Path, content: bytes, reason: str) -> None:
    file = tmp_path / "x.jsonl"
    file.write_bytes(content)
    answer = CliRunner().invoke(command, ["verify", str(file)])
    assert answer.exit_code == 2
    assert reason in answer.stderr
    assert str(file) in answer.stderr
    assert answer.stderr.count("\n") == 1


def test_a_file_or_folder_that_is_not_there_exits_2(tmp_path: Path) -> None:
    assert CliRunner().invoke(command, ["verify", str(tmp_path / "no.jsonl")]).exit_code == 2
    assert CliRunner().invoke(command, ["verify", str(tmp_path)]).exit_code == 2
    assert CliRunner().invoke(command, ["export", str(tmp_path / "no" / "x.jsonl")]).exit_code == 2
    assert CliRunner().invoke(command, ["export", str(tmp_path)]).exit_code == 2


@pytest.fixture
def with_root(case: uuid.UUID) -> None:
    made = roots.make_root(actor=SYSTEM, at=datetime(2026, 3, 1, 12, tzinfo=UTC))
    assert made is not None


def run(*words: object) -> Result:
    return CliRunner().invoke(command, [str(word) for word in words])


def test_an_export_with_roots_verifies_against_the_published_ones(
    case: uuid.UUID, with_root: None, tmp_path: Path
) -> None:
    file, published = tmp_path / "audit.jsonl", tmp_path / "published.jsonl"
    assert run("export", file).exit_code == 0
    assert run("roots", published).output == f"1 roots written to {published}\n"
    assert run("verify", file, "--roots", published, "--key", roots.public_key()).exit_code == 0
    assert run("verify", "--roots", published).exit_code == 0
    assert str(case) not in published.read_text(), "what is published names no case"


def test_an_export_whose_chain_was_written_anew_is_found_by_its_roots(
    case: uuid.UUID, with_root: None, tmp_path: Path
) -> None:
    file = tmp_path / "audit.jsonl"
    run("export", file)
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    entries, previous = [line for line in lines if "seq" in line], chain.GENESIS
    entries[0]["act"] = "case.nothing"
    for entry in entries:
        entry["prev_hash"] = previous
        entry["hash"] = previous = chain.digest(previous, entry)
    lines[0] = chain.header({f"case:{case}": chain.Head(len(entries), previous)})
    file.write_bytes(b"\n".join(map(chain.canonical, lines)) + b"\n")
    answer = run("verify", file, "--json")
    assert answer.exit_code == 1
    (found,) = map(json.loads, answer.output.splitlines())
    assert (found["chain"], found["what"]) == (f"case:{case}", "root_chain")


def test_one_case_is_verified_without_telling_of_any_other(case: uuid.UUID, tmp_path: Path) -> None:
    other = uuid.uuid4()
    with transaction.atomic():
        audit.record(actor=SYSTEM, act="case.read", chain=("case", other), subject_type="case", subject_id=other)
    roots.make_root(actor=SYSTEM, at=datetime(2026, 3, 1, 12, tzinfo=UTC))
    file = tmp_path / "one.jsonl"
    assert run("export", file, "--chain", f"case:{case}").exit_code == 0
    assert str(other) not in file.read_text(encoding="utf-8")
    assert run("verify", file).exit_code == 0
    for old, new in ((b'"index":0', b'"index":1'), (b'"index":1', b'"index":0'), (b'"proof":{', b'"proof":{"x":1,')):
        raw = file.read_bytes()
        if old in raw and old != b'"proof":{':
            changed = tmp_path / "changed.jsonl"
            changed.write_bytes(raw.replace(old, new))
            assert "root" in run("verify", changed).output


@pytest.mark.parametrize(
    "content", [b"", b"\xff\n", b"{}\n", b'{"format": "fener-audit-root"}\n', b"not json\n"], ids=range(5)
)
def test_a_file_of_published_roots_that_is_none_exits_2(case: uuid.UUID, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "published.jsonl"
    file.write_bytes(content)
    answer = run("verify", "--roots", file)
    assert answer.exit_code == 2
    assert str(file) in answer.stderr
    assert answer.stderr.count("\n") == 1


def test_a_chain_that_is_not_there_and_a_file_that_is_there_exit_2(case: uuid.UUID, tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    assert run("export", file, "--chain", "case:x").exit_code == 2
    assert run("export", file, "--chain", f"case:{uuid.uuid4()}").exit_code == 2
    assert not file.exists()
    file.touch()
    assert run("roots", file).exit_code == 2, "what was published is not written over"


@pytest.mark.parametrize("name", ["verify", "export", "roots"])
def test_help_has_an_example(name: str) -> None:
    answer = CliRunner().invoke(command, [name, "--help"])
    assert answer.exit_code == 0
    assert "Example" in answer.output


def test_it_is_a_command_of_fener(exported: Path) -> None:
    from fener.cli import main

    answer = CliRunner().invoke(main, ["audit", "verify", str(exported)])
    assert (answer.exit_code, answer.output) == (0, "Every chain holds.\n")

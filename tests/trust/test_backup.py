"""A backup is one file that only custodians open, made while the node runs; a restore makes the node of it again."""

from __future__ import annotations

import fcntl
import io
import json
import shutil
import stat
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pyrage
import pytest

from fener.trust.backup import archive
from fener.trust.backup.custodians import make_identity, read_identities, read_recipients
from fener.trust.backup.errors import BackupError
from fener.trust.backup.manifest import Contents, Header, Manifest, to_bytes
from fener.trust.backup.reading import look_through
from fener.trust.backup.restoring import restore_backup
from fener.trust.sqlcipher.base import opened
from tests.trust.nodes import fener, new_node, refused

ATTACHMENT = "media/ab/cd0123456789"


class Custodian:
    """Somebody with a key file."""

    def __init__(self, file: Path) -> None:
        self.file, self.public = file, make_identity(file)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("shelf")


@pytest.fixture(scope="module")
def custodian(shelf: Path) -> Custodian:
    return Custodian(shelf / "custodian.key")


@pytest.fixture(scope="module")
def second(shelf: Path) -> Custodian:
    return Custodian(shelf / "second.key")


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = new_node(tmp_path_factory.mktemp("node") / "home")
    file = home / ATTACHMENT
    file.parent.mkdir(parents=True, mode=0o700)
    file.write_bytes(bytes(range(256)) * 9)
    return home


@pytest.fixture(scope="module")
def saved(node: Path, shelf: Path, custodian: Custodian, second: Custodian) -> Path:
    """A backup for two custodians."""
    file = shelf / "fener.age"
    made = fener("backup", file, "--recipient", second.public, home=node, FENER_BACKUP_RECIPIENTS=custodian.public)
    assert made.returncode == 0, made.stderr
    assert "2 custodians" in made.stdout
    return file


def restore(file: Path, custodian: Custodian, home: Path, **more: str) -> subprocess.CompletedProcess[str]:
    return fener("restore", file, "--identity", custodian.file, "--home", home, home=home.parent / "unused", **more)


def refusal(file: Path, custodian: Custodian, home: Path) -> str:
    """Why a restore is refused, without a process of its own; one line, and nothing is there."""
    with pytest.raises(BackupError) as error:
        restore_backup(file=file, identities=read_identities(custodian.file), home=home)
    assert "\n" not in str(error.value)
    assert not home.exists()
    return str(error.value)


def rows(home: Path) -> dict[str, int]:
    with opened(str(home / "fener.db"), (home / "database.key").read_text()) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


# -- the whole way -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["custodian", "second"])
def test_either_custodian_makes_the_node_again(
    who: str, saved: Path, node: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    home = tmp_path / "restored"
    restored = restore(saved, request.getfixturevalue(who), home)
    assert restored.returncode == 0, restored.stdout + restored.stderr
    assert "every audit chain holds" in restored.stdout
    assert fener("audit", "verify", home=home).returncode == 0
    checked = fener("check", home=home)
    assert (checked.returncode, checked.stdout) == (0, "Nothing is wrong.\n")
    for name in ("database.key", "secret.key", ATTACHMENT):
        assert (home / name).read_bytes() == (node / name).read_bytes()
    before, after = rows(node), rows(home)
    assert after["trust_user"] == before["trust_user"] == 1
    assert after["trust_auditentry"] == before["trust_auditentry"]  # the backup's own entry there, the restore's here


def test_what_a_restore_writes_is_for_its_owner_alone(saved: Path, custodian: Custodian, tmp_path: Path) -> None:
    home = tmp_path / "restored"
    assert restore(saved, custodian, home).returncode == 0
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in [home, *home.rglob("*")]}
    assert [path for path, mode in modes.items() if mode & 0o077] == []
    assert not (home / ".restoring").exists()


def test_the_file_is_for_its_owner_alone_and_nothing_stays_beside_it(saved: Path, node: Path) -> None:
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    assert [path.name for path in saved.parent.iterdir() if path.name.startswith(".")] == []
    assert list(node.glob(".backup-*")) == []


def test_backup_and_restore_stand_in_the_nodes_chain(
    saved: Path, node: Path, custodian: Custodian, tmp_path: Path
) -> None:
    home = tmp_path / "restored"
    assert restore(saved, custodian, home).returncode == 0
    written = {}
    for act, where in (("node.backup", node), ("node.restore", home)):
        fener("audit", "export", tmp_path / f"{act}.jsonl", home=where)
        lines = [json.loads(line) for line in (tmp_path / f"{act}.jsonl").read_text().splitlines()]
        written[act] = [line["detail"] for line in lines if line.get("act") == act]
    (backup,), (restored,) = written["node.backup"], written["node.restore"]
    assert backup["sha256"] == restored["sha256"] == archive.file_digest(saved)
    assert (backup["recipients"], backup["bytes"], backup["media"]) == (2, saved.stat().st_size, 1)


def test_the_common_tools_open_it_should_the_program_be_lost(saved: Path, custodian: Custodian, node: Path) -> None:
    """What ``age -d | tar x`` does: the library of age, and tar."""
    plain = pyrage.decrypt(saved.read_bytes(), read_identities(custodian.file))
    with tarfile.open(fileobj=io.BytesIO(plain)) as tar:
        parts = {info.name: tar.extractfile(info).read() for info in tar}  # type: ignore[union-attr]
    assert parts[ATTACHMENT] == (node / ATTACHMENT).read_bytes()
    assert parts["keys/database.key"] == (node / "database.key").read_bytes()
    whole = b"".join(parts[name] for name in sorted(parts) if name.startswith("database/"))
    assert len(whole) % 4096 == 0
    assert not whole.startswith(b"SQLite format 3")  # still under the database's own key


def test_a_look_restores_nothing(saved: Path, custodian: Custodian, tmp_path: Path) -> None:
    looked = fener("restore", saved, "--identity", custodian.file, "--check", home=tmp_path / "none")
    assert looked.returncode == 0
    assert "The file is whole" in looked.stdout
    assert not (tmp_path / "none").exists()


def test_a_folder_gets_a_file_that_is_named_after_the_moment(node: Path, custodian: Custodian, tmp_path: Path) -> None:
    made = fener("backup", tmp_path, "--recipient", custodian.public, home=node)
    assert made.returncode == 0, made.stderr
    (file,) = tmp_path.iterdir()
    assert file.name.startswith("fener-2")
    assert file.suffix == ".age"


def test_sessions_and_counted_attempts_stay_behind(
    tmp_path: Path, node: Path, custodian: Custodian, shelf: Path
) -> None:
    """Whoever was signed out since stays out, and nobody's cookie opens a restored node."""
    home = tmp_path / "copy"
    shutil.copytree(node, home)
    plant = "insert into django_session (session_key, session_data, expire_date) values ('k', 'PLANTED', '2999-01-01')"
    key = (home / "database.key").read_text()
    from fener.trust.sqlcipher.base import Database

    database = Database.connect(str(home / "fener.db"))
    database.execute(f"PRAGMA key = \"x'{key}'\"")
    database.execute(plant)
    database.commit()
    database.close()
    file = tmp_path / "with-session.age"
    assert fener("backup", file, "--recipient", custodian.public, home=home).returncode == 0
    assert restore(file, custodian, tmp_path / "restored").returncode == 0
    assert rows(home)["django_session"] == 1
    assert rows(tmp_path / "restored")["django_session"] == 0


# -- what is refused ---------------------------------------------------------------------------------------------


def flipped(raw: bytes, at: int) -> bytes:
    return raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]


@pytest.mark.parametrize(
    "name, harm",
    [
        ("one byte is missing", lambda raw: raw[:-1]),
        ("half is missing", lambda raw: raw[: len(raw) // 2]),
        ("cut at a piece of age", lambda raw: raw[: raw.index(b"\n--- ") + 65536]),
        ("the head alone", lambda raw: raw[:200]),
        ("nothing", lambda raw: b""),
        ("something behind it", lambda raw: raw + b"\n"),
        ("a bit of the head", lambda raw: flipped(raw, 60)),
        ("a bit in the middle", lambda raw: flipped(raw, len(raw) // 2)),
        ("the last bit", lambda raw: flipped(raw, len(raw) - 1)),
        ("another file", lambda raw: b"SQLite format 3\0" + bytes(5000)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_harmed_file_restores_nothing(
    name: str, harm: object, saved: Path, custodian: Custodian, tmp_path: Path
) -> None:
    file, home = tmp_path / "harmed.age", tmp_path / "home"
    file.write_bytes(harm(saved.read_bytes()))  # type: ignore[operator]
    assert str(file) in refusal(file, custodian, home)


def test_a_harmed_file_is_told_in_one_line_by_the_command(saved: Path, custodian: Custodian, tmp_path: Path) -> None:
    file = tmp_path / "harmed.age"
    file.write_bytes(saved.read_bytes()[:-1])
    assert "cut off" in refused(restore(file, custodian, tmp_path / "home"))


def test_another_key_restores_nothing(saved: Path, tmp_path: Path) -> None:
    stranger, home = Custodian(tmp_path / "stranger.key"), tmp_path / "home"
    home.mkdir()
    assert "does not open" in refused(restore(saved, stranger, home))
    assert list(home.iterdir()) == []


def test_a_restore_goes_into_a_clean_folder_only(saved: Path, custodian: Custodian, node: Path, tmp_path: Path) -> None:
    before = archive.file_digest(node / "fener.db")
    assert "not empty" in refused(restore(saved, custodian, node))
    assert archive.file_digest(node / "fener.db") == before
    (tmp_path / "a-file").write_text("mine")
    assert "no folder" in refused(restore(saved, custodian, tmp_path / "a-file"))


@pytest.mark.parametrize("variable", ["FENER_SECRET_KEY", "FENER_DATABASE_KEY"])
def test_a_variable_with_another_key_is_noticed_before_anything_is_written(
    variable: str, saved: Path, custodian: Custodian, tmp_path: Path
) -> None:
    told = refused(restore(saved, custodian, tmp_path / "home", **{variable: "ab" * 32}))
    assert variable in told
    assert not (tmp_path / "home").exists()


def test_nothing_is_written_over(saved: Path, node: Path, custodian: Custodian) -> None:
    before = archive.file_digest(saved)
    assert "never written over" in refused(fener("backup", saved, "--recipient", custodian.public, home=node))
    assert archive.file_digest(saved) == before


@pytest.mark.parametrize(
    "words, told",
    [
        (["{file}"], "no custodian is named"),
        (["{file}", "--recipient", "age1nobody"], "no public key"),
        (["{file}", "--recipient", "{missing}"], "No such file"),
        (["{nowhere}", "--recipient", "{public}"], "does not exist"),
        ([], "name the file"),
    ],
)
def test_a_backup_that_cannot_be_made_says_why_and_leaves_nothing(
    words: list[str], told: str, node: Path, custodian: Custodian, tmp_path: Path
) -> None:
    names = {
        "file": str(tmp_path / "x.age"),
        "missing": str(tmp_path / "missing.txt"),
        "nowhere": str(tmp_path / "no" / "where.age"),
        "public": custodian.public,
    }
    assert told in refused(fener("backup", *(word.format(**names) for word in words), home=node))
    assert list(tmp_path.iterdir()) == []


def test_a_node_without_data_is_not_saved(custodian: Custodian, tmp_path: Path) -> None:
    answer = fener("backup", tmp_path / "x.age", "--recipient", custodian.public, home=tmp_path / "new")
    assert "no data yet" in refused(answer)


def test_two_backups_at_a_time_are_one_too_many(node: Path, custodian: Custodian, tmp_path: Path) -> None:
    with (node / "backup.lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        answer = fener("backup", tmp_path / "x.age", "--recipient", custodian.public, home=node)
    assert "another backup" in refused(answer)


def test_what_a_killed_backup_left_is_taken_away_by_the_next(node: Path, custodian: Custodian, tmp_path: Path) -> None:
    left = node / ".backup-left"
    left.mkdir()
    (left / "fener.db").write_bytes(b"half")
    (tmp_path / ".x.age.part").write_bytes(b"half")
    assert fener("backup", tmp_path / "x.age", "--recipient", custodian.public, home=node).returncode == 0
    assert not left.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["x.age"]


def test_a_damaged_database_is_not_saved_as_if_it_were_whole(node: Path, custodian: Custodian, tmp_path: Path) -> None:
    home = tmp_path / "copy"
    shutil.copytree(node, home)
    raw = (home / "fener.db").read_bytes()
    (home / "fener.db").write_bytes(flipped(raw, len(raw) - 3000))
    told = refused(fener("backup", tmp_path / "x.age", "--recipient", custodian.public, home=home))
    assert str(home) in told
    assert not (tmp_path / "x.age").exists()


# -- keys of custodians --------------------------------------------------------------------------------------------


def test_a_custodians_key_is_for_its_owner_alone_and_never_written_over(tmp_path: Path) -> None:
    file = tmp_path / "new.key"
    made = fener("backup", "--keygen", file, home=tmp_path / "home")
    assert made.returncode == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    public = next(line.strip() for line in made.stdout.splitlines() if line.strip().startswith("age1"))
    assert "AGE-SECRET-KEY" not in made.stdout
    assert str(read_identities(file)[0].to_public()) == public
    before = file.read_text()
    assert "never written over" in refused(fener("backup", "--keygen", file, home=tmp_path / "home"))
    assert file.read_text() == before


def test_recipients_come_from_words_and_files_without_doubles(
    custodian: Custodian, second: Custodian, tmp_path: Path
) -> None:
    file = tmp_path / "custodians.txt"
    file.write_text(f"# the two\n\n{custodian.public}\n{second.public}\n")
    assert len(read_recipients([custodian.public, str(file)])) == 2


def test_a_secret_key_among_the_recipients_is_refused_and_not_repeated(custodian: Custodian) -> None:
    with pytest.raises(BackupError, match="secret key") as refusal:
        read_recipients([str(custodian.file)])
    secret = str(read_identities(custodian.file)[0])
    assert secret not in str(refusal.value)


@pytest.mark.parametrize("text", ["", "# nothing\n", "AGE-SECRET-KEY-1NONSENSE\n", "hello\n", "age1abc\n", "\xff\n"])
def test_a_file_that_holds_no_key_is_told_without_its_content(text: str, tmp_path: Path) -> None:
    file = tmp_path / "k"
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(BackupError) as refusal:
        read_identities(file)
    assert str(file) in str(refusal.value)
    assert "NONSENSE" not in str(refusal.value)


# -- what somebody might make who knows a public key ---------------------------------------------------------------

HEADER = Header("sqlcipher", "0.1.0", "2026-03-02T10:00:00+00:00", "RS")
NOTHING = Contents({}, [], 0, "", None)


def crafted(file: Path, custodian: Custodian, *members: archive.Member, digests: dict[str, str] | None = None) -> Path:
    """A file as the program writes it, but with these members; the list of contents fits unless it is given."""
    seen: dict[str, str] = {}

    def parts() -> Iterator[archive.Member]:
        yield from members
        listed = dict(seen) if digests is None else digests
        yield archive.member(archive.MANIFEST, to_bytes(Manifest(NOTHING, listed)))

    with file.open("wb") as out:
        archive.encrypt(archive.tar_blocks(parts(), seen), out, read_recipients([custodian.public]))
    return file


def head(header: Header = HEADER) -> archive.Member:
    return archive.member(archive.HEADER, to_bytes(header))


BODY = archive.member("database/000000", b"x" * 100)


def test_a_crafted_file_of_the_right_form_is_read(custodian: Custodian, tmp_path: Path) -> None:
    seen = look_through(crafted(tmp_path / "x", custodian, head(), BODY), read_identities(custodian.file))
    assert seen.bytes_of_database == 100


@pytest.mark.parametrize(
    "name",
    [
        "media/../../evil",
        "/etc/evil",
        "keys/../evil.key",
        "keys/evil",
        "keys/a/b.key",
        "database/evil",
        "media",
        "media//x",
        "media/./x",
        "evil",
        "../evil",
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(name: str, custodian: Custodian, tmp_path: Path) -> None:
    file = crafted(tmp_path / "x", custodian, head(), archive.member(name, b"evil"), BODY)
    assert "no backup holds" in refusal(file, custodian, tmp_path / "home")
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


@pytest.mark.parametrize(
    "members, digests, told",
    [
        ([BODY], None, "no backup of this program"),
        ([head()], None, "no whole backup"),
        ([head(), BODY], {}, "does not hold what it says"),
        ([head(), BODY, BODY], None, "twice"),
        ([head(), head(), BODY], None, "no backup of this program"),
        ([head(Header("sqlcipher", "9", "", "", version=2)), BODY], None, "of form 2"),
        ([head(Header("sqlcipher", "9", "", "", format="other")), BODY], None, "no backup of this program"),
        ([head(Header("oracle", "9", "", "")), BODY], None, "engine"),
        ([head(Header("postgresql", "9", "", "")), BODY], None, "FENER_DATABASE_URL"),
        ([head(), BODY], None, "database.key is missing"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(
    members: list[archive.Member], digests: dict[str, str] | None, told: str, custodian: Custodian, tmp_path: Path
) -> None:
    file = crafted(tmp_path / "x", custodian, *members, digests=digests)
    assert told in refusal(file, custodian, tmp_path / "home")


def test_a_database_that_does_not_open_with_the_key_beside_it_restores_nothing(
    custodian: Custodian, tmp_path: Path
) -> None:
    keys = [archive.member(f"keys/{name}.key", b"ab" * 32) for name in ("database", "secret")]
    file = crafted(tmp_path / "x", custodian, head(), *keys, archive.member("database/000000", bytes(8192)))
    assert "does not open with its key" in refused(restore(file, custodian, tmp_path / "home"))
    assert not (tmp_path / "home").exists()


def test_what_stands_behind_the_last_member_counts_as_well(custodian: Custodian, tmp_path: Path) -> None:
    """age vouches for the end of a file last of all; tar has stopped reading by then."""
    seen: dict[str, str] = {}

    def blocks() -> Iterator[bytes]:
        yield from archive.tar_blocks([head(), BODY], seen)
        yield bytes(300_000)

    with (tmp_path / "x").open("wb") as out:
        archive.encrypt(blocks(), out, read_recipients([custodian.public]))
    assert _read(tmp_path / "x", custodian) == [archive.HEADER, BODY.name]
    raw = (tmp_path / "x").read_bytes()
    (tmp_path / "x").write_bytes(flipped(raw, len(raw) - 1))
    with pytest.raises(BackupError, match="damaged"):
        _read(tmp_path / "x", custodian)


def _read(file: Path, custodian: Custodian) -> list[str]:
    members = archive.read_members(file, read_identities(custodian.file))
    return [name for name, content in members if content.read()]

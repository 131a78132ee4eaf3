"""Make a backup of this node while it runs: one file, encrypted to custodians, looked through before it counts."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pyrage
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from fener.trust import audit, policy, runs
from fener.trust.actor import Actor
from fener.trust.backup import archive, postgres, snapshot
from fener.trust.backup.contents import LEFT_OUT
from fener.trust.backup.errors import BackupError
from fener.trust.backup.manifest import Contents, Header, Manifest, to_bytes
from fener.trust.backup.reading import look_through
from fener.trust.backup.snapshot import Progress, Snapshot
from fener.trust.installation import DEMONSTRATION
from fener.trust.policy import Relationship

LOCK, WORKSPACE = "backup.lock", ".backup-"


@dataclass(frozen=True)
class Made:
    """A backup that was written and looked through. ``digest``: SHA-256 of the file; ``size`` in bytes."""

    file: Path
    at: datetime
    size: int
    digest: str
    recipients: int
    media_files: int
    contents: Contents


def make_backup(
    *,
    actor: Actor,
    file: Path,
    recipients: list[pyrage.x25519.Recipient],
    progress: Progress = lambda *_: None,
    recorded: bool = True,
) -> Made:
    """Write ``file`` (or, if it is a folder, a file in it that is named after the moment), readable by its owner.

    What is verified: every page of the copied database (authentication code, indexes), and then the whole written
    file, read from the disk again, decrypted and compared with the digests in it. For that a key is made that lives in
    this process only; the custodians' own keys are never here, so whether a custodian still has theirs only a
    rehearsal shows.

    ``recorded`` False: the database stands at an earlier state than the program, which cannot write to it yet;
    :func:`record_backup` makes the entry afterwards.

    Raises BackupError with one line; then no file is there. Refuses to write over anything.
    """
    policy.require(actor, "node.backup", Relationship.NODE)
    at = timezone.now()
    target = _target(file, at)
    if not recipients:
        raise BackupError("no custodian is named: set FENER_BACKUP_RECIPIENTS or give --recipient age1…")
    home = Path(settings.FENER_HOME)
    with _alone(home), _workspace(home) as folder:
        scratch = target.with_name(f".{target.name}.part")
        try:
            scratch.unlink(missing_ok=True)  # left by a run that was killed: there is no other one now
            with _taken(folder, progress) as taken:
                made = _write(scratch, target, taken, recipients, progress, at)
            _publish(actor if recorded else None, scratch, made)
        except OSError as error:
            raise BackupError(f"{target}: {error.strerror or error}") from None
        finally:
            scratch.unlink(missing_ok=True)
    return made


def _target(file: Path, at: datetime) -> Path:
    target = file / f"fener-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}.age" if file.is_dir() else file
    if target.exists() or target.is_symlink():
        raise BackupError(f"{target}: is there already; a backup is never written over")
    if not target.parent.is_dir():
        raise BackupError(f"{target}: the folder {target.parent} does not exist")
    return target


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """One backup of a node at a time; what killed runs left is taken away."""
    with (home / LOCK).open("wb") as lock:
        os.chmod(lock.fileno(), 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise BackupError(f"{home}: another backup of this node is being made") from None
        for left in home.glob(f"{WORKSPACE}*"):
            shutil.rmtree(left, ignore_errors=True)
        yield


@contextmanager
def _workspace(home: Path) -> Iterator[Path]:
    """A folder for the copy: in the home, which has the database's rights. The copy is ciphertext as the original."""
    folder = Path(tempfile.mkdtemp(prefix=WORKSPACE, dir=home))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _taken(folder: Path, progress: Progress) -> AbstractContextManager[Snapshot]:
    if connection.vendor == "postgresql":
        return postgres.dumped(progress=progress)
    database, key = Path(connection.settings_dict["NAME"]), str(connection.settings_dict["KEY"])
    return snapshot.embedded(database=database, key=key, folder=folder, progress=progress)


def _write(
    scratch: Path,
    target: Path,
    taken: Snapshot,
    recipients: list[pyrage.x25519.Recipient],
    progress: Progress,
    at: datetime,
) -> Made:
    witness = pyrage.x25519.Identity.generate()
    digests: dict[str, str] = {}
    blocks = archive.tar_blocks(_members(taken, digests, at), digests)
    handle = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        digest, size = archive.encrypt(_counted(blocks, taken.size, progress), out, [*recipients, witness.to_public()])
        out.flush()
        os.fsync(out.fileno())
        with suppress(OSError):  # so that it is the disk that is read below, not the memory
            os.posix_fadvise(out.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    progress("looking through what was written", 0, 0)
    try:
        seen = look_through(scratch, [witness])
    except BackupError as error:
        raise BackupError(f"what was written does not hold, and was thrown away ({error})") from None
    digests.pop(archive.MANIFEST)  # it cannot hold its own
    if seen.manifest.digests != digests:
        raise BackupError(f"{target}: what was written is not what was read, and was thrown away")
    return Made(target, at, size, digest, len(recipients), seen.media_files, taken.contents)


def _counted(blocks: Iterator[bytes], whole: int, progress: Progress) -> Iterator[bytes]:
    done = 0
    for block in blocks:
        done += len(block)
        progress("writing", min(done, whole) if whole else done, whole)
        yield block


def _members(taken: Snapshot, digests: dict[str, str], at: datetime) -> Iterator[archive.Member]:
    header = Header(taken.engine, _version(), at.astimezone(UTC).isoformat(), settings.FENER_JURISDICTION)
    yield archive.member(archive.HEADER, to_bytes(header))
    for name, content in sorted(_keys().items()):
        yield archive.member(archive.KEYS + name, content)
    yield from archive.pieces(taken.stream)
    yield from _media(Path(settings.MEDIA_ROOT))  # after the database: what it names is there, unless it was erased
    manifest = Manifest(taken.contents, dict(digests), list(LEFT_OUT))
    yield archive.member(archive.MANIFEST, to_bytes(manifest))


def _keys() -> dict[str, bytes]:
    """The machine's keys as this process uses them (also where they come from the environment), and every other key
    file of the home. None of them opens what is sealed for an organisation."""
    home = Path(settings.FENER_HOME)
    found = {path.name: path.read_bytes() for path in home.glob("*.key") if path.is_file()}
    found["secret.key"] = str(settings.SECRET_KEY).encode()
    if key := settings.DATABASES["default"].get("KEY"):
        found["database.key"] = str(key).encode()
    if root_key := getattr(settings, "FENER_ROOT_KEY", ""):
        found["root.key"] = str(root_key).encode()
    if (accounts := home / DEMONSTRATION).exists():
        found[DEMONSTRATION] = accounts.read_bytes()
    return found


def _media(root: Path) -> Iterator[archive.Member]:
    """Attachments, sealed as they lie there."""
    for path in sorted(root.rglob("*")):
        if path.is_symlink() or not path.is_file():
            continue
        try:
            stream = path.open("rb")
        except FileNotFoundError:  # erased since the folder was listed
            continue
        with stream:
            size = os.fstat(stream.fileno()).st_size
            name = archive.MEDIA + path.relative_to(root).as_posix()
            yield archive.Member(name, size, iter(lambda s=stream: s.read(archive.BLOCK), b""))  # type: ignore[misc]


def _publish(actor: Actor | None, scratch: Path, made: Made) -> None:
    """The file gets its name, and the node's chain its entry: both or neither."""
    named = False
    try:
        with transaction.atomic():
            if actor is not None:
                _record(actor, made)
            _name(scratch, made.file)
            named = True
    except BaseException:
        if named:
            made.file.unlink(missing_ok=True)
        raise
    _sync(made.file.parent)


def record_backup(*, actor: Actor, made: Made) -> None:
    """The entry of a backup that was made before the program could write to the database."""
    policy.require(actor, "node.backup", Relationship.NODE)
    with transaction.atomic():
        _record(actor, made)


def _record(actor: Actor, made: Made) -> None:
    detail = {"bytes": made.size, "sha256": made.digest, "recipients": made.recipients, "media": made.media_files}
    audit.record(actor=actor, act="node.backup", subject_type="node", subject_id=None, detail=detail)
    runs.run_done(name=runs.BACKUP, at=made.at, detail={"bytes": made.size})


def _name(scratch: Path, target: Path) -> None:
    """Never over something that came there meanwhile."""
    try:
        os.link(scratch, target)
    except FileExistsError:
        raise BackupError(f"{target}: is there already; a backup is never written over") from None
    except OSError as error:
        if error.errno not in {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}:
            raise
        if target.exists():  # a file system without links, such as that of a memory stick
            raise BackupError(f"{target}: is there already; a backup is never written over") from None
        scratch.rename(target)


def _sync(folder: Path) -> None:
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _version() -> str:
    try:
        return version("fener")
    except PackageNotFoundError:
        return "unknown"

"""Make a node of a backup, in a clean place only; nothing half-restored stays.

The file is read twice: once from its first byte to its last, keeping nothing, and only when all of it holds once more
to unpack it. This module is called before the settings are read, because a node's keys are among what it unpacks.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import pyrage

from fener.trust.backup import archive
from fener.trust.backup.errors import BackupError
from fener.trust.backup.reading import Seen, look_through, require_known

SCRATCH = ".restoring"
DATABASE_FILE = "fener.db"
# Key file -> the variable that would be read instead of it.
VARIABLES = {"database.key": "FENER_DATABASE_KEY", "secret.key": "FENER_SECRET_KEY", "root.key": "FENER_ROOT_KEY"}


@dataclass(frozen=True)
class Restored:
    """A node that stands again; ``seen`` is what the backup said, ``digest`` the SHA-256 of its file."""

    home: Path
    seen: Seen
    digest: str


def require_clean(home: Path) -> None:
    """``home`` does not exist, or is an empty folder. Raises BackupError."""
    if home.is_symlink() or (home.exists() and not home.is_dir()):
        raise BackupError(f"{home}: is no folder")
    try:
        if home.exists() and any(home.iterdir()):
            raise BackupError(f"{home}: is not empty; a restore goes into a clean folder only")
    except OSError as error:
        raise BackupError(f"{home}: {error.strerror or error}") from None


def restore_backup(*, file: Path, identities: list[pyrage.x25519.Identity], home: Path, url: str = "") -> Restored:
    """Unpack ``file`` into ``home`` (and into the empty PostgreSQL database at ``url``, for a backup of one).

    Raises BackupError with one line; then ``home`` is as it was. There is no policy to ask and no audit to write to
    before the node stands: ``checking.record_restore`` writes the entry.
    """
    require_clean(home)
    seen = look_through(file, identities)
    _require_engine(file, seen, url)
    _require_same_keys(seen)
    digest = archive.file_digest(file)
    try:
        with _scratch(home) as folder:
            if seen.header.engine == "postgresql":
                _unpack(file, identities, seen, folder, None)
                _into_postgres(file, identities, seen, home)
            else:
                _embedded(file, identities, seen, folder)
            _move_up(folder, home)
    except OSError as error:
        raise BackupError(f"{home}: {error.strerror or error}") from None
    return Restored(home, seen, digest)


def _require_engine(file: Path, seen: Seen, url: str) -> None:
    if seen.header.engine == "postgresql" and not url:
        raise BackupError(f"{file}: is of PostgreSQL; name an empty database in FENER_DATABASE_URL")
    if seen.header.engine == "sqlcipher" and url:
        raise BackupError(f"{file}: is of the embedded database; unset FENER_DATABASE_URL")
    if seen.header.engine not in {"postgresql", "sqlcipher"}:
        raise BackupError(f"{file}: is of an engine that this program does not know")
    needed = {"secret.key"} | ({"database.key"} if seen.header.engine == "sqlcipher" else set())
    if missing := needed - seen.keys.keys():
        raise BackupError(f"{file}: is no whole backup: {min(missing)} is missing")


def _require_same_keys(seen: Seen) -> None:
    """A variable that names another key would win over the restored file, and the node would not open."""
    for name, variable in VARIABLES.items():
        given = os.environ.get(variable, "").strip()
        if given and name in seen.keys and given.encode() != seen.keys[name].strip():
            raise BackupError(f"{variable} names another key than the backup's; unset it, or set the right one")


@contextmanager
def _scratch(home: Path) -> Iterator[Path]:
    """A folder inside the home (the same file system); with whatever else was made, gone unless all went well."""
    existed = home.exists()
    before = os.umask(0o077)
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = home / SCRATCH
        folder.mkdir(mode=0o700)
        try:
            yield folder
        except BaseException:
            for left in home.iterdir():  # it was empty: everything in it is ours
                shutil.rmtree(left) if left.is_dir() else left.unlink()
            if not existed:
                home.rmdir()
            raise
    finally:
        os.umask(before)


def _embedded(file: Path, identities: list[pyrage.x25519.Identity], seen: Seen, folder: Path) -> None:
    from fener.trust.backup.snapshot import require_opens

    if shutil.disk_usage(folder).free < seen.bytes_of_database:
        raise BackupError(f"{folder.parent}: there is less room than {seen.bytes_of_database // 1024**2} MiB")
    with open(os.open(folder / DATABASE_FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        _unpack(file, identities, seen, folder, out)
        out.flush()
        os.fsync(out.fileno())
    require_opens(folder / DATABASE_FILE, seen.keys["database.key"].decode("ascii", "replace").strip())


def _into_postgres(file: Path, identities: list[pyrage.x25519.Identity], seen: Seen, home: Path) -> None:
    """The keys lie in the scratch folder still; the settings get what they need from the environment."""
    os.environ["FENER_HOME"] = str(home)
    os.environ["FENER_SECRET_KEY"] = seen.keys["secret.key"].decode("ascii", "replace").strip()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fener.settings")
    import django

    django.setup()
    from fener.trust.backup import postgres

    postgres.require_empty()
    with postgres.restoring() as out:
        _unpack(file, identities, seen, None, out)


def _unpack(
    file: Path,
    identities: list[pyrage.x25519.Identity],
    seen: Seen,
    folder: Path | None,
    database: BinaryIO | None,
) -> None:
    """Everything but the database into ``folder``, the database's stream into ``database``; None: leave it out."""
    for name, content in archive.read_members(file, identities):
        if name in {archive.HEADER, archive.MANIFEST}:
            continue
        require_known(name)
        if name.startswith(archive.DATABASE):
            if database is not None:
                _copy(name, content, database, seen)
        elif folder is not None:
            target = folder / name.removeprefix(archive.KEYS)
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                _copy(name, content, out, seen)


def _copy(name: str, content: archive.Readable, out: BinaryIO, seen: Seen) -> None:
    digest = hashlib.sha256()
    while block := content.read(archive.BLOCK):
        digest.update(block)
        out.write(block)
    if digest.hexdigest() != seen.manifest.digests.get(name):
        raise BackupError(f"{name} changed between two readings of the file")


def _move_up(folder: Path, home: Path) -> None:
    """The database last: a home without one is no node."""
    for path in sorted(folder.iterdir(), key=lambda path: path.name == DATABASE_FILE):
        path.rename(home / path.name)
    folder.rmdir()
    with suppress(OSError):
        handle = os.open(home, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

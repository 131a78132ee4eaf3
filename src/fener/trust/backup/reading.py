"""Look through a backup from its first byte to its last, before anything of it is believed."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import pyrage

from fener.trust.backup import archive
from fener.trust.backup.errors import BackupError
from fener.trust.backup.manifest import Header, Manifest, read_header, read_manifest

KEY_FILE = re.compile(r"[a-z0-9_-]{1,40}\.(key|json)")
MOST_IN_MEMORY = 64 * 1024 * 1024  # the list of contents; keys are far smaller
MOST_OF_A_KEY = 1024 * 1024


@dataclass(frozen=True)
class Seen:
    """A backup that was read to its end and holds what it says. ``keys``: the machine's key files by name."""

    header: Header
    manifest: Manifest
    keys: dict[str, bytes] = field(repr=False)
    bytes_of_database: int = 0
    media_files: int = 0


def look_through(file: Path, identities: list[pyrage.x25519.Identity]) -> Seen:
    """Decrypt the whole file, compare every digest, keep nothing but the keys, in memory.

    Raises BackupError: a wrong key, another kind of file, a damaged or shortened one, a name that no backup has.
    """
    try:
        return _look_through(file, identities)
    except BackupError as error:
        raise BackupError(f"{file}: {error}") from None


def _look_through(file: Path, identities: list[pyrage.x25519.Identity]) -> Seen:
    header: Header | None = None
    manifest: Manifest | None = None
    digests: dict[str, str] = {}
    keys: dict[str, bytes] = {}
    database = media = 0
    for name, content in archive.read_members(file, identities):
        if manifest is not None or (header is None) != (name == archive.HEADER):
            raise BackupError("is no backup of this program")
        if name == archive.MANIFEST:
            manifest = read_manifest(content.read(MOST_IN_MEMORY))
            continue
        require_known(name)
        if name in digests:
            raise BackupError(f"holds {name} twice")
        digest, size, kept = _digest(content, keep=not name.startswith((archive.DATABASE, archive.MEDIA)))
        digests[name] = digest
        if name == archive.HEADER:
            header = read_header(kept)
        elif name.startswith(archive.KEYS):
            keys[name.removeprefix(archive.KEYS)] = kept
        elif name.startswith(archive.DATABASE):
            database += size
        else:
            media += 1
    if header is None or manifest is None or not database:
        raise BackupError("is no whole backup: a part is missing")
    if digests != manifest.digests:
        wrong = min(digests.items() ^ manifest.digests.items())[0]
        raise BackupError(f"does not hold what it says it holds: {wrong}")
    return Seen(header, manifest, keys, database, media)


def require_known(name: str) -> None:
    """A name that a backup may hold, and that stays inside its folder. Raises BackupError.

    Anybody who knows a public key can encrypt to it: what is inside is not believed because it decrypts.
    """
    path = PurePosixPath(name)
    plain = str(path) == name and not path.is_absolute() and ".." not in path.parts and "\0" not in name
    known = (
        name == archive.HEADER
        or (name.startswith(archive.KEYS) and KEY_FILE.fullmatch(name.removeprefix(archive.KEYS)))
        or (name.startswith(archive.DATABASE) and re.fullmatch(r"\d{6,9}", name.removeprefix(archive.DATABASE)))
        or (name.startswith(archive.MEDIA) and len(path.parts) > 1)
    )
    if not (plain and known):
        raise BackupError("holds something that no backup holds")


def _digest(content: archive.Readable, *, keep: bool) -> tuple[str, int, bytes]:
    digest, size, kept = hashlib.sha256(), 0, bytearray()
    while block := content.read(archive.BLOCK):
        digest.update(block)
        size += len(block)
        if keep:
            kept += block
            if size > MOST_OF_A_KEY:
                raise BackupError("holds a key that is no key")
    return digest.hexdigest(), size, bytes(kept)

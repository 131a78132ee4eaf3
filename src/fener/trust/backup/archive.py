"""The file: a tar stream inside age. Nothing of it is ever on a disk unencrypted.

Members, in this order: ``header.json``; ``keys/...`` (the machine's key files); ``media/...``; ``database/000000``,
``database/000001``, … (pieces of one stream, so that its length need not be known before); ``manifest.json``.

``age -d -i KEYFILE FILE | tar x`` opens it with the common tools, should this program be lost.
"""

from __future__ import annotations

import hashlib
import io
import os
import tarfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, Protocol

import pyrage

from fener.trust.backup.errors import BackupError

PIECE = 4 * 1024 * 1024
BLOCK = 1024 * 1024
HEADER, MANIFEST, DATABASE, KEYS, MEDIA = "header.json", "manifest.json", "database/", "keys/", "media/"


class Readable(Protocol):
    """Something to read bytes from."""

    def read(self, size: int = -1, /) -> bytes: ...


@dataclass(frozen=True)
class Member:
    """Something to put in: its name, its length in bytes, and its bytes in blocks."""

    name: str
    size: int
    blocks: Iterable[bytes]


def member(name: str, content: bytes) -> Member:
    """A member that is in memory."""
    return Member(name, len(content), (content,))


def file_member(name: str, file: Path) -> Member:
    """A member that is a file. It is opened when its turn comes."""
    return Member(name, file.stat().st_size, _blocks_of(file))


def _blocks_of(file: Path) -> Iterator[bytes]:
    with file.open("rb") as stream:
        while block := stream.read(BLOCK):
            yield block


def pieces(stream: Readable) -> Iterator[Member]:
    """The database's stream as members of at most PIECE bytes, one in memory at a time."""
    number = 0
    while piece := _exactly(stream, PIECE):
        yield member(f"{DATABASE}{number:06}", piece)
        number += 1


def _exactly(stream: Readable, count: int) -> bytes:
    """``count`` bytes, or what is left."""
    parts: list[bytes] = []
    while count and (part := stream.read(count)):
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


# -- writing ----------------------------------------------------------------------------------------------------------


def tar_blocks(members: Iterable[Member], digests: dict[str, str]) -> Iterator[bytes]:
    """The tar stream of the members, block by block; ``digests`` grows as they pass.

    Raises BackupError when a member has another length than it said: it changed while it was read.
    """
    for one in members:
        info = tarfile.TarInfo(one.name)
        info.size, info.mode = one.size, 0o600
        yield info.tobuf(tarfile.PAX_FORMAT)
        digest, written = hashlib.sha256(), 0
        for block in one.blocks:
            digest.update(block)
            written += len(block)
            yield block
        if written != one.size:
            raise BackupError(f"{one.name} changed while it was read; try again")
        digests[one.name] = digest.hexdigest()
        yield bytes(-written % tarfile.BLOCKSIZE)
    yield bytes(2 * tarfile.BLOCKSIZE)


class _Pulled(io.RawIOBase):
    """A file to read from, made of blocks; remembers the error that ended them."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks, self._rest = blocks, memoryview(b"")
        self.error: BaseException | None = None

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while not self._rest:
            try:
                self._rest = memoryview(next(self._blocks))
            except StopIteration:
                return b""
            except BaseException as error:
                self.error = error
                raise
        taken, self._rest = self._rest[:size], self._rest[size:]
        return bytes(taken)


class _Counted:
    """A file to write to that keeps the digest and length of what went through."""

    def __init__(self, out: BinaryIO) -> None:
        self._out, self.digest, self.size = out, hashlib.sha256(), 0

    def write(self, data: bytes) -> int:
        self._out.write(data)
        self.digest.update(data)
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        self._out.flush()


def encrypt(blocks: Iterator[bytes], out: BinaryIO, recipients: list[pyrage.x25519.Recipient]) -> tuple[str, int]:
    """Write the stream to ``out``, encrypted; SHA-256 and length of what was written."""
    source, target = _Pulled(blocks), _Counted(out)
    try:
        pyrage.encrypt_io(source, target, recipients)
    except (pyrage.EncryptError, OSError) as error:
        raise source.error or error from None  # age wraps what the source raised
    return target.digest.hexdigest(), target.size


def file_digest(file: Path) -> str:
    """SHA-256 of a file's bytes."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


# -- reading ----------------------------------------------------------------------------------------------------------


class _Decrypting(threading.Thread):
    """Decrypts a file into a pipe, from whose other end tar reads."""

    def __init__(self, file: Path, identities: list[pyrage.x25519.Identity]) -> None:
        super().__init__(daemon=True)
        self._file, self._identities = file, identities
        read, write = os.pipe()
        self.output, self._into = os.fdopen(read, "rb"), os.fdopen(write, "wb", buffering=BLOCK)
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            with self._file.open("rb") as source:
                pyrage.decrypt_io(source, self._into, self._identities)
            self._into.flush()
        except BaseException as error:
            self.error = error
        finally:
            with suppress(OSError):  # the reader went away first
                self._into.close()


class _Content:
    """What one member holds, to read once; says in one line what is wrong with the file."""

    def __init__(self, inner: IO[bytes], source: _Decrypting) -> None:
        self._inner, self._source = inner, source

    def read(self, size: int = -1, /) -> bytes:
        try:
            return self._inner.read(size)
        except (tarfile.TarError, OSError) as error:
            raise _failed(error, self._source) from None


def _failed(error: BaseException, source: _Decrypting) -> BackupError:
    """What went wrong on the way: decrypting is the cause where it failed, tar sees only that the stream stops."""
    source.join(10)
    return BackupError(_why(source.error or error))


def read_members(file: Path, identities: list[pyrage.x25519.Identity]) -> Iterator[tuple[str, Readable]]:
    """The members in their order; each is read before the next is asked for.

    Bytes are authentic in pieces only, and the end of the file last of all: whoever reads keeps nothing until the
    iteration has ended. Raises BackupError (one line without the file's name).
    """
    source = _Decrypting(file, identities)
    source.start()
    ended = False
    try:
        with tarfile.open(fileobj=source.output, mode="r|", bufsize=BLOCK) as tar:
            for info in tar:
                content = tar.extractfile(info) if info.isfile() else None
                if content is None:
                    raise BackupError("holds something that no backup holds")
                yield info.name, _Content(content, source)
        while source.output.read(BLOCK):  # age has checked the end only when it got there
            pass
        ended = True
    except (tarfile.TarError, OSError) as error:
        raise _failed(error, source) from None
    finally:
        if not ended:
            source.output.close()
        source.join(10)
    if source.error is not None:
        raise _failed(source.error, source)


def _why(error: BaseException) -> str:
    if isinstance(error, FileNotFoundError | PermissionError | IsADirectoryError):
        return str(error.strerror)
    if isinstance(error, pyrage.DecryptError):
        if "No matching keys" in str(error):
            return "this key does not open it"
        return "is no backup (not encrypted with age, or damaged at its beginning)"
    if isinstance(error, tarfile.TarError):
        return "is no backup of this program"
    return "is damaged or was cut off: its end does not fit its beginning"

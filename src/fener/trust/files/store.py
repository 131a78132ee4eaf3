"""Ciphertexts on disk: ``MEDIA_ROOT/sealed/<two signs>/<id>``. Nothing but ciphertext ever comes here.

Content is cut into pieces of 1 MiB. Each piece is one message of ``trust.keys.encrypt`` under a key of its own, bound
to the file, its place and the number of pieces, so that pieces cannot be swapped, left out or put together anew. The
last piece is filled up to a multiple of 64 KiB: a directory listing says roughly how large a file is and no more.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

from fener.trust import keys
from fener.trust.errors import NotGranted

PIECE = 1024 * 1024
PAD_TO = 64 * 1024
_SEAL = keys.NONCE_BYTES + 16  # what AES-GCM adds to a piece: nonce and tag
FOLDER = "sealed"


def path_of(file_id: UUID) -> Path:
    """Where a ciphertext lies."""
    name = str(file_id)
    return Path(settings.MEDIA_ROOT) / FOLDER / name[:2] / name


def write(file_id: UUID, content: bytes) -> tuple[list[bytes], int]:
    """Seal ``content`` and write it down for good; the keys of its pieces in order, and the bytes on disk.

    The file is on the disk, not in a cache, when this returns: an acknowledged upload survives a power cut.
    """
    filled = content.ljust(max(-(-len(content) // PAD_TO), 1) * PAD_TO, b"\0")
    pieces = [filled[start : start + PIECE] for start in range(0, len(filled), PIECE)]
    data_keys = [keys.new_data_key() for _piece in pieces]
    place = path_of(file_id)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        for number, (key, piece) in enumerate(zip(data_keys, pieces, strict=True)):
            out.write(keys.encrypt(key, piece, bound_to=_bound(file_id, number, len(pieces))))
        out.flush()
        os.fsync(out.fileno())
        stored = out.tell()
    _sync_folder(place.parent)
    return data_keys, stored


def read(file_id: UUID, data_keys: Sequence[bytes], size: int) -> bytes:
    """Open a ciphertext. Raises NotGranted (looks absent) if a piece is missing, changed or in another place."""
    content = bytearray()
    try:
        with path_of(file_id).open("rb") as source:
            for number, key in enumerate(data_keys):
                sealed = source.read(PIECE + _SEAL)
                content += keys.decrypt(key, sealed, bound_to=_bound(file_id, number, len(data_keys)))
            more = source.read(1)
    except (OSError, keys.DoesNotOpen) as error:
        raise NotGranted from error
    if more or size > len(content):
        raise NotGranted
    return bytes(content[:size])


def remove(file_id: UUID) -> None:
    """Take a ciphertext away, if it is there."""
    path_of(file_id).unlink(missing_ok=True)


@contextmanager
def kept_only_if_done() -> Iterator[list[UUID]]:
    """Files written inside are taken away again when what they belong to fails. Put the ids on the list given."""
    written: list[UUID] = []
    try:
        yield written
    except BaseException:
        for file_id in written:
            remove(file_id)
        raise


def sweep(*, known: Iterator[UUID] | set[UUID], before: datetime) -> int:
    """Take away ciphertexts that belong to nothing (left by a crash) and were written before that moment; how many."""
    belonging, swept = set(known), 0
    for place in sorted((Path(settings.MEDIA_ROOT) / FOLDER).glob("??/*")):
        with suppress(ValueError, FileNotFoundError):
            if UUID(place.name) not in belonging and place.stat().st_mtime < before.timestamp():
                place.unlink()
                swept += 1
    return swept


def _bound(file_id: UUID, number: int, count: int) -> bytes:
    return keys.context("fener", "file", file_id, number, count)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

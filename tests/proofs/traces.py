"""Traces that a text leaves in bytes: every spelling and every encoding in which it could be found again."""

from __future__ import annotations

import base64
import json
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import cyrtranslit
import pytest

from fener.trust import names
from fener.trust.sqlcipher.base import opened

SHORTEST = 5  # shorter words occur by chance in random bytes


def spellings(text: str) -> set[str]:
    """The text and its words: as written, in other case, decomposed, in the other script, as the index spells them."""
    found: set[str] = set()
    for part in {text, *text.split()}:
        written = {part, unicodedata.normalize("NFD", part), cyrtranslit.to_latin(part, "sr")}
        found |= {form for one in written for form in (one, one.lower(), one.upper(), one.casefold())}
        found |= set(names.words(part)) | {sound for forms in names.forms(part) for sound in forms.sounds}
        found |= names.phone_forms(part)
    return {form for form in found if len(form) >= SHORTEST}


def encodings(text: str) -> set[bytes]:
    """The bytes of one spelling in each encoding."""
    found: set[bytes] = set()
    for codec in ("utf-8", "utf-16-le", "utf-16-be", "cp1250", "cp1251"):
        try:
            raw = text.encode(codec)
        except UnicodeEncodeError:
            continue
        found |= {raw, raw.hex().encode(), raw.hex().upper().encode(), *_base64(raw)}
    found |= {json.dumps(text)[1:-1].encode(), quote(text).encode(), repr(text.encode())[2:-1].encode()}
    return {raw for raw in found if len(raw) >= SHORTEST}


def _base64(raw: bytes) -> Iterator[bytes]:
    """What every alignment of the text inside a longer one has in common in base 64."""
    for before in range(3):
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            coded = encode(bytes(before) + raw)
            # The first group mixes with what stands before, the last with what follows.
            certain = coded[4 if before else 0 : len(coded) // 4 * 4 - 4]
            if len(certain) >= 8:
                yield certain


def traces_of(texts: Iterable[str]) -> dict[bytes, str]:
    """bytes -> the planted text that they would betray."""
    return {raw: text for text in texts for spelling in spellings(text) for raw in encodings(spelling)}


def found_in(blobs: Iterable[tuple[str, bytes]], traces: dict[bytes, str]) -> list[tuple[str, str, bytes]]:
    """(where, which planted text, as which bytes) for every trace in the named blobs.

    A trace is looked for only where its first four bytes occur, and compared only where its first five do: millions of
    traces in a hundred megabytes take a minute.
    """
    begins: dict[int, dict[bytes, list[bytes]]] = {}
    for raw in traces:
        begins.setdefault(int.from_bytes(raw[:4], sys.byteorder), {}).setdefault(raw[:SHORTEST], []).append(raw)
    looked_for, found = frozenset(begins), []
    for where, blob in blobs:
        met = {begin for start in range(4) for begin in looked_for.intersection(_words(blob, start))}
        seen = {raw for begin in met for raw in _at(blob, begin.to_bytes(4, sys.byteorder), begins[begin])}
        found += [(where, traces[raw], raw) for raw in sorted(seen)]
    return found


def _at(blob: bytes, begin: bytes, traces: dict[bytes, list[bytes]]) -> Iterator[bytes]:
    """The traces that stand where this beginning stands."""
    place = blob.find(begin)
    while place >= 0:
        for raw in traces.get(blob[place : place + SHORTEST], ()):
            if blob.startswith(raw, place):
                yield raw
        place = blob.find(begin, place + 1)


def _words(blob: bytes, start: int) -> memoryview:
    """The blob from ``start`` on as numbers of four bytes each."""
    return memoryview(blob)[start : start + (len(blob) - start) // 4 * 4].cast("I")


def log_of(caplog: pytest.LogCaptureFixture) -> bytes:
    """What was logged until now, also while the test was set up (which ``caplog.text`` leaves out)."""
    before = [caplog.handler.format(record) for record in caplog.get_records("setup")]
    return "\n".join([*before, caplog.text]).encode("utf-8", "surrogatepass")


def files_below(*folders: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of the folders with its raw bytes."""
    for folder in folders:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            yield str(path), path.read_bytes()


def rows_of(path: str, key: str) -> Iterator[tuple[str, bytes]]:
    """Every row of every table of an encrypted database, as somebody with the database's key reads it."""
    with opened(path, key) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            for row in database.execute(f'SELECT * FROM "{table}"').fetchall():
                yield table, b"\x1f".join(_bytes(value) for value in row)


def _bytes(value: Any) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")

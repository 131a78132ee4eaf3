"""The arithmetic of the audit chain: canonical form, hash, verification. No Django, no database, no clock.

An export can be verified with this module and Python's standard library alone, on another machine.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

FORMAT = "fener-audit-export"
FORMAT_VERSION = 2
KNOWN_VERSIONS = (1, 2)  # 2 has the signed roots of days after the entries
GENESIS = "0" * 64

# What is hashed, in this order of meaning (canonical JSON sorts the keys). ``prev_hash`` is put before it.
FIELDS = (
    "chain",
    "seq",
    "at",
    "actor_id",
    "actor_keeper_id",
    "act",
    "subject_type",
    "subject_id",
    "purpose",
    "outcome",
    "detail",
)


class BadExport(Exception):
    """The file is no audit export (wrong file, empty, not UTF-8, unknown version): one line of reason."""


@dataclass(frozen=True)
class Broken:
    """The first broken link of a chain.

    ``what``: hash (content changed), prev (does not continue the entry before), gap (entry missing), order (entries
    swapped), duplicate (a place taken twice), missing_tail (the end was cut off), head (the recorded end differs),
    unreadable (a line that is no entry), header (the list of chains changed), chain (entries of an unknown chain).
    """

    chain: str
    seq: int | None
    what: str
    message: str
    line: int | None = None

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Head:
    """What a chain says about itself: how many entries, and the last hash."""

    length: int
    head: str


def canonical(value: Any) -> bytes:
    """Canonical JSON: sorted keys, no spaces, UTF-8. Raises TypeError/ValueError for what JSON cannot hold exactly."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode("utf-8")


def sha256_hex(raw: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(raw).hexdigest()


def timestamp(at: datetime) -> str:
    """UTC with microseconds, always in the same form."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def digest(prev_hash: str, entry: Mapping[str, Any]) -> str:
    """SHA-256 over the previous hash and the canonical form of the entry's FIELDS, in hex."""
    content = {name: entry[name] for name in FIELDS}
    return hashlib.sha256(prev_hash.encode("ascii", "replace") + canonical(content)).hexdigest()


def first_broken(chain: str, entries: Sequence[Mapping[str, Any]], head: Head | None) -> Broken | None:
    """The first broken link of one chain whose entries stand in stored order; None where it holds.

    Each entry has FIELDS, ``prev_hash`` and ``hash``; ``line`` if it came from a file.
    """
    if head is None:
        return Broken(chain, None, "chain", "entries of a chain that is not listed", _line(entries))
    places = [e["seq"] for e in entries]
    previous, count = GENESIS, 0
    for index, entry in enumerate(entries):
        expected, seq = index + 1, entry["seq"]
        if seq != expected:
            return _misplaced(chain, entry, expected, places, index)
        if entry["prev_hash"] != previous:
            return Broken(chain, seq, "prev", "does not continue the entry before it", entry.get("line"))
        try:
            intact = digest(previous, entry) == entry["hash"]
        except (TypeError, ValueError):
            intact = False
        if not intact:
            return Broken(chain, seq, "hash", "its content was changed", entry.get("line"))
        previous, count = entry["hash"], expected
    if count < head.length:
        return Broken(chain, count + 1, "missing_tail", f"the chain had {head.length} entries, {count} are left")
    if count > head.length or previous != head.head:
        return Broken(chain, count or None, "head", "the recorded end of the chain is not this entry")
    return None


def _line(entries: Sequence[Mapping[str, Any]]) -> int | None:
    return entries[0].get("line") if entries else None


def _misplaced(chain: str, entry: Mapping[str, Any], expected: int, places: Sequence[Any], index: int) -> Broken:
    seq, line = entry["seq"], entry.get("line")
    if seq in places[:index]:
        return Broken(chain, seq, "duplicate", "this place is taken twice", line)
    if expected in places[index:]:
        return Broken(chain, expected, "order", f"entry {seq} stands where entry {expected} belongs", line)
    return Broken(chain, expected, "gap", f"entry {expected} is missing", line)


def header(heads: Mapping[str, Head]) -> dict[str, Any]:
    """The first line of an export: every chain with its length and head, and a digest over that list."""
    chains = {name: [h.length, h.head] for name, h in heads.items()}
    return {"format": FORMAT, "version": FORMAT_VERSION, "chains": chains, "digest": sha256_hex(canonical(chains))}


def verify_file(path: Path) -> list[Broken]:
    """Verify the chains of an export offline. The first broken link of every chain that is broken; empty: all hold.

    The roots of days in it are another matter (``trust.anchoring.offline``): their signatures need a library.
    Raises BadExport when the file is no export at all, OSError when it cannot be read.
    """
    heads, findings = _read_header(path)
    by_chain: dict[str, list[dict[str, Any]]] = {name: [] for name in heads}
    for number, raw in lines(path):
        if number == 1 or is_root(raw):
            continue
        entry = read_entry(raw)
        if entry is None:
            findings.append(Broken("", None, "unreadable", "this line is no audit entry", number))
            continue
        entry["line"] = number
        by_chain.setdefault(entry["chain"], []).append(entry)
    for name, entries in by_chain.items():
        if broken := first_broken(name, entries, heads.get(name)):
            findings.append(broken)
    return findings


def is_root(raw: bytes) -> bool:
    """Whether this line of an export is the root of a day rather than an entry."""
    return raw.startswith((b'{"leaves":', b'{"proof":'))


def lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """The lines of an export that hold something, with their numbers from 1."""
    with path.open("rb") as file:
        for number, raw in enumerate(file, start=1):
            if raw.strip():
                yield number, raw


def _read_header(path: Path) -> tuple[dict[str, Head], list[Broken]]:
    with path.open("rb") as file:
        raw = file.readline(50_000_000)
    try:
        found = json.loads(raw.decode("utf-8"))
        if not isinstance(found, dict) or found.get("format") != FORMAT:
            raise BadExport("line 1 is not the header of a Fener audit export")
        if found.get("version") not in KNOWN_VERSIONS:
            known = ", ".join(map(str, KNOWN_VERSIONS))
            raise BadExport(f"line 1: version {found.get('version')!r} is not known (known: {known})")
        heads = {str(name): Head(int(length), str(head)) for name, (length, head) in found["chains"].items()}
        intact = sha256_hex(canonical(found["chains"])) == found.get("digest")
    except UnicodeDecodeError as error:
        raise BadExport(f"line 1: is not UTF-8 (byte {error.start})") from error
    except json.JSONDecodeError as error:
        raise BadExport(f"line 1, column {error.colno}: is not JSON") from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadExport("line 1: the list of chains cannot be read") from error
    return heads, [] if intact else [Broken("", None, "header", "the list of chains was changed", 1)]


def read_entry(raw: bytes) -> dict[str, Any] | None:
    """An entry from its line; None where the line is none."""
    try:
        found = json.loads(raw.decode("utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError):
        return None
    wanted = {*FIELDS, "prev_hash", "hash"}
    if not isinstance(found, dict) or set(found) != wanted:
        return None
    if not isinstance(found["chain"], str) or type(found["seq"]) is not int:
        return None
    return found if isinstance(found["prev_hash"], str) and isinstance(found["hash"], str) else None


def verify_chains(chains: Iterable[tuple[str, Head | None, Sequence[Mapping[str, Any]]]]) -> list[Broken]:
    """As :func:`verify_file`, over chains that come from elsewhere (the database)."""
    return [broken for name, head, entries in chains if (broken := first_broken(name, entries, head))]

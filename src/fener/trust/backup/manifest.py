"""What a backup says about itself: last in the file, so that it can tell the digest of everything before it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from fener.trust.backup.errors import BackupError

FORMAT = "fener-backup"
FORMAT_VERSION = 1


@dataclass(frozen=True)
class Contents:
    """What the database held at the moment of the backup, counted in the copy itself."""

    counts: dict[str, int]  # rows of each table
    migrations: list[str]  # "trust.0001_initial"
    chains: int
    # SHA-256 over the canonical list of all audit chains with their lengths and heads.
    heads: str
    # Length and head of the node's own chain, where the next backup's entry will stand.
    node: tuple[int, str] | None

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> Contents:
        """From JSON. Raises KeyError, TypeError or ValueError for something else."""
        node = raw["node"]
        return cls(
            counts={str(name): int(count) for name, count in raw["counts"].items()},
            migrations=[str(name) for name in raw["migrations"]],
            chains=int(raw["chains"]),
            heads=str(raw["heads"]),
            node=(int(node[0]), str(node[1])) if node else None,
        )


@dataclass(frozen=True)
class Header:
    """The first thing in the file: what it is, so that a program that cannot read it says so at once."""

    engine: str  # sqlcipher, postgresql
    fener: str  # version of the program
    at: str  # ISO 8601, UTC
    jurisdiction: str
    format: str = FORMAT
    version: int = FORMAT_VERSION


@dataclass(frozen=True)
class Manifest:
    """The last thing in the file: digests of the members before it, and what the database held."""

    contents: Contents
    # Name of a member -> SHA-256 of its bytes.
    digests: dict[str, str] = field(default_factory=dict)
    # Tables whose rows are left out on purpose.
    left_out: list[str] = field(default_factory=list)


def to_bytes(part: Header | Manifest) -> bytes:
    """JSON with sorted keys."""
    return json.dumps(asdict(part), sort_keys=True, indent=1).encode("ascii")


def read_header(raw: bytes) -> Header:
    """Raises BackupError (one line without the file's name) for what is no header, or one of a later form."""
    try:
        found = json.loads(raw)
        if found["format"] != FORMAT:
            raise ValueError
        if found["version"] != FORMAT_VERSION:
            raise BackupError(f"is a backup of form {found['version']}; this program reads form {FORMAT_VERSION}")
        return Header(**{one.name: found[one.name] for one in fields(Header)})
    except (ValueError, KeyError, TypeError):
        raise BackupError("is no backup of this program") from None


def read_manifest(raw: bytes) -> Manifest:
    """Raises BackupError for what is no manifest."""
    try:
        found = json.loads(raw)
        return Manifest(Contents.read(found["contents"]), dict(found["digests"]), list(found["left_out"]))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        raise BackupError("its list of contents cannot be read") from None

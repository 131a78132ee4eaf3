"""What is signed and published for a day, and how it is checked offline. No Django, no database, no clock.

A *leaf* says how long a chain was and which hash it ended in. An anchor's root stands over the leaves of the chains
that grew since the anchor before it; chains that rest are covered by an earlier one. The *statement* names the day,
the root and the statement before it, and holds nothing else: how many chains moved on a day is nobody's business.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from fener.trust.anchoring import merkle
from fener.trust.chain import GENESIS, BadExport, Broken, canonical, sha256_hex

FORMAT = "fener-audit-root"
VERSION = 1
SIGNED = ("format", "version", "number", "day", "at", "previous", "root", "key")


@dataclass(frozen=True, order=True)
class Leaf:
    """A chain as it stood: its name (``case:<uuid>``), its number of entries, the hash of its last entry."""

    chain: str
    length: int
    head: str

    @property
    def raw(self) -> bytes:
        """The bytes under the leaf's hash."""
        return canonical([self.chain, self.length, self.head])


def root_of(leaves: Iterable[Leaf]) -> str:
    """The root over leaves, sorted by chain, in hex."""
    return merkle.root([leaf.raw for leaf in sorted(leaves)]).hex()


def signed_bytes(statement: Mapping[str, Any]) -> bytes:
    """What the signature is over. KeyError where a part is missing."""
    return canonical({name: statement[name] for name in SIGNED})


def digest_of(statement: Mapping[str, Any]) -> str:
    """The digest by which the next statement names this one."""
    return sha256_hex(signed_bytes(statement))


def is_signed(statement: Mapping[str, Any]) -> bool:
    """Whether the statement's signature fits its own key."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(statement["key"]))
        key.verify(bytes.fromhex(statement["signature"]), signed_bytes(statement))
    except (InvalidSignature, KeyError, TypeError, ValueError):
        return False
    return True


def _name(statement: Mapping[str, Any]) -> str:
    return f"root of {statement.get('day', '?')}"


def broken_statements(statements: Sequence[Mapping[str, Any]], *, key: str = "") -> list[Broken]:
    """The first fault of a list of statements that should be complete from the first on; empty when they hold.

    ``key``: the node's public key in hex, from where it was published; without it each statement's own is believed,
    and only a change of key is told.
    """
    previous, expected = GENESIS, 1
    for found in statements:
        number, known = found.get("number"), key or found.get("key")
        if number != expected:
            return [Broken(_name(found), None, "root_gap", f"root {expected} is missing; root {number} stands there")]
        if not is_signed(found):
            return [Broken(_name(found), None, "root_signature", "its signature does not fit")]
        if found["key"] != known:
            return [Broken(_name(found), None, "root_key", "it is signed by another key than the node's")]
        if found["previous"] != previous:
            return [Broken(_name(found), None, "root_order", "it does not continue the root before it")]
        previous, expected, key = digest_of(found), expected + 1, found["key"]
    return []


def broken_root(statement: Mapping[str, Any], leaves: Iterable[Leaf]) -> Broken | None:
    """Whether the leaves are those over which the root was signed."""
    if root_of(leaves) == statement.get("root"):
        return None
    return Broken(_name(statement), None, "root", "the ends of chains that it was made over were changed")


def not_under_root(statement: Mapping[str, Any], leaf: Leaf) -> Broken:
    """The finding for a chain that no longer has the entry in which it ended on that day."""
    message = f"on {statement.get('day')} entry {leaf.length} was another one: the chain was written anew or cut"
    return Broken(leaf.chain, leaf.length, "root_chain", message)


def unlike_published(statements: Iterable[Mapping[str, Any]], published: Iterable[Mapping[str, Any]]) -> list[Broken]:
    """Published statements that are not among these: the database was written anew after they were published."""
    here = {digest_of(found) for found in statements}
    return [
        Broken(_name(found), None, "root_published", "this published root is not among those of the audit")
        for found in published
        if digest_of(found) not in here
    ]


def read_published(path: Path) -> list[dict[str, Any]]:
    """Published statements from a file, one JSON object a line. Raises BadExport naming the line, OSError."""
    found = []
    for number, raw in enumerate(path.read_bytes().splitlines(), start=1):
        if not raw.strip():
            continue
        try:
            statement = json.loads(raw.decode("utf-8"))
            signed_bytes(statement)
        except (UnicodeDecodeError, json.JSONDecodeError, KeyError, TypeError) as error:
            raise BadExport(f"line {number} is no published root") from error
        if statement["format"] != FORMAT or statement["version"] != VERSION:
            raise BadExport(f"line {number}: format or version is not known (known: {FORMAT} {VERSION})")
        if not is_signed(statement):
            raise BadExport(f"line {number}: its signature does not fit: this is not what a node published")
        found.append(statement)
    if not found:
        raise BadExport("no published root in it")
    return found

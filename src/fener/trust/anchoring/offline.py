"""Verifying the roots in an export: on another machine, without the system and without its database."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fener.trust.anchoring import merkle
from fener.trust.anchoring import statement as form
from fener.trust.anchoring.statement import Leaf
from fener.trust.chain import Broken, is_root, lines, read_entry, verify_file


@dataclass(frozen=True)
class _Root:
    """One root of the file: what was signed, and the leaves that the file has of it."""

    statement: dict[str, Any]
    leaves: tuple[Leaf, ...]
    broken: Broken | None


def verify_export(path: Path, *, key: str = "", published: Sequence[dict[str, Any]] = ()) -> list[Broken]:
    """The chains of an export, its roots, and the entries under the roots. Empty: all hold.

    ``key``: the node's published public key in hex. ``published``: statements that were published; each must be here.
    Raises BadExport, OSError.
    """
    found = verify_file(path)
    roots: list[_Root] = []
    for number, raw in lines(path):
        if is_root(raw):
            read = _read(raw)
            if read is None:
                found.append(Broken("", None, "unreadable", "this line is no root of a day", number))
            else:
                roots.append(read)
    found += form.broken_statements([root.statement for root in roots], key=key)
    found += [root.broken for root in roots if root.broken]
    found += _not_under(path, roots)
    return found + form.unlike_published([root.statement for root in roots], published)


def _read(raw: bytes) -> _Root | None:
    try:
        line = json.loads(raw.decode("utf-8"))
        said = line["root"]
        form.signed_bytes(said)
        if "leaves" in line:
            leaves = tuple(Leaf(str(chain), int(length), str(head)) for chain, length, head in line["leaves"])
            return _Root(said, leaves, form.broken_root(said, leaves))
        if line["proof"] is None:
            return _Root(said, (), None)
        proof = line["proof"]
        chain, length, head = proof["leaf"]
        leaf = Leaf(str(chain), int(length), str(head))
        steps = [bytes.fromhex(step) for step in proof["path"]]
        led = merkle.root_from_path(leaf.raw, int(proof["index"]), int(proof["size"]), steps)
        message = "the path from this chain's end does not lead to the root"
        broken = None if led and led.hex() == said["root"] else Broken(leaf.chain, leaf.length, "root", message)
        return _Root(said, (leaf,), broken)
    except (UnicodeDecodeError, json.JSONDecodeError, KeyError, TypeError, ValueError, AttributeError):
        return None


def _not_under(path: Path, roots: Sequence[_Root]) -> list[Broken]:
    """Chains of which a root knows another entry. The earliest such day for each chain."""
    wanted: dict[tuple[str, int], list[tuple[int, Leaf]]] = {}
    for place, root in enumerate(roots):
        for leaf in root.leaves:
            wanted.setdefault((leaf.chain, leaf.length), []).append((place, leaf))
    bad = dict(wanted)
    for _number, raw in lines(path):
        entry = None if is_root(raw) else read_entry(raw)
        if entry is None:
            continue
        where = (entry["chain"], entry["seq"])
        if where in wanted and all(leaf.head == entry["hash"] for _i, leaf in wanted[where]):
            bad.pop(where, None)
    first: dict[str, tuple[int, Leaf]] = {}
    for (chain, _seq), leaves in sorted(bad.items()):
        earliest = min(leaves)
        first[chain] = min(first.get(chain, earliest), earliest)
    return [form.not_under_root(roots[place].statement, leaf) for place, leaf in sorted(first.values())]

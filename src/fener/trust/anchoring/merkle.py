"""The Merkle tree of RFC 6962, section 2.1 (Certificate Transparency), over SHA-256. Pure: no Django, no clock.

Leaves and inner nodes are hashed with different prefixes, so that an inner node cannot pass as a leaf.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

EMPTY = hashlib.sha256(b"").digest()


def leaf_hash(leaf: bytes) -> bytes:
    """Hash of one leaf."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The root over the leaves in this order; of no leaves, the hash of nothing.

    Level by level: an odd node at the end rises unchanged, which gives the same tree as the RFC's recursion.
    """
    level = [leaf_hash(leaf) for leaf in leaves]
    while len(level) > 1:
        level = [_node(*level[i : i + 2]) if i + 1 < len(level) else level[i] for i in range(0, len(level), 2)]
    return level[0] if level else EMPTY


def path(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The hashes that lead from leaf ``index`` to the root, nearest first (section 2.1.1). IndexError outside."""
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    level = [leaf_hash(leaf) for leaf in leaves]
    found = []
    while len(level) > 1:
        beside = index ^ 1
        if beside < len(level):
            found.append(level[beside])
        level = [_node(*level[i : i + 2]) if i + 1 < len(level) else level[i] for i in range(0, len(level), 2)]
        index //= 2
    return found


def root_from_path(leaf: bytes, index: int, size: int, steps: Sequence[bytes]) -> bytes | None:
    """The root to which ``steps`` lead from a leaf at ``index`` of ``size``; None where they cannot be its path."""
    if not 0 <= index < size:
        return None
    found, left = leaf_hash(leaf), list(steps)
    while size > 1:
        if index % 2:
            if not left:
                return None
            found = _node(left.pop(0), found)
        elif index + 1 < size:
            if not left:
                return None
            found = _node(found, left.pop(0))
        index, size = index // 2, (size + 1) // 2
    return None if left else found

"""An export of the audit that can be verified elsewhere: the chains, and the roots of days that stand over them.

JSON Lines: a header, the entries, then one line a root: ``{"leaves": [...], "root": statement}``. An export of one
chain holds for each root the *path* of that chain's leaf instead (``"proof"``), so that a court can verify one case
without learning of any other.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import transaction

from fener.trust import audit
from fener.trust.anchoring import merkle, roots
from fener.trust.chain import Head, canonical, header
from fener.trust.models import AuditChain, AuditRoot


class NoSuchChain(LookupError):
    """The chain that was asked for is not in this database."""


def export(path: Path, *, only: audit.Chain | None = None) -> int:
    """Write all chains, or ``only`` one, to ``path``; the number of entries. Nothing half-written stays.

    One transaction reads everything, so that the export is of one moment. Raises NoSuchChain, OSError.
    """
    scratch = path.with_name(f".{path.name}.part")
    written = 0
    try:
        with transaction.atomic(), scratch.open("xb") as out:
            chains = AuditChain.objects.order_by("pk")
            if only:
                chains = chains.filter(kind=only[0], chain_id=only[1])
            heads = {f"{c.kind}:{c.chain_id}": Head(c.length, c.head) for c in chains}
            if only and not heads:
                raise NoSuchChain(f"{only[0]}:{only[1]}")
            out.write(canonical(header(heads)) + b"\n")
            for _name, _head, entries in audit.stored_chains(only):
                for entry in entries:
                    out.write(canonical(entry) + b"\n")
                    written += 1
            for line in _root_lines(next(iter(heads)) if only else None):
                out.write(canonical(line) + b"\n")
        scratch.replace(path)
    finally:
        scratch.unlink(missing_ok=True)
    return written


def _root_lines(only: str | None) -> Iterator[dict[str, Any]]:
    for root in AuditRoot.objects.order_by("number"):
        leaves = sorted(roots.leaves_of(root))
        if only is None:
            yield {"leaves": [[leaf.chain, leaf.length, leaf.head] for leaf in leaves], "root": root.statement}
            continue
        index = next((i for i, leaf in enumerate(leaves) if leaf.chain == only), None)
        proof = None
        if index is not None:
            leaf = leaves[index]
            steps = [step.hex() for step in merkle.path([one.raw for one in leaves], index)]
            proof = {"leaf": [leaf.chain, leaf.length, leaf.head], "index": index, "size": len(leaves), "path": steps}
        yield {"proof": proof, "root": root.statement}

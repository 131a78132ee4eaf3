"""Making the root of a day, and checking all roots against the chains of this database.

``fener tick`` makes one with its first run of a day. The root is worth what its publication is worth: somebody who owns
the machine may write everything anew and sign it, but not what was printed, sent or put on a website before.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import transaction
from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from fener.trust import audit
from fener.trust.actor import Actor
from fener.trust.anchoring import statement as form
from fener.trust.anchoring.statement import Leaf
from fener.trust.chain import GENESIS, Broken, timestamp
from fener.trust.models import AuditChain, AuditEntry, AuditRoot, AuditRootLeaf

BATCH = 5_000


def signing_key() -> Ed25519PrivateKey:
    """The node's signing key: from ``FENER_ROOT_KEY``, or from a file made on first use, for its owner alone."""
    if raw := settings.FENER_ROOT_KEY:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(raw))
    file = Path(settings.FENER_HOME) / "root.key"
    if not file.exists():
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(Ed25519PrivateKey.generate().private_bytes_raw().hex())
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(file.read_text(encoding="ascii").strip()))


def public_key() -> str:
    """The public half in hex: what is published once, so that every later root can be checked against it."""
    return signing_key().public_key().public_bytes_raw().hex()


@transaction.atomic
def make_root(*, actor: Actor, at: datetime) -> AuditRoot | None:
    """The signed root of the day of ``at``; None where the day has its root. For jobs and commands.

    Chains that did not grow have no leaf. The act itself is not recorded: it would give every day a leaf.
    """
    day = timezone.localdate(at)
    last = AuditRoot.objects.order_by("-number").first()
    if last is not None and last.day >= day:
        return None
    grown = list(_grown_chains().values_list("pk", "kind", "chain_id", "length", "head"))
    leaves = [(pk, Leaf(f"{kind}:{chain_id}", length, head)) for pk, kind, chain_id, length, head in grown]
    key = signing_key()
    said: dict[str, Any] = {
        "format": form.FORMAT,
        "version": form.VERSION,
        "number": last.number + 1 if last else 1,
        "day": day.isoformat(),
        "at": timestamp(at),
        "previous": last.digest if last else GENESIS,
        "root": form.root_of(leaf for _pk, leaf in leaves),
        "key": key.public_key().public_bytes_raw().hex(),
    }
    said["signature"] = key.sign(form.signed_bytes(said)).hex()
    made = AuditRoot.objects.create(number=said["number"], day=day, statement=said, digest=form.digest_of(said))
    AuditRootLeaf.objects.bulk_create(
        [
            AuditRootLeaf(root=made, chain_id=pk, name=leaf.chain, length=leaf.length, head=leaf.head)
            for pk, leaf in leaves
        ],
        batch_size=BATCH,
    )
    return made


def _grown_chains() -> QuerySet[AuditChain]:
    """Chains that are longer than when a root last stood over them. One statement, so that it sees one moment."""
    anchored = AuditRootLeaf.objects.filter(chain=OuterRef("pk")).order_by().values("chain")
    return (
        AuditChain.objects.annotate(anchored=Subquery(anchored.annotate(most=Max("length")).values("most")))
        .filter(Q(anchored__isnull=True) | Q(length__gt=F("anchored")), length__gt=0)
        .order_by("pk")
    )


def published(*, since: date | None = None) -> list[dict[str, Any]]:
    """The statements to publish, oldest first, from a day on. They name no chain and no count."""
    found = AuditRoot.objects.order_by("number")
    if since:
        found = found.filter(day__gte=since)
    return list(found.values_list("statement", flat=True))


def leaves_of(root: AuditRoot) -> list[Leaf]:
    """The leaves that are stored for a root."""
    return [Leaf(*row) for row in root.leaves.order_by("name").values_list("name", "length", "head")]


def verify_roots(*, key: str = "", published: list[dict[str, Any]] | None = None) -> list[Broken]:
    """What is wrong with the roots of this database, and the chains that were written anew since one of them.

    ``key``: the published public key in hex. ``published``: statements that were published. Empty: all hold.
    """
    roots = list(AuditRoot.objects.order_by("number"))
    statements = [root.statement for root in roots]
    found = form.broken_statements(statements, key=key)
    for root in roots:
        if broken := form.broken_root(root.statement, leaves_of(root)):
            found.append(broken)
    found += [form.not_under_root(statement, leaf) for statement, leaf in _not_under_roots()]
    if published:
        found += form.unlike_published(statements, published)
    return found


def _not_under_roots() -> Iterator[tuple[dict[str, Any], Leaf]]:
    """Leaves whose chain has another entry in that place today, or none. The database compares; few rows come."""
    entry = AuditEntry.objects.filter(chain=OuterRef("chain"), seq=OuterRef("length")).values("hash")[:1]
    bad = (
        AuditRootLeaf.objects.annotate(now=Subquery(entry))
        .filter(Q(now__isnull=True) | ~Q(now=F("head")))
        .select_related("root")
        .order_by("root__number", "name")
    )
    seen = set()
    for leaf in bad.iterator():
        if leaf.name not in seen:  # the earliest day says where to look
            seen.add(leaf.name)
            yield leaf.root.statement, Leaf(leaf.name, leaf.length, leaf.head)


def verify_everything(*, key: str = "", published: list[dict[str, Any]] | None = None) -> list[Broken]:
    """The chains and the roots over them."""
    return audit.verify_database() + verify_roots(key=key, published=published)

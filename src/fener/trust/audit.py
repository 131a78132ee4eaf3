"""Who has known what: an append-only, hash-chained record, written in the transaction of the act itself.

There is one chain for each case and each keeper and one for the node, so that writers on different cases do not
wait for each other. If the entry cannot be written, the act does not happen. Reads are acts. An entry never holds
sealed content.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connections, router, transaction
from django.utils import timezone

from fener.trust.actor import Actor
from fener.trust.chain import Broken, Head, digest, timestamp, verify_chains, verify_file
from fener.trust.errors import DomainError, NotTold, Refused
from fener.trust.models import AuditChain, AuditEntry

__all__ = ["NODE", "Broken", "NotInTransaction", "record", "refusal", "verify_database", "verify_file"]

Chain = tuple[str, UUID]
NODE: Chain = ("node", UUID(int=0))
KINDS = frozenset({"case", "keeper", "node"})
OUTCOMES = frozenset({"done", "refused", "overridden"})
REREAD = 5  # times that a chain is read again because somebody wrote into it meanwhile


class NotInTransaction(RuntimeError):
    """A programming error: an audit entry was to be written outside the act's transaction."""


def record(
    *,
    actor: Actor,
    act: str,
    subject_type: str,
    subject_id: UUID | None,
    chain: Chain = NODE,
    purpose: str = "",
    outcome: str = "done",
    detail: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Append one entry to ``chain`` in the current transaction.

    ``detail``: codes, ids, dates and counts only (str, int, bool, None, UUID, date, lists and dicts of these); no
    names, no sealed text. Raises NotInTransaction outside ``transaction.atomic``, TypeError for a detail that
    cannot be kept exactly.
    """
    using = router.db_for_write(AuditEntry)
    if not connections[using].in_atomic_block:
        raise NotInTransaction(f"{act}: write the audit entry in the transaction of the act")
    kind, chain_id = chain
    if kind not in KINDS or outcome not in OUTCOMES:
        raise ValueError(f"{act}: chain kind {kind!r}, outcome {outcome!r}")
    head = _locked_head(using, kind, chain_id)
    entry = AuditEntry(
        chain=head,
        seq=head.length + 1,
        at=timezone.now(),
        actor_id=actor.user_id,
        actor_keeper_id=actor.keeper_id,
        act=act,
        subject_type=subject_type,
        subject_id=subject_id,
        purpose=str(purpose or ""),
        outcome=outcome,
        detail=plain(_with_session(actor, detail)),
        prev_hash=head.head,
    )
    entry.hash = digest(entry.prev_hash, as_dict(entry, f"{kind}:{chain_id}"))
    entry.save(force_insert=True, using=using)
    AuditChain.objects.using(using).filter(pk=head.pk).update(length=entry.seq, head=entry.hash)
    return entry


def _locked_head(using: str, kind: str, chain_id: UUID) -> AuditChain:
    """The chain's head, ours alone until the transaction ends.

    PostgreSQL locks the row; the embedded database lets one write transaction run at a time (it begins them
    IMMEDIATE). The unique place (chain, seq) is the second fence: should both fail, the act fails rather than the
    chain fork.
    """
    chains = AuditChain.objects.using(using)
    try:
        return chains.select_for_update().get(kind=kind, chain_id=chain_id)
    except AuditChain.DoesNotExist:
        chains.bulk_create([AuditChain(kind=kind, chain_id=chain_id)], ignore_conflicts=True)
        return chains.select_for_update().get(kind=kind, chain_id=chain_id)


def refusal(
    *,
    actor: Actor,
    error: DomainError | None = None,
    act: str = "",
    subject_type: str = "",
    subject_id: UUID | None = None,
    detail: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Keep a refused attempt, in a transaction of its own (the refused act's was rolled back).

    Written on the chain of the actor's keeper, so that its custodians see it; on the node's for an actor without one.
    """
    named = act or (error.act if isinstance(error, (Refused, NotTold)) else "") or type(error).__name__
    chain: Chain = ("keeper", actor.keeper_id) if actor.keeper_id else NODE
    with transaction.atomic(using=router.db_for_write(AuditEntry)):
        return record(
            actor=actor,
            act=named,
            chain=chain,
            subject_type=subject_type,
            subject_id=subject_id,
            outcome="refused",
            detail={"error": type(error).__name__, **(detail or {})} if error else detail,
        )


def _with_session(actor: Actor, detail: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """What is done in an administration session is found under it."""
    return {**(detail or {}), "session": actor.elevation} if actor.elevation is not None else detail or {}


def plain(value: Any) -> Any:
    """The value as JSON keeps it exactly. Floats are refused: two machines may write one differently."""
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, str):  # also enums of str
        return str.__str__(value)
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return timestamp(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, (Sequence, set, frozenset)) and not isinstance(value, (bytes, bytearray)):
        inner = [plain(part) for part in value]
        return sorted(inner) if isinstance(value, (set, frozenset)) else inner
    raise TypeError(f"an audit entry cannot keep a {type(value).__name__}")


def as_dict(entry: AuditEntry, chain: str) -> dict[str, Any]:
    """An entry as it is hashed and exported."""
    return {
        "chain": chain,
        "seq": entry.seq,
        "at": timestamp(entry.at),
        "actor_id": str(entry.actor_id) if entry.actor_id else None,
        "actor_keeper_id": str(entry.actor_keeper_id) if entry.actor_keeper_id else None,
        "act": entry.act,
        "subject_type": entry.subject_type,
        "subject_id": str(entry.subject_id) if entry.subject_id else None,
        "purpose": entry.purpose,
        "outcome": entry.outcome,
        "detail": entry.detail,
    }


def stored_chains(only: Chain | None = None) -> Iterator[tuple[str, Head | None, list[dict[str, Any]]]]:
    """Every chain with its entries in the order in which they were written. One chain in memory at a time."""
    chains, entries = AuditChain.objects.order_by("pk"), AuditEntry.objects.order_by()
    if only:
        chains = chains.filter(kind=only[0], chain_id=only[1])
        entries = entries.filter(chain__in=chains)
    heads = {c.pk: c for c in chains}
    for pk in sorted(heads.keys() | set(entries.values_list("chain_id", flat=True).distinct())):
        found, kept = heads.get(pk), _entries(pk)
        # People work on while this reads: a chain that has grown since is read again, head first. One whose head and
        # entries really differ still does so after that.
        for _again in range(REREAD):
            if found is not None and len(kept) == found.length:
                break
            found = AuditChain.objects.filter(pk=pk).first()
            kept = _entries(pk)
        name = f"{found.kind}:{found.chain_id}" if found else f"unknown:{pk}"
        rows = [{**as_dict(e, name), "prev_hash": e.prev_hash, "hash": e.hash} for e in kept]
        yield name, Head(found.length, found.head) if found else None, rows


def _entries(chain_pk: int) -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(chain_id=chain_pk).order_by("pk"))


def verify_database() -> list[Broken]:
    """The first broken link of every broken chain of this database; empty when all hold."""
    return verify_chains(stored_chains())

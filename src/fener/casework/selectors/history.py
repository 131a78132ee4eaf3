"""Who has known what, when and why: the list that the person can see, from the audit and the sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from fener.casework import access
from fener.casework.chapters.finding import knew
from fener.casework.models import Case
from fener.network.models import Organisation
from fener.trust.actor import Actor
from fener.trust.models import AuditEntry, Consent, User

READS = ("item.open",)
GIVES = ("item.grant", "consent.give", "override.confirm", "case.access.give")
TAKES = ("item.revoke", "consent.withdraw", "case.access.drop")


@dataclass(frozen=True)
class Known:
    """One line: who opened, got or lost what.

    ``compartments`` are codes; ``ground`` is the sentence it rested on, if any.
    """

    at: datetime
    kind: str  # "read", "given", "taken"
    act: str
    person: str  # who did it; empty for a background job
    organisation: str
    recipient: str  # who was given or lost it; empty for reads
    compartments: tuple[str, ...]
    purpose: str
    ground: Consent | None


def who_knows(actor: Actor, case: Case) -> list[Known]:
    """Everything that was read, given and taken back on a case, the latest first. Four queries. Raises Refused."""
    access.require_on_case(actor, "who_knows.read", case)
    kinds = _kinds()
    entries = list(
        AuditEntry.objects.filter(chain__kind="case", chain__chain_id=case.pk, act__in=kinds).order_by("-seq")
    )
    # A key that is only laid ready for an offer opens nothing: nobody knows anything by it yet.
    entries = [entry for entry in entries if entry.detail.get("in_force", True)]
    people = dict(
        User.objects.filter(pk__in={e.actor_id for e in entries if e.actor_id}).values_list("pk", "full_name")
    )
    bodies = dict(Organisation.objects.filter(pk__in=_bodies(entries)).values_list("pk", "name"))
    consents = {consent.pk: consent for consent in Consent.objects.filter(subject_id=case.pk)}
    return [_line(entry, kinds[entry.act], people, bodies, consents) for entry in entries]


def _kinds() -> dict[str, str]:
    """Acts of the audit that belong here, with those of the chapters → what they are."""
    more = knew()
    return {
        **dict.fromkeys((*READS, *more.reads), "read"),
        **dict.fromkeys((*GIVES, *more.gives), "given"),
        **dict.fromkeys((*TAKES, *more.takes), "taken"),
    }


def _line(
    entry: AuditEntry, kind: str, people: dict[UUID, str], bodies: dict[UUID, str], consents: dict[UUID, Consent]
) -> Known:
    recipient = _recipient(entry)
    return Known(
        at=entry.at,
        kind=kind,
        act=entry.act,
        person=people.get(entry.actor_id, "") if entry.actor_id else "",
        organisation=bodies.get(entry.actor_keeper_id, "") if entry.actor_keeper_id else "",
        recipient=bodies.get(recipient, "") if recipient else "",
        compartments=_compartments(entry),
        purpose=entry.purpose,
        ground=_ground(entry, consents),
    )


def _bodies(entries: Iterable[AuditEntry]) -> set[UUID]:
    found = {e.actor_keeper_id for e in entries if e.actor_keeper_id}
    return found | {r for r in map(_recipient, entries) if r}


def _recipient(entry: AuditEntry) -> UUID | None:
    named = entry.detail.get("keeper") or entry.detail.get("recipient")
    if named is None and entry.subject_type == "organisation":
        return entry.subject_id
    return UUID(str(named)) if named else None


def _compartments(entry: AuditEntry) -> tuple[str, ...]:
    """From "identity/main/3" in what the vault keeps, or from the list of a consent."""
    items = entry.detail.get("items") or ([entry.detail["item"]] if entry.detail.get("item") else [])
    named = [str(item).split("/", 1)[0] for item in items] or list(entry.detail.get("compartments") or [])
    return tuple(dict.fromkeys(named))


def _ground(entry: AuditEntry, consents: dict[UUID, Consent]) -> Consent | None:
    if entry.subject_type == "consent" and entry.subject_id:
        return consents.get(entry.subject_id)
    for ground in entry.detail.get("grounds") or ():
        kind, _sep, key = str(ground).partition(":")
        if kind == "consent" and key:
            return consents.get(UUID(key))
    return None

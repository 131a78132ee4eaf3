"""An exposed fact is traced: who opened that part of that case, in the time in which it may have left (rule DA-06).

It reads the log of reads and nothing else: acts, officials and times, no word of the person. The custodian of the body
that keeps the case asks for its own cases; the auditor for any, by the code that was exposed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework.domain import codes
from fener.casework.models import Case
from fener.network.models import Organisation
from fener.trust import audit, policy
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.custody import custodians
from fener.trust.errors import InvalidInput, Refused
from fener.trust.models import AuditEntry, User
from fener.trust.policy import Relationship
from fener.trust.standing import node_level

LONGEST = timedelta(days=366)
# Acts by which somebody came to know something, or could from then on, and what each is called here.
TRACED = {
    "item.open": gettext_lazy("opened it"),
    "case.read": gettext_lazy("saw the page of the case"),
    "item.grant": gettext_lazy("gave a key to another body"),
    "glass.break": gettext_lazy("broke the glass"),
    "exposure.read": gettext_lazy("traced readers before"),
}
# A cell that begins with one of these is a formula to a spreadsheet.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True)
class Reading:
    """One line: who, for which body, when, how, which parts, for which purpose."""

    at: datetime
    person: str
    organisation: str
    act: str
    parts: tuple[str, ...]
    purpose: str


def may_trace(actor: Actor) -> bool:
    """Whether the actor has this page at all: an auditor, or a custodian of their body."""
    auditor = policy.decide(actor, "exposure.read", Relationship.NODE).allowed
    return auditor or (actor.keeper_id is not None and custodians.may(actor, "exposure.read"))


def readers(
    actor: Actor, *, code: str, since: date, until: date, compartment: str = "", at: datetime | None = None
) -> list[Reading]:
    """Who read what, in order of time. A code that is not there, not the actor's to trace, protected, or of a case
    from which the tracer is shut out gives none.

    The trace itself is kept: on the case's chain, and on the tracer's body's. Raises Refused, InvalidInput.
    """
    at = at or timezone.now()
    node = policy.decide(actor, "exposure.read", Relationship.NODE).allowed
    if not node:
        custodians.require(actor, "exposure.read")
    if until < since or until - since > LONGEST:
        raise InvalidInput({"until": _("Choose a period of at most a year, its end after its beginning.")})
    rows = Case.objects.for_figures(actor, reason="the case of an exposed code; whose it is is asked beside it")
    if not node:
        rows = rows.filter(organisation_id=actor.keeper_id)
    with node_level(reason="an auditor or custodian reads acts by a code, and need not see the case"):
        found = rows.filter(code=codes.typed_code(code)).values_list("pk", flat=True).first()
    with transaction.atomic():
        lines = _lines(found or uuid4(), compartment, since, until)
        _keep(actor, found, compartment, since, until, len(lines))
    return lines


def _keep(actor: Actor, case_id: UUID | None, part: str, since: date, until: date, count: int) -> None:
    detail = {"compartment": part, "since": since, "until": until, "answers": count}
    chain = ("keeper", actor.keeper_id) if actor.keeper_id else audit.NODE
    audit.record(actor=actor, act="exposure.read", chain=chain, subject_type="case", subject_id=case_id, detail=detail)
    if case_id is not None:
        audit.record(
            actor=actor, act="exposure.read", chain=("case", case_id), subject_type="case", subject_id=case_id,
            detail=detail,
        )  # fmt: skip


def _lines(case_id: UUID, compartment: str, since: date, until: date) -> list[Reading]:
    entries = [
        entry
        for entry in AuditEntry.objects.filter(
            chain__kind="case",
            chain__chain_id=case_id,
            act__in=list(TRACED),
            at__gte=_start(since),
            at__lt=_start(until + timedelta(days=1)),
        ).order_by("seq")
        if not compartment or _concerns(entry, compartment)
    ]
    people = dict(
        User.objects.filter(pk__in={e.actor_id for e in entries if e.actor_id}).values_list("pk", "full_name")
    )
    bodies = dict(
        Organisation.objects.filter(pk__in={e.actor_keeper_id for e in entries if e.actor_keeper_id}).values_list(
            "pk", "short_name"
        )
    )
    return [
        Reading(
            at=entry.at,
            person=people.get(entry.actor_id, "") if entry.actor_id else "",
            organisation=bodies.get(entry.actor_keeper_id, "") if entry.actor_keeper_id else "",
            act=str(TRACED[entry.act]),
            parts=parts_of(entry),
            purpose=entry.purpose,
        )
        for entry in entries
    ]


def parts_of(entry: AuditEntry) -> tuple[str, ...]:
    """The parts that an entry is about ("identity/main/3" names its part first)."""
    items = entry.detail.get("items") or ([entry.detail["item"]] if entry.detail.get("item") else [])
    named = [str(item).split("/", 1)[0] for item in items]
    if entry.detail.get("compartment"):
        named.append(str(entry.detail["compartment"]))
    return tuple(part for part in dict.fromkeys(named) if part in set(Compartment))


def _concerns(entry: AuditEntry, compartment: str) -> bool:
    return entry.act == "exposure.read" or compartment in parts_of(entry)


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def as_csv(lines: Iterable[Reading]) -> bytes:
    """The lines for a spreadsheet, in UTF-8 with its mark. No cell is a formula, whatever an official is called."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([_("When"), _("Who"), _("Organisation"), _("What"), _("Parts"), _("So that")])
    for line in lines:
        when = date_format(timezone.localtime(line.at), "Y-m-d H:i:s")
        cells = (when, line.person, line.organisation, line.act, ", ".join(line.parts), line.purpose)
        writer.writerow([harmless(cell) for cell in cells])
    return out.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """A cell that a spreadsheet shows and never computes."""
    return "'" + cell if cell.startswith(FORMULA) else cell


def require(actor: Actor) -> None:
    """The page is there for whoever may trace, and absent for everybody else. Raises Refused."""
    if not may_trace(actor):
        raise Refused(act="exposure.read")

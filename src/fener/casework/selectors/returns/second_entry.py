"""Second entries after a removal, as somebody may read them, and the share that was back within some days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from fener.casework import access
from fener.casework.chapters.contract import Reader
from fener.casework.models import Case, hiding
from fener.casework.models.returns.journey import Journey
from fener.casework.models.returns.second_entry import RemovalPseudonym, SecondEntry
from fener.norms.path.justice import BACK_WITHIN_DAYS, back_within
from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.errors import Refused
from fener.trust.policy import Relationship
from fener.trust.standing import node_level


def second_entries(reader: Reader) -> list[SecondEntry]:
    """Those of a case, the latest first. One query. Raises Refused."""
    access.require(reader.actor, "second_entry.list", reader.found)
    return list(SecondEntry.objects.filter(case=reader.case).order_by("-entered_on", "pk"))


def removals_carried_out(reader: Reader) -> list[Journey]:
    """Removals of a case that took place, the latest first. One query. Raises Refused."""
    access.require(reader.actor, "second_entry.list", reader.found)
    found = Journey.objects.filter(case=reader.case, removal=True, departed_on__isnull=False)
    return list(found.order_by("-departed_on", "pk"))


def second_entry_of(case: Case, pk: UUID, act: str) -> SecondEntry:
    """One of a case on which ``act`` was allowed. Raises Refused, hidden."""
    found = SecondEntry.objects.filter(case=case, pk=pk).first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found


@dataclass(frozen=True)
class Back:
    """How many of the removals whose days have passed were followed by a second entry within ``days``.

    ``unknown``: without a pseudonym nobody can tell; ``too_early``: the days have not passed. Neither is in ``base``.
    """

    days: int
    count: int
    base: int
    unknown: int
    too_early: int


@node_level(reason="totals; they name no case")
def back_again(actor: Actor) -> Back:
    """The share back within the days of the rule, for the whole node (rule RT-10). Three queries. Raises Refused."""
    policy.require(actor, "returns_figures.read", Relationship.NODE)
    removals = Journey.objects.filter(removal=True, departed_on__isnull=False, case__protected=False)
    rows = removals.exclude(hiding.shut_out(actor, "case")).order_by().values_list("pk", "departed_on")
    gone = {pk: day for pk, day in rows if day is not None}
    back = dict(RemovalPseudonym.objects.filter(removal__in=gone).values_list("removal_id", "back_on"))
    for removal, entered in SecondEntry.objects.filter(removal__in=gone).values_list("removal_id", "entered_on"):
        back[removal] = min(filter(None, (entered, back.get(removal))))
    settled = timezone.localdate() - timedelta(days=BACK_WITHIN_DAYS)
    count = base = unknown = too_early = 0
    for removal, day in gone.items():
        soon = back_within(removed_on=day, entered_on=back.get(removal))
        count += soon
        if soon or (removal in back and day <= settled):
            base += 1
        elif removal in back:
            too_early += 1
        else:
            unknown += 1
    return Back(BACK_WITHIN_DAYS, count, base, unknown, too_early)

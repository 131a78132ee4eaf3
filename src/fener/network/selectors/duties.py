"""The duty matrix of a day, and what is wrong with it. Known to everybody who signs in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from fener.network import access
from fener.network.models import Duty, Organisation
from fener.network.models.common import holding
from fener.norms.duties import Duties, Entry, Finding, Stage, duties, findings
from fener.trust.actor import Actor
from fener.trust.errors import Refused

READ = "map.read"


@dataclass(frozen=True)
class StageRow:
    """A stage with the duties of one day, in the order of the roles."""

    stage: Stage
    duties: tuple[Duty, ...]

    def by(self, role: str) -> list[Duty]:
        """Those of one role."""
        return [duty for duty in self.duties if duty.role == role]


@dataclass(frozen=True)
class Matrix:
    """Every stage of the pack, and the findings. ``on``: the day."""

    on: date
    pack: Duties
    stages: tuple[StageRow, ...]
    findings: tuple[Finding, ...]

    def names(self, finding: Finding) -> list[Organisation]:
        """The bodies that a finding is about."""
        known = {duty.organisation_id: duty.organisation for row in self.stages for duty in row.duties}
        return [known[body] for body in finding.bodies]


def duties_on(actor: Actor, on: date) -> QuerySet[Duty]:
    """The duties that hold on a day. Raises Refused."""
    access.require(actor, READ)
    return Duty.objects.filter(holding(on)).select_related("organisation", "agreement", "towards")


def counts_on(duty: Duty, on: date) -> bool:
    """Whether it obliges on that day: its agreement binds, and nobody's confirmation is awaited."""
    return not duty.awaits_confirmation and (duty.agreement is None or duty.agreement.holds_on(on))


def entries(rows: Iterable[Duty], on: date) -> list[Entry]:
    """The same for the rules, without words."""
    return [
        Entry(
            stage=duty.stage,
            body=duty.organisation_id,
            sector=duty.organisation.sector,
            role=duty.role,
            active=duty.organisation.active_on(on),
            has_basis=duty.has_basis,
            counts=counts_on(duty, on),
        )
        for duty in rows
    ]


def matrix(actor: Actor, on: date | None = None) -> Matrix:
    """The whole matrix of a day (today by default). Raises Refused."""
    on, pack = on or timezone.localdate(), duties()
    rows = list(duties_on(actor, on))
    order = list(Duty.Role.values)
    stages = tuple(
        StageRow(
            stage, tuple(sorted((d for d in rows if d.stage == stage.code), key=lambda d: (order.index(d.role), d.pk)))
        )
        for stage in pack.stages
    )
    return Matrix(on, pack, stages, tuple(findings(entries(rows, on), pack)))


def history(actor: Actor) -> QuerySet[Duty]:
    """Every duty that ended, the latest first. Raises Refused."""
    access.require(actor, READ)
    ended = Duty.objects.filter(until__lt=timezone.localdate()).select_related("organisation", "agreement")
    return ended.order_by("-until", "stage", "pk")


def duty(actor: Actor, pk: int) -> Duty:
    """One duty. Raises Refused, the same for one that does not exist."""
    access.require(actor, READ)
    found = Duty.objects.select_related("organisation", "agreement", "towards").filter(pk=pk).first()
    if found is None:
        raise Refused(act=READ)
    return found

"""Operations: the own body's, or all for the co-ordinator; counts alone."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from django.db.models import QuerySet

from fener.casework.models import Case
from fener.casework.models.justice.operation import Operation, OperationPerson
from fener.casework.services.justice.operations import FOUND, tally
from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.errors import Refused
from fener.trust.policy import Relationship


@dataclass(frozen=True)
class Yield:
    """Who was found of those met: identified, referred or with child protection; by premises and person checked."""

    found: int
    premises: int
    checked: int

    @property
    def by_premises(self) -> Fraction | None:
        """Found for each premises checked; None where none was."""
        return Fraction(self.found, self.premises) if self.premises else None

    @property
    def by_person(self) -> Fraction | None:
        """Found for each person checked; None where nobody was."""
        return Fraction(self.found, self.checked) if self.checked else None


def operations(actor: Actor, *, kind: str = "") -> QuerySet[Operation]:
    """The operations that one may read, the latest first. One query a page. Raises Refused."""
    if policy.decide(actor, "operation.list", Relationship.NODE).allowed:
        found = Operation.objects.all()
    elif policy.decide(actor, "operation.list", Relationship.SAME_ORGANISATION).allowed:
        found = Operation.objects.filter(organisation_id=actor.keeper_id)
    else:
        raise Refused(act="operation.list")
    found = found.select_related("organisation").order_by("-on", "pk")
    return found.filter(kind=kind) if kind else found


def operation_of(actor: Actor, pk: UUID) -> Operation:
    """One that one may read. Raises Refused, hidden."""
    found = operations(actor).filter(pk=pk).first()
    if found is None:
        raise Refused(act="operation.list")
    return found


def codes_met(actor: Actor, operation: Operation) -> list[str]:
    """Codes of the cases of people who were met, of those that the reader's own body keeps. One query."""
    own = Case.objects.held_by_own(actor)
    rows = OperationPerson.objects.filter(operation=operation, case__in=own)
    return sorted(rows.order_by().values_list("case__code", flat=True))


def yield_of(operation: Operation) -> Yield | None:
    """Its yield; None while the numbers are not there. One query."""
    if operation.premises is None or operation.checked is None:
        return None
    counted = tally(operation)
    return Yield(sum(counted.get(code, 0) for code in FOUND), operation.premises, operation.checked)

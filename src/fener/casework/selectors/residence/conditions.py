"""Conditions on permits and services of a case, as somebody may read them."""

from __future__ import annotations

from uuid import UUID

from fener.casework import access
from fener.casework.chapters.contract import Reader
from fener.casework.models import Case
from fener.casework.models.residence.condition import ImposedCondition
from fener.trust.errors import Refused


def conditions(reader: Reader) -> list[ImposedCondition]:
    """The conditions, those that stand first. One query. Raises Refused."""
    access.require(reader.actor, "condition.list", reader.found)
    rows = ImposedCondition.objects.filter(case=reader.case).order_by("since", "pk")
    return sorted(rows, key=lambda row: row.lifted_on is not None)


def condition_of(case: Case, pk: UUID, act: str) -> ImposedCondition:
    """One condition of a case on which ``act`` was allowed. Raises Refused, hidden."""
    found = ImposedCondition.objects.filter(case=case, pk=pk).first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found

"""What a child says and what is decided for it, as somebody may read it."""

from __future__ import annotations

from uuid import UUID

from fener.casework import access
from fener.casework.chapters.contract import Reader
from fener.casework.models import Case
from fener.casework.models.children.decision import ChildDecision, ChildView
from fener.trust.errors import Refused


def views(reader: Reader) -> list[ChildView]:
    """The child's views, the latest first. One query. Raises Refused."""
    access.require(reader.actor, "child_view.list", reader.found)
    return list(ChildView.objects.filter(case=reader.case).order_by("-on", "-pk"))


def decisions(reader: Reader) -> list[ChildDecision]:
    """The decisions on a child, the latest first. One query. Raises Refused."""
    access.require(reader.actor, "child_decision.list", reader.found)
    rows = ChildDecision.objects.filter(case=reader.case).select_related("view")
    return list(rows.order_by("-decided_on", "-pk"))


def decision_of(case: Case, pk: UUID, act: str) -> ChildDecision:
    """One decision of a case on which ``act`` was allowed. Raises Refused, hidden."""
    found = ChildDecision.objects.filter(case=case, pk=pk).first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found

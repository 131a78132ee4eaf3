"""May this person be removed from the country? The gate ``removal`` over what a case knows (rule RP-01).

Fener removes nobody. The answer is for whoever must say no in time, and says why.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from fener.casework import access
from fener.casework.models import Assessment, Case, Clock
from fener.norms import gates
from fener.norms.gates import GateResult
from fener.trust.actor import Actor


def may_be_removed(actor: Actor, case: Case, at: datetime) -> GateResult:
    """Whether anything that is known here would let a removal go ahead. Raises Refused like any read of the case."""
    access.require_on_case(actor, "case.read", case, at=at)
    return removal_gate(Clock.objects.filter(case=case), screened=is_screened(case), at=at)


def removal_gate(clocks: Iterable[Clock], *, screened: bool | None, at: datetime) -> GateResult:
    """The gate over clocks that are at hand. ``screened`` None: not known here, which refuses as well."""
    runs = blocked_until(clocks, at) is not None
    return gates.check("removal", {"screening_recorded": screened, "no_recovery_period_runs": not runs})


def blocked_until(clocks: Iterable[Clock], at: datetime) -> datetime | None:
    """The end of the longest period that forbids a removal now; None when none runs."""
    ends = [c.due_on for c in clocks if c.ended_at is None and c.blocks_removal and c.due_on >= at]
    return max(ends, default=None)


def is_screened(case: Case, *, all_assessments: Iterable[Assessment] | None = None) -> bool | None:
    """An authority has looked at this person's situation and recorded it; None where only a first contact has.

    ``all_assessments``: every one of the case, where they are at hand.
    """
    if all_assessments is None:
        all_assessments = Assessment.objects.filter(case=case, by_person=False)[:1]
    if any(not assessment.by_person for assessment in all_assessments):
        return True
    return None if case.origin != "direct" else False

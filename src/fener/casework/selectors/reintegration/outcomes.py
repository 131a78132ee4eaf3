"""Outcomes of a case as somebody may read them, and rates over all cases, each by a definition that is named."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from fener.casework import access
from fener.casework.chapters.contract import Reader
from fener.casework.models import Case
from fener.casework.models.reintegration.outcome import FailedCase, Outcome
from fener.norms.path import outcomes as norms
from fener.norms.path.outcomes import Rate
from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.policy import Relationship
from fener.trust.standing import node_level

LOOK = "counts of outcomes; they name no case"


@dataclass(frozen=True)
class AtInterval:
    """All outcomes of one interval: a rate by each definition, who was trafficked again, why it did not go well."""

    months: int
    recorded: int
    rates: tuple[Rate, ...]
    again: tuple[int, int, int, int]  # yes, suspected, no, not known
    reasons: dict[str, int]
    own_views: dict[str, int]


def recorded(reader: Reader) -> list[Outcome]:
    """What became of the person, the latest first. One query. Raises Refused."""
    access.require(reader.actor, "outcome.list", reader.found)
    return list(Outcome.objects.filter(case=reader.case).order_by("-on", "pk"))


def failures(reader: Reader) -> list[FailedCase]:
    """Why the case failed, if it did. One query. Raises Refused."""
    access.require(reader.actor, "outcome.list", reader.found)
    return list(FailedCase.objects.filter(case=reader.case).order_by("-on", "pk"))


@node_level(reason=LOOK)
def at_intervals(actor: Actor) -> list[AtInterval]:
    """Rates at each interval; of one person and interval the latest counts. One query. Raises Refused."""
    policy.require(actor, "board.read", Relationship.NODE)
    rows = Outcome.objects.filter(case__in=Case.objects.for_figures(actor, reason=LOOK)).order_by("since", "on", "pk")
    latest = {(row.months, row.case_id): row for row in rows}
    found: dict[int, list[Outcome]] = {}
    for (months, _case), row in latest.items():
        found.setdefault(months, []).append(row)
    return [_interval(months, some) for months, some in sorted(found.items())]


@node_level(reason=LOOK)
def causes(actor: Actor) -> dict[str, int]:
    """How many cases failed by each cause (rule AC-09); a case with two counts in both. One query. Raises Refused."""
    policy.require(actor, "board.read", Relationship.NODE)
    rows = FailedCase.objects.filter(case__in=Case.objects.for_figures(actor, reason=LOOK))
    return dict(Counter(rows.order_by().values_list("cause", flat=True)))


def _interval(months: int, rows: list[Outcome]) -> AtInterval:
    return AtInterval(
        months=months,
        recorded=len(rows),
        rates=tuple(
            norms.rate((norms.judge(row.areas, code, in_programme=row.in_programme) for row in rows), code)
            for code in norms.definitions()
        ),
        again=norms.trafficked_again(row.areas for row in rows),
        reasons=dict(Counter(reason for row in rows for reason in row.reasons)),
        own_views=dict(Counter(row.own_view for row in rows)),
    )

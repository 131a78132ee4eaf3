"""Who may do what with journeys and removals (rules RT-01 to RT-07)."""

from __future__ import annotations

from fener.trust.policy import Relationship as R
from fener.trust.policy import Row
from fener.trust.roles import Role

_HOLDS = frozenset({R.ASSIGNED, R.SAME_ORGANISATION})
_TO_WHOM_BROUGHT = frozenset({R.ASSIGNED, R.GUARDIAN})


def _by_the_holder(act: str, note: str = "") -> tuple[Row, Row]:
    """Where the file is kept; specialists only where the person was brought to them."""
    return (
        Row(act, {Role.CASE_MANAGER, Role.SHELTER_WORKER}, _HOLDS, note=note),
        Row(act, {Role.LAWYER, Role.GUARDIAN}, _TO_WHOM_BROUGHT, note=note),
    )


ROWS: tuple[Row, ...] = (
    *_by_the_holder("journey.list", note="kind, state and days; the place and all words are sealed"),
    Row("journey.list", {Role.MECHANISM_COORDINATOR}, {R.NODE}, note="who was removed, who did not arrive: it shows"),
    *_by_the_holder("journey.request", note="at the person's own wish"),
    *_by_the_holder("journey.prepare", note="told, risks, papers, who receives the person"),
    *_by_the_holder("journey.decide", note="the person's own decision, or the guardian's with the child heard"),
    *_by_the_holder("journey.depart", note="only when every gate of the departure is open"),
    *_by_the_holder("journey.arrive", note="arrival, reception, alarms"),
    *_by_the_holder("removal.record", note="announced, carried out, or done all the same: who decided, on what"),
)

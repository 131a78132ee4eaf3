"""A departure before the person's hearing, until their part in it is settled (rule WP-08).

So that nobody is sent away and what they once said is read out in their absence.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from fener.casework.domain.justice.hearing_states import HEARING
from fener.casework.models import Case
from fener.casework.models.justice.hearing import CourtMeasure, Hearing
from fener.casework.models.returns.journey import Journey
from fener.norms.path.flags import Flag
from fener.norms.path.justice import hearing_flag

OVER = ("stopped", "declined")
# Which measure settles how the person takes part: video once it is granted, evidence taken early once it was taken.
BY_VIDEO, TAKEN_EARLY = "video", ("recorded", "early_hearing")


def departure_of(case: Case) -> date | None:
    """The first departure that is planned, announced or made. One query."""
    rows = Journey.objects.filter(case=case).exclude(state__in=OVER).values_list("departed_on", "departs_on")
    days = [departed or planned for departed, planned in rows if departed or planned]
    return min((day for day in days if day is not None), default=None)


def part_in(row: Hearing, measures: Iterable[CourtMeasure]) -> str:
    """How the person takes part (list ``hearing_part``), by what stands of the hearing and of measures for it."""
    if row.state == Hearing.State.DECLINED:
        return "declined"
    if row.state == Hearing.State.HELD:
        return "in_person"
    for one in measures:
        if one.charge_id not in (None, row.charge_id):
            continue
        granted = one.state in (CourtMeasure.State.GRANTED, CourtMeasure.State.CARRIED_OUT)
        if one.kind == BY_VIDEO and granted:
            return "video"
        if one.kind in TAKEN_EARLY and one.state == CourtMeasure.State.CARRIED_OUT:
            return "recorded_before"
    return "open"


def flag_before(row: Hearing, measures: Iterable[CourtMeasure], departure_on: date | None) -> Flag | None:
    """The flag of one hearing whose date stands; None for any other."""
    if row.state != HEARING.start:
        return None
    return hearing_flag(
        departure_on=departure_on, hearing_on=row.on, hearing_expected=True, part=part_in(row, measures)
    )

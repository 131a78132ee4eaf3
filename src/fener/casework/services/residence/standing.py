"""What stands of a residence regime on a day: its phases, from what is recorded up to that day. Reads only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta

from fener.casework.models import Case
from fener.casework.models.children.placement import LeavingCare
from fener.casework.models.residence.regime import RegimeFact, RegimeStay
from fener.norms.regimes import Phase, regime_fact_names, timeline

DAYS = (RegimeFact.Fact.PROGRAMME.value, RegimeFact.Fact.PROCEEDINGS.value)  # facts whose day is what is asked


def phases(
    stay: RegimeStay, rows: Iterable[RegimeFact], turns_18_on: date | None, on: date | None = None
) -> list[Phase]:
    """The time line of a regime as it stands on ``on`` (None: by all that is recorded, asked on its first day), from
    the rows of its case. No query but the changes of path.
    """
    known = [row for row in rows if on is None or row.on <= on]
    facts: dict[str, Any] = dict.fromkeys(regime_fact_names(stay.code))
    for row in sorted(known, key=lambda one: (one.on, one.recorded_at)):  # the last one counts
        if row.fact in DAYS:
            facts[row.fact] = row.on if row.answer == RegimeFact.Answer.YES else None
        elif row.fact in facts:
            facts[row.fact] = row.answer
    birth = turns_18_on - relativedelta(years=18) if turns_18_on else None
    if birth is not None and birth <= stay.starts_on:
        facts["birth_date"] = birth
        if facts.get("programme_start") and facts["programme_start"] < birth:
            del facts["programme_start"]
    facts["path_changed_on"] = sorted(change.on for change in stay.path_changes.all() if on is None or change.on <= on)
    return timeline(stay.code, stay.starts_on, facts, on=on)


def of_case(case: Case, on: date | None = None) -> list[tuple[RegimeStay, list[Phase]]]:
    """The regimes of a case that have not ended, with their phases. Four queries whatever their number."""
    stays = RegimeStay.objects.filter(case=case, ended_on__isnull=True).prefetch_related("path_changes")
    rows = list(RegimeFact.objects.filter(case=case))
    day_of_18 = turns_18(case)
    return [(stay, phases(stay, rows, day_of_18, on)) for stay in stays]


def turns_18(case: Case) -> date | None:
    """The day on which a child turns 18, as it stands under Children."""
    return LeavingCare.objects.filter(case=case).values_list("turns_18_on", flat=True).first()


def work_periods(found: Iterable[Phase]) -> list[tuple[date, date | None]]:
    """From when until when the rule lets the person work (None: no end is set), of phases whose conditions are met.

    A work permit may outlast its document (rule RP-09): what touches or overlaps is one period.
    """
    merged: list[tuple[date, date | None]] = []
    for phase in found:
        if phase.work != "allowed" or phase.available != "yes" or phase.start is None:
            continue
        start, until = phase.start, phase.work_until
        if merged and (merged[-1][1] is None or start <= merged[-1][1] + timedelta(days=1)):
            first, last = merged[-1]
            merged[-1] = (first, None if last is None or until is None else max(last, until))
        else:
            merged.append((start, until))
    return merged

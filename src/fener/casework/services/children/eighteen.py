"""From which day a child counts as grown up. The one place for it: every gate that asks ``is_adult`` asks here.

A day on which the person turns 18 opens gates only where it rests on a date of birth or on an age that was decided, or
where it was written down well ahead (pack ``facts``, ``eighteen_known_ahead``), before anybody had a use for it. While
the age is in doubt the person is a child (rule CH-01).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from fener.casework.models import AgeDispute, Case
from fener.casework.models.children.placement import LeavingCare
from fener.casework.services import lines
from fener.norms import clocks as norms_clocks
from fener.norms.fields import DISPUTED
from fener.norms.packs import load_packs

PRESUMED = "presumed_child"
PLAN = "leaving_care_plan"
LINES = ("children.leaving", "residence.regimes")  # some stays depend on the day of 18


def is_adult(case: Case, on: date) -> bool:
    """Whether the person is grown up on that day, as gates ask it. At most three queries."""
    if _in_doubt(case, on):
        return False
    if not case.treated_as_child:
        return True
    days = [day for day in (_by_decided_age(case, on), _by_recorded_day(case)) if day is not None]
    return bool(days) and max(days) <= on


def adult_age() -> int:
    """The age from which somebody is an adult."""
    return int(load_packs().get("facts", "facts").data["adult_age"])


def contact_day(case: Case) -> date:
    """The day of the first contact, to which the recorded age belongs."""
    return date.fromisoformat(case.facts["contacted_on"]) if case.facts.get("contacted_on") else case.opened_on


def eighteenth(birth: date) -> date:
    """The day of 18 of somebody born on that day; born on a leap day, it is 1 March."""
    found = birth + relativedelta(years=adult_age())
    return found if found.day == birth.day else found + timedelta(days=1)


def plan_due(birth: date) -> date | None:
    """By when the plan for leaving care is due (clock ``leaving_care_plan``)."""
    start, place = timezone.localdate(), settings.FENER_JURISDICTION
    end = norms_clocks.due(PLAN, jurisdiction=place, start=start, facts={"birth_date": birth}).end
    return end.date() if isinstance(end, datetime) else end


def follow_birth_date(case: Case, birth: date) -> None:
    """A date of birth is about to be sealed: the day of 18 that stands open, if any, is the one that follows from it.

    Inside the caller's transaction. Where no day stands, none is written: the date of birth stays sealed.
    """
    row = LeavingCare.objects.filter(case=case).first()
    if row is None:
        return
    day = eighteenth(birth)
    row.turns_18_on, row.plan_due_on, row.known_by = day, plan_due(birth) or day, LeavingCare.KnownBy.BIRTH_DATE
    row.save(update_fields=["turns_18_on", "plan_due_on", "known_by"])
    lines.refresh(case, *LINES)


def _in_doubt(case: Case, on: date) -> bool:
    """Whether the age is in doubt now, or was so on that day."""
    if case.facts.get("minor") == PRESUMED or case.facts.get("age_at_contact_certainty") == DISPUTED:
        return True
    open_then = Q(raised_on__lte=on, decided_on__gt=on)
    return AgeDispute.objects.filter(Q(decided_on__isnull=True) | open_then, case=case).exists()


def _by_decided_age(case: Case, on: date) -> date | None:
    """The latest day on which somebody of the decided age turns 18."""
    decided = AgeDispute.objects.filter(case=case, decided_on__lte=on, age__isnull=False)
    found = decided.order_by("-decided_on", "-pk").first()
    if found is None or found.age is None or found.result != AgeDispute.Result.CHILD:
        return None
    return contact_day(case) + relativedelta(years=adult_age() - found.age)


def _by_recorded_day(case: Case) -> date | None:
    """The recorded day, if it rests on more than that somebody has just typed it."""
    row = LeavingCare.objects.filter(case=case).first()
    if row is None:
        return None
    if row.known_by == LeavingCare.KnownBy.BIRTH_DATE:
        return row.turns_18_on
    ahead = relativedelta(months=int(load_packs().get("facts", "facts").data["eighteen_known_ahead"]["months"]))
    known = row.known_on is not None and row.known_on + ahead <= row.turns_18_on
    return row.turns_18_on if known else None

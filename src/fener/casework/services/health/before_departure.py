"""What a departure may know of health: whether something is still owed to the person, and when. Nothing else (HE-04).

Everything here is read from the days of the tests, so that a departure is judged by what stood on its own day.
"""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db.models import Q

from fener.casework.models import Case
from fener.casework.models.health.care import HealthTest
from fener.casework.models.returns.journey import Journey
from fener.casework.services.gated import Facts
from fener.norms.clocks import due

TESTS, DEPARTURE = "health.tests", "health.departure"
CLOCK = "health_result_delivery"


def result_facts(case: Case, day: date, *, elsewhere: bool) -> Facts:
    """The facts of gate ``departure_after_test`` on a day.

    ``elsewhere``: somebody said that a result is awaited from outside, or nobody asked. It keeps the gate shut; no
    answer that was typed opens it.
    """
    taken = HealthTest.objects.filter(case=case, taken_on__lte=day)
    with_counselling = not elsewhere and not taken.filter(_later("delivered_on", day)).exists()
    told = with_counselling or (
        not elsewhere and not taken.filter(_later("delivered_on", day), _later("alone_on", day)).exists()
    )
    return {
        "results_delivered": told,
        "counselling_given": with_counselling,
        "nothing_was_tested": not elsewhere and not taken.exists(),
    }


def _later(field: str, day: date) -> Q:
    return Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gt": day})


def waiting(case: Case) -> list[HealthTest]:
    """Tests that were taken and whose result was not given with counselling, the oldest first."""
    found = HealthTest.objects.filter(case=case, taken_on__isnull=False, delivered_on__isnull=True)
    return list(found.order_by("taken_on", "pk"))


def finish_by(case: Case, taken_on: date) -> date | None:
    """The day by which a result has to be given before the next departure that is planned; None: none is planned."""
    planned = Journey.objects.filter(
        case=case, departs_on__isnull=False, departed_on__isnull=True, ended_on__isnull=True
    )
    departs_on = planned.order_by("departs_on").values_list("departs_on", flat=True).first()
    if departs_on is None:
        return None
    found = due(CLOCK, jurisdiction=settings.FENER_JURISDICTION, start=taken_on, facts={"departure_on": departs_on})
    end = found.end
    return end if isinstance(end, date) else None

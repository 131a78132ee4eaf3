"""CH-10: the temporary placement of a returned child runs a configurable clock of 24 to 72 hours."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from fener.casework.models import Case, Clock
from fener.casework.services.children.placements import CLOCK
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput
from tests.acceptance.test_ch_09_a_returned_child import WHOLE
from tests.acceptance.test_ch_11_a_childs_place import placed
from tests.factories.children import child


def running(case: Case) -> list[Clock]:
    return list(Clock.objects.filter(case=case, code=CLOCK, ended_at__isnull=True))


@pytest.mark.parametrize("hours", [24, 48, 72])
def test_ch_10_the_hours_that_were_chosen_run(case_manager: Actor, hours: int) -> None:
    case = child(case_manager)
    placed(case_manager, case, "temporary_centre", hours=hours, **WHOLE)
    (clock,) = running(case)
    assert clock.due_on == timezone.now() + timedelta(hours=hours)


@pytest.mark.parametrize("hours", [0, 23, 73])
def test_ch_10_fewer_or_more_hours_are_refused(case_manager: Actor, hours: int) -> None:
    with pytest.raises(InvalidInput):
        placed(case_manager, child(case_manager), "temporary_centre", hours=hours, **WHOLE)


def test_ch_10_the_decision_ends_it(case_manager: Actor) -> None:
    case = child(case_manager)
    placed(case_manager, case, "temporary_centre", hours=48, **WHOLE)
    placed(case_manager, case, "foster_family", **WHOLE)
    assert running(case) == []

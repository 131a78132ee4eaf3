"""CH-15: a young person who leaves care keeps a plan with follow-up dates, not a single payment."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from fener.casework.models import Case, Clock
from fener.casework.models.children.placement import LeavingCare, LeavingFollowUp
from fener.casework.models.line import CaseLine
from fener.casework.services import clocks
from fener.casework.services.children.guardians import end_guardianship
from fener.casework.services.children.leaving import follow_up, plan_leaving, set_eighteenth
from fener.trust.actor import Actor
from fener.trust.errors import GateClosed, InvalidInput
from tests.factories.children import DAY, child, guarded

EIGHTEEN = date(2027, 5, 4)
NEARLY = {"age_at_contact": 17, "age_at_contact_certainty": "document", "gender": "Feminine"}


def planned(actor: Actor, case: Case, on: date = DAY) -> LeavingCare:
    row = set_eighteenth(actor=actor, case=case, on=on)
    return plan_leaving(actor=actor, leaving=row, leaves="care", leaves_on=on, words="A room, the bakery, her sister.")


def test_ch_15_the_plan_is_due_a_year_before_eighteen(case_manager: Actor) -> None:
    case = child(case_manager)
    row = set_eighteenth(actor=case_manager, case=case, on=EIGHTEEN)
    assert row.plan_due_on == date(2026, 5, 4)
    line = CaseLine.objects.get(case=case, what="plan")
    assert line.due is not None
    assert timezone.localdate(line.due) == date(2026, 5, 4)
    planned(case_manager, case, EIGHTEEN)
    assert not CaseLine.objects.filter(case=case, what="plan").exists()


def test_ch_15_days_of_follow_up_come_with_the_plan(case_manager: Actor) -> None:
    case = child(case_manager, facts=NEARLY)
    planned(case_manager, case)
    days = list(LeavingFollowUp.objects.filter(case=case).values_list("due_on", flat=True))
    assert days == [date(2026, 4, 2), date(2026, 6, 2), date(2026, 9, 2), date(2027, 3, 2), date(2028, 3, 2)]
    first = LeavingFollowUp.objects.get(case=case, due_on=days[0])
    with pytest.raises(InvalidInput):
        follow_up(actor=case_manager, follow=first, on=DAY + timedelta(days=9))
    follow_up(actor=case_manager, follow=first, on=DAY)
    assert CaseLine.objects.filter(case=case, what="follow_up").count() == 4


def test_ch_15_without_a_plan_in_words_nobody_leaves(case_manager: Actor) -> None:
    row = set_eighteenth(actor=case_manager, case=child(case_manager), on=EIGHTEEN)
    with pytest.raises(InvalidInput):
        plan_leaving(actor=case_manager, leaving=row, leaves="care", leaves_on=EIGHTEEN, words=" ")
    with pytest.raises(InvalidInput):
        set_eighteenth(actor=case_manager, case=row.case, on=date(2050, 1, 1))


def test_ch_05_at_eighteen_a_guardianship_ends_only_with_the_plan(case_manager: Actor) -> None:
    case, day = child(case_manager), EIGHTEEN
    guardian = guarded(case_manager, case)
    set_eighteenth(actor=case_manager, case=case, on=day)
    with time_machine.travel(day, tick=False):
        with pytest.raises(GateClosed):
            end_guardianship(actor=case_manager, guardianship=guardian, reason="adult_with_plan", on=day)
        planned(case_manager, case, day)
        ended = end_guardianship(actor=case_manager, guardianship=guardian, reason="adult_with_plan", on=day)
    assert ended.ended_on == day
    # The facts still say a child: the alarm runs until they are put right or somebody answers.
    assert Clock.objects.filter(case=case, code=clocks.GUARDIAN, ended_at__isnull=True).exists()


def test_ch_05_a_day_of_18_that_is_typed_today_ends_no_guardianship(case_manager: Actor) -> None:
    case = child(case_manager, facts=NEARLY)
    guardian = guarded(case_manager, case)
    planned(case_manager, case)
    with pytest.raises(GateClosed):
        end_guardianship(actor=case_manager, guardianship=guardian, reason="adult_with_plan", on=DAY)


def test_ch_05_nobody_becomes_eighteen_by_a_day_that_is_past_or_that_the_age_contradicts(case_manager: Actor) -> None:
    case, nearly = child(case_manager), child(case_manager, facts=NEARLY)
    for one, on in ((case, DAY), (case, EIGHTEEN + timedelta(days=5000)), (nearly, DAY - timedelta(days=1))):
        with pytest.raises(InvalidInput):
            set_eighteenth(actor=case_manager, case=one, on=on)
    assert not LeavingCare.objects.exists()


def test_ch_05_a_plan_does_not_make_anybody_eighteen(case_manager: Actor) -> None:
    case = child(case_manager)
    guardian = guarded(case_manager, case)
    planned(case_manager, case, EIGHTEEN)
    with pytest.raises(GateClosed):
        end_guardianship(actor=case_manager, guardianship=guardian, reason="adult_with_plan", on=DAY)

"""RT-08, RI-06: contact after the arrival is due within hours, then after months, only while the person wants it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db.models import Model
from django.utils import timezone

from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.models.returns.journey import Journey
from fener.casework.models.returns.recontact import FollowUp, Recontact
from fener.casework.selectors.returns.recontact import queue
from fener.casework.selectors.worklist import today
from fener.casework.services.returns import recontact, removals
from fener.trust.actor import Actor
from fener.trust.errors import GateClosed, InvalidInput, Refused
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.children import child
from tests.factories.network import Mechanism
from tests.factories.returns import days_ago, ready


def agreed(actor: Actor, case: Case, **changes: Any) -> Recontact:
    terms = {
        "channel": "telephone",
        "how": "Marta calls +373 600 00 000 on mornings.",
        "on": days_ago(0),
        "until": days_ago(-800),
        **changes,
    }
    return recontact.agree(actor=actor, case=case, **terms)


def arrived(actor: Actor, case: Case) -> Journey:
    gone = removals.depart(actor=actor, journey=ready(actor, case), on=days_ago(3))
    return removals.confirm(actor=actor, journey=gone, by="person", on=days_ago(0))


def contacted(actor: Actor, journey: Journey, **changes: Any) -> FollowUp:
    terms = {"on": days_ago(0), "channel": "telephone", "safe_time": True, "result": "well", **changes}
    return recontact.record_contact(actor=actor, journey=journey, **terms)


def due_of(case: Case) -> list[tuple[int, int]]:
    """(step, days from now) of every contact that is due."""
    rows = CaseLine.objects.filter(case=case, what="contact")
    return [(row.params["step"], (timezone.localdate(row.due) - timezone.localdate()).days) for row in rows]


def test_rt_08_the_dates_are_those_of_the_pack() -> None:
    found = recontact.schedule(date(2026, 1, 31))
    assert [(one.step, timezone.localdate(one.moment)) for one in found] == [
        (0, date(2026, 2, 2)),
        (1, date(2026, 2, 28)),
        (3, date(2026, 4, 30)),
        (6, date(2026, 7, 31)),
        (12, date(2027, 1, 31)),
        (24, date(2028, 1, 31)),
    ]


def test_rt_08_one_contact_after_the_other_is_due(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    agreed(case_manager, case)
    journey = arrived(case_manager, case)
    assert due_of(case) == [(0, 2)]
    contacted(case_manager, journey, result="not_reached")
    assert due_of(case) == [(0, 2)]  # it is tried again
    contacted(case_manager, journey)
    ((step, days),) = due_of(case)
    assert step == 1
    assert 28 <= days <= 31


def test_rt_08_one_more_contact_takes_nothing_away_from_the_next(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    agreed(case_manager, case)
    journey = arrived(case_manager, case)
    assert [contacted(case_manager, journey).step for _ in range(2)] == [0, 0]
    assert [step for step, _days in due_of(case)] == [1]


def test_rt_08_whom_nobody_reached_stands_first_in_the_queue(case_manager: Actor, mechanism: Mechanism) -> None:
    calm, urgent = CaseFactory(actor=case_manager), CaseFactory(actor=case_manager)
    for case in (calm, urgent):
        agreed(case_manager, case)
        journey = arrived(case_manager, case)
        if case is calm:
            contacted(case_manager, journey)
    rows = queue(case_manager)
    assert [line.case for line in rows] == [urgent, calm]
    assert rows[0].due is not None
    later = timezone.now() + timedelta(days=4)
    late = [task for task in today(case_manager, later) if task.kind == "returns.recontact"]
    assert [task.case_code for task in late if task.overdue(later)] == [urgent.code]
    assert queue(mechanism.shelter.actor(Role.CASE_MANAGER)) == []
    with pytest.raises(Refused):
        queue(mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR))


def test_rt_08_nothing_is_due_without_an_agreement_nor_after_its_end(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    arrived(case_manager, case)
    assert due_of(case) == []
    one = agreed(case_manager, case, until=days_ago(-10))
    assert due_of(case) == [(0, 2)]
    recontact.withdraw(actor=case_manager, recontact=one)
    assert due_of(case) == []
    other = agreed(case_manager, case, until=days_ago(-1))
    assert due_of(case) == []  # the first contact would fall after its last day
    recontact.withdraw(actor=case_manager, recontact=other)


def test_rt_08_an_agreement_ends_by_itself_and_with_it_what_is_overdue(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    agreed(case_manager, case, until=days_ago(-10))
    arrived(case_manager, case)
    with time_machine.travel(timezone.now() + timedelta(days=11), tick=False):
        assert recontact.end_run_out(timezone.now()) == 1
        assert not CaseLine.objects.filter(case=case, record="returns.recontact").exists()


def test_ri_06_it_names_who_channel_safe_times_and_an_end_and_is_no_consent_to_the_file(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    for lacking in ({"how": " "}, {"channel": "smoke"}, {"until": days_ago(1)}):
        with pytest.raises(InvalidInput):
            agreed(case_manager, case, **lacking)
    one = agreed(case_manager, case)
    assert one.how is not None
    assert b"Marta" not in bytes(one.how.ciphertext)
    again = agreed(case_manager, case, channel="email")
    living: Model | None = recontact.living(case, days_ago(0))
    assert living == again  # one at a time


def test_ri_06_nobody_gets_in_touch_but_as_the_person_agreed(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    journey = arrived(case_manager, case)

    def refused(**changes: Any) -> set[str]:
        with pytest.raises(GateClosed) as closed:
            contacted(case_manager, journey, **changes)
        return {one.code for one in closed.value.result.missing}

    assert "consent_alive" in refused()
    agreed(case_manager, case)
    assert refused(channel="visit") == {"names_channel"}
    assert refused(safe_time=False) == {"safe_time"}
    contacted(case_manager, journey, result="no_more")
    assert "consent_alive" in refused()


def test_ri_06_for_a_child_the_guardian_agrees(case_manager: Actor) -> None:
    case = child(case_manager)
    with pytest.raises(InvalidInput):
        agreed(case_manager, case)
    assert agreed(case_manager, case, by_guardian=True).by_guardian

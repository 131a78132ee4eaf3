"""CH-14: unaccompanied, separated and trafficked are different marks; a child met alone opens an action in hours."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from fener.casework.models import Case, Clock
from fener.casework.models.children.care import ChildMarks
from fener.casework.models.line import CaseLine
from fener.casework.services import clocks
from fener.casework.services.children.care import lacking, mark_child
from fener.casework.services.children.guardians import MET_ALONE
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput
from tests.factories.casework import CaseFactory
from tests.factories.children import child, guarded


def marked(actor: Actor, case: Case, *marks: str, **more: Any) -> ChildMarks:
    told: dict[str, Any] = {"met_at": timezone.now(), "alone": "no", "without_parents": "no", **more}
    return mark_child(actor=actor, case=case, marks=marks, **told)


def running(case: Case) -> list[Clock]:
    return list(Clock.objects.filter(case=case, code=MET_ALONE, ended_at__isnull=True))


def test_ch_14_each_mark_stands_for_itself(case_manager: Actor) -> None:
    case = child(case_manager)
    assert marked(case_manager, case).marks == []
    assert marked(case_manager, case, "separated", "trafficked").marks == ["separated", "trafficked"]
    assert {line.params["mark"] for line in CaseLine.objects.filter(case=case, what="mark")} == {
        "separated",
        "trafficked",
    }
    with pytest.raises(InvalidInput):
        marked(case_manager, case, "woman")


def test_ch_14_a_mark_that_the_answers_ask_for_is_missed(case_manager: Actor) -> None:
    case = child(case_manager)
    assert lacking(marked(case_manager, case, "trafficked", alone="yes")) == ("unaccompanied",)
    assert lacking(marked(case_manager, case, "trafficked", without_parents="yes")) == ("separated",)
    assert lacking(marked(case_manager, case, "unaccompanied", alone="yes")) == ()


@pytest.mark.parametrize("marks", [(), ("trafficked",)])
def test_ch_14_a_child_met_alone_has_to_be_acted_on_within_hours(case_manager: Actor, marks: tuple[str, ...]) -> None:
    case = child(case_manager)
    marked(case_manager, case, *marks, alone="yes", met_at=timezone.now() - timedelta(hours=2))
    (clock,) = running(case)
    assert clock.due_on == timezone.now() + timedelta(hours=22)
    marked(case_manager, case, *marks, alone="yes")
    assert len(running(case)) == 1
    guarded(case_manager, case)
    assert running(case) == []


def test_ch_14_no_clock_where_somebody_answers_or_the_child_was_not_alone(case_manager: Actor) -> None:
    case, other = child(case_manager), child(case_manager)
    guarded(case_manager, case)
    marked(case_manager, case, alone="yes")
    marked(case_manager, other, alone="no")
    assert running(case) == running(other) == []


def test_ch_14_it_is_for_children(case_manager: Actor) -> None:
    with pytest.raises(InvalidInput):
        marked(case_manager, CaseFactory(actor=case_manager))


def test_ch_14_what_is_not_known_does_not_end_the_alarm_and_no_hand_does(case_manager: Actor) -> None:
    case = child(case_manager)
    marked(case_manager, case, alone="unknown")
    (clock,) = running(case)
    with pytest.raises(InvalidInput):
        clocks.end_clock(actor=case_manager, clock=clock, reason="not_needed")
    marked(case_manager, case, alone="yes")
    marked(case_manager, case, alone="unknown")
    assert running(case) == [clock]
    marked(case_manager, case, alone="no")
    assert running(case) == []

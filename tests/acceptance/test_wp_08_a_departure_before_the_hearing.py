"""WP-08: a departure before the hearing stands on the case until the person's part in it, or their no, is recorded."""

from __future__ import annotations

import pytest

from fener.casework.models import Case
from fener.casework.models.justice.hearing import Hearing
from fener.casework.models.line import CaseLine
from fener.casework.services.justice import hearings
from fener.casework.services.returns import journeys
from fener.trust.actor import Actor
from tests.factories.casework import CaseFactory
from tests.factories.hearings import answered, asked_court, hearing, safe
from tests.factories.returns import announced, days_ago


def flagged(case: Case) -> bool:
    return CaseLine.objects.filter(case=case, record=hearings.RECORD, what="before_hearing").exists()


@pytest.fixture
def case(case_manager: Actor) -> Case:
    made = CaseFactory(actor=case_manager)
    safe(case_manager, made)
    return made


def a_hearing(actor: Actor, case: Case) -> Hearing:
    return hearing(actor, case, on=days_ago(-30))


def test_wp_08_it_stands_whichever_is_recorded_first(case_manager: Actor, case: Case) -> None:
    a_hearing(case_manager, case)
    assert not flagged(case)
    announced(case_manager, case, departs_on=days_ago(-10))
    assert flagged(case)
    line = CaseLine.objects.get(case=case, what="before_hearing")
    assert (line.urgent, line.for_node) == (True, True)
    other = CaseFactory(actor=case_manager)
    safe(case_manager, other)
    announced(case_manager, other, departs_on=days_ago(-10))
    a_hearing(case_manager, other)
    assert flagged(other)


def test_wp_08_a_departure_after_the_hearing_or_one_that_is_called_off_stands_out_no_more(
    case_manager: Actor, case: Case
) -> None:
    a_hearing(case_manager, case)
    late = announced(case_manager, case, departs_on=days_ago(-31))
    assert not flagged(case)
    journeys.stop(actor=case_manager, journey=late)
    early = announced(case_manager, case, departs_on=days_ago(-10))
    assert flagged(case)
    journeys.stop(actor=case_manager, journey=early)
    assert not flagged(case)


def test_wp_08_a_video_that_is_granted_settles_it_and_one_that_was_only_asked_for_does_not(
    case_manager: Actor, case: Case
) -> None:
    a_hearing(case_manager, case)
    announced(case_manager, case, departs_on=days_ago(-10))
    measure = asked_court(case_manager, case, kind="video")
    assert flagged(case)
    answered(case_manager, measure, "grant")
    assert not flagged(case)


def test_wp_08_evidence_that_is_to_be_taken_early_settles_it_once_it_was_taken(case_manager: Actor, case: Case) -> None:
    a_hearing(case_manager, case)
    announced(case_manager, case, departs_on=days_ago(-10))
    measure = answered(case_manager, asked_court(case_manager, case, kind="early_hearing"), "grant")
    assert flagged(case)
    answered(case_manager, measure, "carry_out", ago=0)
    assert not flagged(case)


def test_wp_08_the_persons_own_no_settles_it(case_manager: Actor, case: Case) -> None:
    row = a_hearing(case_manager, case)
    announced(case_manager, case, departs_on=days_ago(-10))
    hearings.settle_hearing(actor=case_manager, hearing=row, step="decline", on=days_ago(0))
    assert not flagged(case)

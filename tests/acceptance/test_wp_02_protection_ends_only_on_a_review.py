"""WP-02: protection of the person and of relatives has no day of expiry and ends only on a review."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fener.casework.models.safety.risk import ProtectionMeasure
from fener.casework.services import cases
from fener.casework.services.safety.plan import end_measure
from fener.casework.services.safety.standing import risk_standings
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, DomainError, GateClosed, InvalidInput, Refused
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism
from tests.factories.safety import ago, assessed, cleared, no_danger, protected
from tests.web.pages import words

SignIn = Callable[[Actor], Client]


def ended(actor: Actor, measure: ProtectionMeasure, days: int = 0, **terms: object) -> ProtectionMeasure:
    return end_measure(actor=actor, measure=measure, on=ago(days), **terms)  # type: ignore[arg-type]


def lacks(actor: Actor, measure: ProtectionMeasure, days: int = 0, **terms: object) -> set[str]:
    with pytest.raises(GateClosed) as closed:
        ended(actor, measure, days, **terms)
    return {one.code for one in closed.value.result.missing}


def test_wp_02_nothing_ends_without_a_review_that_finds_no_danger(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    measure = protected(case_manager, case, 9)
    assert lacks(case_manager, measure) == {"danger_reviewed", "danger_has_passed"}
    assessed(case_manager, case, 6, answers=no_danger())
    assert lacks(case_manager, measure) == {"danger_reviewed", "danger_has_passed"}, "a first assessment is no review"
    assessed(case_manager, case, 3, answers={**no_danger(), "retaliation": "low"}, is_review=True)
    assert lacks(case_manager, measure) == {"danger_has_passed"}
    answers = no_danger()
    del answers["retaliation"]
    assessed(case_manager, case, 2, answers=answers, is_review=True)
    assert lacks(case_manager, measure) == {"danger_has_passed"}, "nobody asked about revenge"
    cleared(case_manager, case, 1)
    done = ended(case_manager, measure)
    assert (done.state, done.ended_by) == ("ended", "passed")
    with pytest.raises(AlreadyDone):
        ended(case_manager, measure)


def test_wp_02_a_review_counts_for_the_days_since_it_and_until_the_next_one_is_due(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    assessed(case_manager, case, 9)
    measure = protected(case_manager, case, 9)
    cleared(case_manager, case, 1, review_on=ago(-3))
    with pytest.raises(InvalidInput):
        ended(case_manager, measure, 5)
    with pytest.raises(InvalidInput):
        ended(case_manager, measure, -1)
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        assert lacks(case_manager, measure) == {"danger_reviewed"}
    assert ended(case_manager, measure).state == "ended"


def test_wp_02_an_old_review_ends_nothing_that_began_after_it(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    assessed(case_manager, case, 9)
    cleared(case_manager, case, 6)
    measure = protected(case_manager, case, 3)
    assert lacks(case_manager, measure) == {"danger_reviewed"}


def test_wp_02_an_adult_may_want_it_to_end_after_a_review_and_a_child_may_not(case_manager: Actor) -> None:
    for child in (False, True):
        case = CaseFactory(actor=case_manager, child=child)
        assessed(case_manager, case, 4)
        measure = protected(case_manager, case, 4)
        assert "danger_reviewed" in lacks(case_manager, measure, own_wish=True, words="I want my own telephone back.")
        answers = {"family_threatened": "none", "local_recruiters": "low"}
        assessed(case_manager, case, 1, answers=answers, is_review=True)
        with pytest.raises(InvalidInput):
            ended(case_manager, measure, own_wish=True)
        if child:
            assert lacks(case_manager, measure, own_wish=True, words="I want out.") == {"danger_has_passed"}
        else:
            done = ended(case_manager, measure, own_wish=True, words="I want my own telephone back.")
            assert (done.ended_by, done.end_words is not None) == ("wish", True)


def test_wp_02_closing_the_case_ends_no_protection(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    measure = protected(case_manager, case, side="both")
    case.refresh_from_db()
    cases.close_case(actor=case_manager, case=case, version=case.version, reason="goals_reached")
    measure.refresh_from_db()
    assert (measure.state, measure.ended_on, measure.side) == ("running", None, "both")


def test_wp_02_the_same_measure_runs_once_and_ends_for_the_manager_alone(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    case = CaseFactory(actor=case_manager)
    measure = protected(case_manager, case)
    with pytest.raises(InvalidInput):
        protected(case_manager, case)
    for actor in (mechanism.ngo.actor(Role.SHELTER_WORKER), mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR)):
        with pytest.raises(Refused):
            ended(actor, measure)


def test_wp_02_the_page_says_what_is_missing_and_loses_nothing(case_manager: Actor, signed_in: SignIn) -> None:
    case, client = CaseFactory(actor=case_manager), signed_in(case_manager)
    measure = protected(case_manager, case)
    path = reverse("casework:protection_measure_end", args=[case.code, measure.pk])
    typed = {"once": str(uuid4()), "why": "passed", "on": ago(0).isoformat(), "words": "Nobody came again."}
    page = client.post(path, typed).content.decode()
    assert "A review of the danger, for the person and their family, is recorded." in words(page)
    assert "Nobody came again." in page
    other = CaseFactory(actor=case_manager)
    assert client.get(reverse("casework:protection_measure_end", args=[other.code, measure.pk])).status_code == 404


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(["find", "clear", "assess_none", "find_sister", "clear_sister", "end", "wish"]),
        min_size=1,
        max_size=8,
    )
)
def test_wp_02_in_no_order_of_acts_does_protection_end_without_a_review_in_force(
    case_manager: Actor, acts: list[str]
) -> None:
    case = CaseFactory(actor=case_manager)
    measure = protected(case_manager, case)
    for act in acts:
        subject = "sibling" if act.endswith("sister") else "person"
        try:
            if act.startswith("find"):
                assessed(case_manager, case, 0, subject=subject)
            elif act.startswith("clear"):
                cleared(case_manager, case, 0, subject=subject)
            elif act == "assess_none":
                assessed(case_manager, case, 0, answers=no_danger())
            else:
                wish = act == "wish"
                ended(case_manager, measure, own_wish=wish, words="I want it to end." if wish else "")
                standings = risk_standings(case, ago(0))
                assert all(one.reviewed for one in standings.values())
                assert wish or standings["person", 1].passed
        except DomainError:
            continue

"""WP-01: person and relatives each have an assessment, a plan that covers recruiters, a review that never lapses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from fener.casework.chapters.safety import plan as plan_chapter
from fener.casework.chapters.safety import risks as risks_chapter
from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.models.safety.risk import ProtectionMeasure, RiskAssessment
from fener.casework.selectors.worklist import Task, today
from fener.casework.services import cases
from fener.casework.services.safety.risks import PLAN, RECORD, review_due
from fener.casework.services.safety.standing import plan_in_force, risk_standing, risk_standings
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput, Refused
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism
from tests.factories.safety import ago, assessed, cleared, protected
from tests.web.pages import words

SignIn = Callable[[Actor], Client]


def tasks(actor: Actor, kind: str = RECORD) -> list[Task]:
    return [task for task in today(actor) if task.kind == kind]


@pytest.fixture
def co_ordinator(mechanism: Mechanism) -> Actor:
    return mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR)


def test_wp_01_the_highest_danger_sets_the_level_and_the_day_of_review(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    row = assessed(case_manager, case, 5, answers={"debt": "low", "traffickers": "immediate", "stigma": "none"})
    assert (row.level, row.review_on) == ("immediate", ago(4))
    assert [review_due(level, ago(0)) - ago(0) for level in ("immediate", "high")] == [timedelta(1), timedelta(7)]


def test_wp_01_the_level_falls_only_by_a_review_that_says_what_changed(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    with pytest.raises(InvalidInput):
        assessed(case_manager, case, 9, is_review=True)
    assessed(case_manager, case, 9)
    again = assessed(case_manager, case, 8, answers={"local_recruiters": "low"})
    assert (again.level, again.held_up) == ("high", True)
    with pytest.raises(InvalidInput):
        assessed(case_manager, case, 7, answers={"local_recruiters": "low"}, is_review=True, words=" ")
    reviewed = assessed(case_manager, case, 7, answers={"local_recruiters": "low"}, is_review=True)
    assert (reviewed.level, reviewed.held_up) == ("low", False)
    with pytest.raises(InvalidInput):
        assessed(case_manager, case, 8)


def test_wp_01_a_review_may_be_earlier_and_never_later_than_the_level_allows(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    for day in (ago(5), ago(-3)):
        with pytest.raises(InvalidInput):
            assessed(case_manager, case, 5, review_on=day)
    assert assessed(case_manager, case, 5, review_on=ago(-2)).review_on == ago(-2)
    with pytest.raises(InvalidInput):
        assessed(case_manager, case, -1)
    with pytest.raises(InvalidInput):
        assessed(case_manager, case, 1, answers={})


def test_wp_01_a_review_that_is_late_rings_until_the_next_assessment_and_until_the_case_is_closed(
    case_manager: Actor, co_ordinator: Actor
) -> None:
    case = CaseFactory(actor=case_manager)
    assessed(case_manager, case, 0)
    assert tasks(co_ordinator) == []
    with time_machine.travel(timezone.now() + timedelta(days=400)):
        for actor in (case_manager, co_ordinator):
            (task,) = tasks(actor)
            assert task.overdue(timezone.now())
            assert "high" in str(task.text).lower()
        assessed(case_manager, case, 0)
        assert tasks(co_ordinator) == []
        assert not tasks(case_manager)[0].overdue(timezone.now())
    with time_machine.travel(timezone.now() + timedelta(days=800)):
        assert len(tasks(case_manager)) == 1
        case.refresh_from_db()
        cases.close_case(actor=case_manager, case=case, version=case.version, reason="goals_reached")
        assert tasks(case_manager) == tasks(co_ordinator) == []


def test_wp_01_the_plan_covers_recruiters_where_the_person_lives(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    assessed(case_manager, case, 3)
    assert not plan_in_force(case, ago(0))[0]
    protected(case_manager, case)
    assert len(tasks(case_manager, PLAN)) == 1, "a safe place is no answer to recruiters at home"
    assert not plan_in_force(case, ago(0))[0]
    protected(case_manager, case, kind="local_recruiters_watched")
    assert tasks(case_manager, PLAN) == []
    assert plan_in_force(case, ago(0))[0]
    assert not plan_in_force(case, ago(4))[0], "on that day nothing was assessed"
    assert not plan_in_force(case, ago(-5))[0], "by then the review has lapsed"


def test_wp_01_nobody_asked_about_recruiters_is_said(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    assessed(case_manager, case, 3, answers={"traffickers": "medium"})
    protected(case_manager, case)
    assert len(tasks(case_manager, PLAN)) == 1
    assessed(case_manager, case, 2, answers={"traffickers": "medium", "local_recruiters": "none"})
    assert tasks(case_manager, PLAN) == []


def test_wp_01_each_subject_stands_alone_on_each_day(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    assert risk_standing(case, ago(0)) is None
    assessed(case_manager, case, 5)
    assessed(case_manager, case, 4, subject="sibling", which=2, answers={"traffickers": "low"})
    cleared(case_manager, case, 2)
    before, after = risk_standing(case, ago(3)), risk_standing(case, ago(2))
    assert before is not None
    assert after is not None
    assert (before.level, before.passed, after.level, after.passed) == ("high", False, None, True)
    assert risk_standings(case, ago(2))["sibling", 2].level == "low"
    with pytest.raises(InvalidInput):
        assessed(case_manager, case, 1, subject="person", which=2)


def test_wp_01_lines_say_what_the_rows_say(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    assessed(case_manager, case)
    protected(case_manager, case)
    assessed(case_manager, case, 2, subject="parent", answers={"traffickers": "low"})
    for code, chapter in ((RECORD, risks_chapter), (PLAN, plan_chapter)):
        kept = CaseLine.objects.filter(case=case, record=code)
        assert {(one.what, one.about) for one in kept} == {(one.what, one.about) for one in chapter.lines(case)}


def test_wp_01_the_own_view_stands_beside_the_workers_and_the_node_reads_level_and_day(
    case_manager: Actor, co_ordinator: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case, client = CaseFactory(actor=case_manager), signed_in(case_manager)
    typed = {
        "once": str(uuid4()), "subject": "person", "which": "1", "assessed_on": ago(1).isoformat(),
        "risk_local_recruiters": "high", "own_level": "immediate", "own_words": "They know my sister Vesna.",
        "words": "Two men in Radnička street.",
    }  # fmt: skip
    form, chapter = (
        reverse("casework:risk_new", args=[case.code]),
        reverse("casework:chapter", args=[case.code, "safety"]),
    )
    assert "The danger for the person is not assessed yet." in words(client.get(chapter).content.decode())
    assert client.post(form, typed).status_code == 302
    assert client.post(form, typed).status_code == 302, "a second click records nothing"
    row = RiskAssessment.objects.get(case=case)
    assert row.words is not None
    assert row.own_words is not None
    page = words(client.get(chapter).content.decode())
    assert "In their own view: Danger now." in page
    assert "Recruiters where the person lives or returns to: High" in page
    node = signed_in(co_ordinator).get(chapter).content.decode()
    assert "Danger: The person" in words(node)
    for hidden in ("Recruiters", "own view", "Safety plan", "/words/", "Vesna", "Radnička"):
        assert hidden not in node
    assert signed_in(co_ordinator).get(form).status_code == 403
    assert signed_in(mechanism.shelter.actor(Role.CASE_MANAGER)).get(form).status_code == 404


def test_wp_01_the_page_asks_as_few_questions_for_many_as_for_one(case_manager: Actor, signed_in: SignIn) -> None:
    case, client = CaseFactory(actor=case_manager), signed_in(case_manager)
    for which in range(1, 9):
        assessed(case_manager, case, subject="sibling", which=which)
        protected(case_manager, case, subject="sibling", which=which)
    path = reverse("casework:chapter", args=[case.code, "safety"])
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    assert len(asked) <= 20


def test_wp_01_only_who_works_with_the_file_assesses_and_protects(
    case_manager: Actor, co_ordinator: Actor, mechanism: Mechanism
) -> None:
    case: Case = CaseFactory(actor=case_manager)
    for actor in (co_ordinator, mechanism.shelter.actor(Role.CASE_MANAGER)):
        with pytest.raises(Refused):
            assessed(actor, case)
        with pytest.raises(Refused):
            protected(actor, case)
    assert not ProtectionMeasure.objects.exists()

"""Today's tasks, the list of cases by URL, the co-ordinator's board: what each shows, to whom, in how many queries."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fener.casework.models import Case, CaseAccess, Clock, Referral
from fener.casework.selectors import board, case_list, worklist
from fener.casework.selectors.worklist import Task, due_in_words, today
from fener.casework.services import cases, referral_answers
from fener.casework.services.escalation import escalate_overdue
from fener.trust.actor import ANONYMOUS, Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import Refused
from fener.trust.roles import Role
from tests.casework.paths import accepted, case_with_need, need_of, offered
from tests.factories.casework import CONTACT, IDENTITY, CaseFactory, shared_with
from tests.factories.network import Mechanism

HOUR = timedelta(hours=1)


def _kinds(actor: Actor, at: object = None) -> list[str]:
    return [task.kind for task in today(actor, at)]


@pytest.fixture
def co_ordinator(mechanism: Mechanism) -> Actor:
    return mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR)


# -- tasks ------------------------------------------------------------------------------------------------------------


def test_tasks_stand_in_the_order_in_which_they_are_due(case_manager: Actor) -> None:
    case_with_need(case_manager)
    need_of(case_manager, CaseFactory(actor=case_manager), urgent=True)
    tasks = today(case_manager)
    dated = [task.due for task in tasks if task.due is not None]
    assert dated == sorted(dated)
    assert [task.due for task in tasks[len(dated) :]] == [None] * (len(tasks) - len(dated))
    assert {"need"} <= {task.kind for task in tasks}


def test_an_offer_is_a_task_of_the_desk_and_names_no_case(case_manager: Actor, mechanism: Mechanism) -> None:
    referral = offered(case_manager, mechanism.shelter)
    worker = mechanism.shelter.actor(Role.SHELTER_WORKER)
    (task,) = today(worker)
    assert (task.kind, task.args, task.case_code) == ("offer", (referral.pk,), "")
    assert referral.case.code not in str(task.text)


def test_what_was_accepted_waits_for_its_outcome(case_manager: Actor, mechanism: Mechanism) -> None:
    referral, worker = accepted(case_manager, mechanism.shelter)
    assert _kinds(worker) == ["outcome"]
    referral_answers.write_outcome(actor=worker, referral=referral, outcome="completed")
    assert _kinds(worker) == []
    assert "helpful" in _kinds(case_manager)


def test_a_refusal_asks_the_sender_to_choose_another(case_manager: Actor, mechanism: Mechanism) -> None:
    referral = offered(case_manager, mechanism.shelter)
    worker = mechanism.shelter.actor(Role.SHELTER_WORKER)
    referral_answers.decline_referral(actor=worker, referral=referral, reason="full")
    assert "declined" in _kinds(case_manager)
    offered(case_manager, mechanism.other_ngo, referral.case)
    assert "declined" not in _kinds(case_manager)


def test_an_unanswered_offer_shows_to_the_sender_and_to_the_co_ordinator(
    case_manager: Actor, mechanism: Mechanism, co_ordinator: Actor
) -> None:
    referral = offered(case_manager, mechanism.shelter)
    assert "no_answer" not in _kinds(case_manager)
    assert _kinds(co_ordinator) == []
    later = referral.answer_due + HOUR
    escalate_overdue(later)
    assert "no_answer" in _kinds(case_manager, later)
    (task,) = today(co_ordinator, later)
    assert (task.kind, task.case_code) == ("escalated", "")


def test_a_colleagues_case_is_their_task_and_an_unassigned_one_is_everybodys(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    case = case_with_need(case_manager)
    colleague = mechanism.ngo.actor(Role.CASE_MANAGER)
    assert "need" not in _kinds(colleague)
    cases.unassign(actor=case_manager, case=case, user=_user(case_manager))
    assert "need" in _kinds(colleague)


def _user(actor: Actor) -> object:
    from fener.trust.models import User

    return User.objects.get(pk=actor.user_id)


def test_a_language_without_an_interpreter_is_a_task(case_manager: Actor, mechanism: Mechanism) -> None:
    mechanism.ngo.organisation.languages = ["sr", "en"]
    mechanism.ngo.organisation.save()
    CaseFactory(actor=case_manager, language="vi")
    CaseFactory(actor=case_manager, language="vi", interpreter="N. T.")
    CaseFactory(actor=case_manager, language="sr")
    assert _kinds(case_manager).count("interpreter") == 1


def test_another_room_adds_its_own_tasks(case_manager: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worklist, "_sources", dict(worklist._sources))
    now = timezone.now()
    worklist.provide("test", lambda actor, at: [Task(at - HOUR, "Receive somebody", "contact:intake", (1,), "intake")])
    assert today(case_manager, now)[0].kind == "intake"


def test_somebody_who_is_not_signed_in_has_no_list(db: None) -> None:
    with pytest.raises(Refused):
        today(ANONYMOUS)


@pytest.mark.parametrize(
    ("delta", "words"),
    [
        (timedelta(hours=-3), "overdue by 3 hours"),
        (timedelta(days=-2), "overdue by 2 days"),
        (timedelta(minutes=20), "in 20 minutes"),
        (timedelta(hours=9), "today by 19:00"),
        (timedelta(days=1), "tomorrow"),
        (timedelta(days=5), "in 5 days"),
    ],
)
def test_a_date_is_told_in_words(today: object, delta: timedelta, words: str) -> None:
    now = timezone.now()
    assert due_in_words(now + delta, now) == words


# -- the list of cases ------------------------------------------------------------------------------------------------


def test_the_list_is_filtered_sorted_and_turned_by_its_url(case_manager: Actor) -> None:
    old = CaseFactory(actor=case_manager)
    child = CaseFactory(actor=case_manager, child=True)
    found = case_list.case_list(case_manager, {"child": "1"})
    assert [row.case.pk for row in found.rows] == [child.pk]
    found = case_list.case_list(case_manager, {"q": old.code.lower()})
    assert [row.case.pk for row in found.rows] == [old.pk]
    codes = [row.case.code for row in case_list.case_list(case_manager, {"sort": "-code"}).rows]
    assert codes == sorted(codes, reverse=True)


@pytest.mark.parametrize(
    "params", [{"page": "x"}, {"page": "-7"}, {"page": "9999"}, {"sort": "password"}, {"state": "?"}]
)
def test_nonsense_in_the_url_shows_the_list(case_manager: Actor, params: dict[str, str]) -> None:
    CaseFactory(actor=case_manager)
    assert case_list.case_list(case_manager, params).total == 1


def test_somebody_without_a_list_is_refused(mechanism: Mechanism) -> None:
    with pytest.raises(Refused):
        case_list.case_list(mechanism.police.actor(Role.FRONTLINE_OFFICER), {})


def test_the_list_shows_no_case_of_others(case_manager: Actor, mechanism: Mechanism) -> None:
    CaseFactory(actor=case_manager)
    assert case_list.case_list(mechanism.shelter.actor(Role.CASE_MANAGER), {}).total == 0
    _referral, worker = accepted(case_manager, mechanism.shelter)
    assert case_list.case_list(worker, {"from_others": "1"}).total == 1


# -- the board --------------------------------------------------------------------------------------------------------


def test_the_board_counts_and_names_nobody(case_manager: Actor, mechanism: Mechanism, co_ordinator: Actor) -> None:
    late = offered(case_manager, mechanism.shelter)
    accepted(case_manager, mechanism.other_ngo)
    at = late.answer_due + HOUR
    escalate_overdue(at)
    seen = board.country(co_ordinator, at + timedelta(days=200))
    assert seen.cases == 2
    assert seen.statuses == {"presumed": 2}
    assert {row.organisation: row.escalated for row in seen.answers} == {"Harbour House": 1}
    assert {stage.code: stage.count for stage in seen.funnel}["accepted"] == 1
    assert seen.clocks_overdue >= 2
    for hidden in (*IDENTITY.values(), CONTACT["mobile_phone"], repr(late.case.alias)):
        assert hidden not in str(seen)


def test_the_board_shows_what_followed_from_refusals(
    case_manager: Actor, mechanism: Mechanism, co_ordinator: Actor
) -> None:
    worker = mechanism.shelter.actor(Role.CASE_MANAGER)
    for reason in ("not_eligible", "safety", "full"):
        referral = offered(case_manager, mechanism.shelter)
        referral_answers.decline_referral(actor=worker, referral=referral, reason=reason)
        Referral.objects.unscoped(reason="test").filter(decline_reason="full").update(answered_at=None)
    seen = board.country(co_ordinator)
    assert seen.declines == {"not_eligible": 1, "safety": 1, "full": 1}
    assert seen.profiles_to_correct == {"Harbour House": 1}
    assert seen.unsafe_places == 1


def test_the_board_is_the_co_ordinators_alone(case_manager: Actor, mechanism: Mechanism) -> None:
    for actor in (
        case_manager,
        mechanism.co_ordination.actor(Role.AUDITOR),
        mechanism.shelter.actor(Role.SYSTEM_ADMIN),
    ):
        with pytest.raises(Refused):
            board.country(actor)


# -- size -------------------------------------------------------------------------------------------------------------


def test_lists_ask_the_same_few_questions_however_many_cases_there_are(
    case_manager: Actor, mechanism: Mechanism, co_ordinator: Actor
) -> None:
    case = case_with_need(case_manager)
    _many(case, 5000)
    at = timezone.now()
    for actor, page, most in (
        (case_manager, lambda a: today(a, at), 21),  # one for each source of tasks
        (case_manager, lambda a: list(case_list.case_list(a, {"sort": "-opened_on", "page": "7"}, at=at).rows), 6),
        (co_ordinator, lambda a: board.country(a, at), 15),
        (co_ordinator, lambda a: today(a, at), 18),
    ):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert page(actor) or actor is co_ordinator
        assert len(asked) <= most, [query["sql"][:120] for query in asked.captured_queries]


def _many(like: Case, count: int) -> None:
    """Cases of the same organisation, written as rows: this is about size, not about opening."""
    now = timezone.now()
    made = Case.objects.bulk_create(
        Case(
            code=f"T{number:03X}-{number:04X}"[:9],
            alias="Oak",
            organisation=like.organisation,
            language="sr",
            opened_on=like.opened_on,
            opened_by=like.opened_by,
            next_due=now + timedelta(days=number % 90),
        )
        for number in range(count)
    )
    CaseAccess.objects.bulk_create(
        CaseAccess(case=case, organisation=like.organisation, relationship="same_organisation") for case in made
    )
    Clock.objects.bulk_create(
        Clock(
            case=case,
            code="recovery_reflection",
            started_on=now,
            due_on=now + timedelta(days=number % 90),
            rule="x",
            rule_version="1",
            source="x",
        )
        for number, case in enumerate(made)
    )


def test_a_receiver_is_not_told_when_something_is_due_in_a_case_that_others_keep(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    case = CaseFactory(actor=case_manager)
    shared_with(case_manager, case, mechanism.shelter, Compartment.CONTACT)
    Case.objects.unscoped(reason="test").update(next_due=timezone.now() - HOUR)
    (own,) = case_list.case_list(case_manager, {"overdue": "1"}).rows
    assert own.overdue
    assert own.next_due
    receiver = mechanism.shelter.actor(Role.CASE_MANAGER)
    (row,) = case_list.case_list(receiver, {}).rows
    assert (row.next_due, row.overdue) == (None, False)
    assert case_list.case_list(receiver, {"overdue": "1"}).rows == ()

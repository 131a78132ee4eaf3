"""WP-04: an official's promise is recorded with who, what and when; an overdue one shows, also to the co-ordinator."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from fener.casework.domain.machine import NotPossibleNow
from fener.casework.models import Case
from fener.casework.models.safety.promise import Promise
from fener.casework.selectors.worklist import Task, today
from fener.casework.services.person_copy import make_copy
from fener.casework.services.safety.promises import PromiseTerms, record_promise, settle_promise, tell_person
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput, Refused
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism
from tests.factories.protection import protected

MADE, DUE = date(2026, 3, 2), date(2026, 3, 20)
LATER = timedelta(days=30)


def promised(actor: Actor, case: Case, **changes: object) -> Promise:
    terms: dict[str, object] = {"kind": "permit", "by": "police", "made_on": MADE, "due_on": DUE, **changes}
    return record_promise(actor=actor, case=case, terms=PromiseTerms(**terms))  # type: ignore[arg-type]


def promises_of(actor: Actor, days: int) -> list[Task]:
    at = timezone.now() + timedelta(days=days)
    return [task for task in today(actor, at) if task.kind == "safety.promises"]


@pytest.fixture
def co_ordinator(mechanism: Mechanism) -> Actor:
    return mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR)


def test_wp_04_a_promise_says_who_what_and_when(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    promise = promised(case_manager, case, words="Inspector Marić, in the corridor.")
    assert (promise.kind, promise.by, promise.made_on, promise.due_on) == ("permit", "police", MADE, DUE)
    assert promise.words is not None
    for lacking in ({"by": ""}, {"kind": "wish"}, {"due_on": MADE - timedelta(days=1)}):
        with pytest.raises(InvalidInput):
            promised(case_manager, case, **lacking)


def test_wp_04_an_overdue_promise_is_shown_to_the_worker_and_to_the_co_ordinator(
    case_manager: Actor, co_ordinator: Actor
) -> None:
    case = CaseFactory(actor=case_manager)
    promised(case_manager, case, words="Inspector Marić, in the corridor.")
    assert promises_of(co_ordinator, 18) == []  # its day is not over
    (mine,), (theirs,) = promises_of(case_manager, 19), promises_of(co_ordinator, 19)
    assert mine.overdue(timezone.now() + timedelta(days=19))
    assert theirs.case_code == case.code
    assert "Marić" not in str(theirs.text)


def test_wp_04_a_promise_that_was_kept_waits_no_longer(case_manager: Actor, co_ordinator: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    kept = settle_promise(actor=case_manager, promise=promised(case_manager, case), step="keep")
    assert kept.state == "kept"
    assert promises_of(case_manager, 30) == promises_of(co_ordinator, 30) == []
    with pytest.raises(NotPossibleNow):
        settle_promise(actor=case_manager, promise=kept, step="break")


def test_wp_04_a_broken_promise_waits_until_the_person_was_told(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    promise = promised(case_manager, case)
    with pytest.raises(InvalidInput):
        tell_person(actor=case_manager, promise=promise)  # nothing is late yet
    broken = settle_promise(actor=case_manager, promise=promise, step="break")
    assert "tell the person" in str(promises_of(case_manager, 1)[0].text)
    tell_person(actor=case_manager, promise=broken)
    assert promises_of(case_manager, 1) == []


def test_wp_04_the_person_sees_an_overdue_promise_in_their_copy(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    promised(case_manager, case)
    copy = make_copy(actor=case_manager, case=case, language="en", at=timezone.now() + LATER)
    (section,) = [one for one in copy.sections if one.code == "chapter.safety"]
    assert section.rows[0][0].words == "Promised by the police: a residence or work permit: this is overdue."


def test_wp_04_the_co_ordinator_learns_nothing_of_a_protected_case(
    case_manager: Actor, mechanism: Mechanism, co_ordinator: Actor
) -> None:
    case = CaseFactory(actor=case_manager)
    promised(case_manager, case)
    protected(case, case_manager, mechanism.ngo.actor(Role.CASE_MANAGER))
    assert promises_of(co_ordinator, 30) == []


def test_wp_04_only_who_keeps_the_file_records_a_promise(
    case_manager: Actor, mechanism: Mechanism, co_ordinator: Actor
) -> None:
    case = CaseFactory(actor=case_manager)
    for actor in (co_ordinator, mechanism.shelter.actor(Role.CASE_MANAGER)):
        with pytest.raises(Refused):
            promised(actor, case)

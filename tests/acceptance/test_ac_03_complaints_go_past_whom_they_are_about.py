"""AC-03: a complaint goes to somebody whom it is not about, with a deadline, and that person cannot read it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.models.safety.complaint import Complaint
from fener.casework.selectors.worklist import Task, today
from fener.casework.services.notes import open_words
from fener.casework.services.person_copy import make_copy
from fener.casework.services.safety.complaints import ComplaintTerms, complaint_answer, complaint_record
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, InvalidInput, NotGranted, Refused
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism
from tests.web.pages import words

SignIn = Callable[[Actor], Client]
SAID = "He shouted at her in the corridor."


@pytest.fixture
def about(mechanism: Mechanism) -> Actor:
    """The colleague whom the complaint is about."""
    return mechanism.ngo.actor(Role.CASE_MANAGER)


@pytest.fixture
def answerer(mechanism: Mechanism) -> Actor:
    return mechanism.ngo.actor(Role.CASE_MANAGER)


def complained(actor: Actor, case: Case, answerer: Actor, of: Actor | None, **changes: object) -> Complaint:
    terms: dict[str, object] = {
        "about": "own_organisation",
        "about_user_id": of.user_id if of else None,
        "channel": "spoken",
        "made_on": timezone.localdate(),
        "answerer_id": answerer.user_id,
        "words": SAID,
        **changes,
    }
    return complaint_record(actor=actor, case=case, terms=ComplaintTerms(**terms))  # type: ignore[arg-type]


def waiting(actor: Actor, on: date) -> list[Task]:
    at = timezone.now() + (on - timezone.localdate())
    return [task for task in today(actor, at) if task.kind == "safety.complaints"]


def chapter(client: Client, case: Case) -> str:
    return client.get(reverse("casework:chapter", args=[case.code, "safety"])).content.decode()


def test_ac_03_it_is_answered_by_a_day_by_the_one_who_was_asked_alone(
    case_manager: Actor, answerer: Actor, about: Actor
) -> None:
    complaint = complained(case_manager, CaseFactory(actor=case_manager), answerer, about)
    assert complaint.answer_due_on >= timezone.localdate() + timedelta(days=15)  # fifteen working days
    assert waiting(answerer, timezone.localdate()) != []
    for other in (case_manager, about):
        with pytest.raises(Refused):
            complaint_answer(actor=other, complaint=complaint, on=timezone.localdate(), words="No.")
    complaint_answer(actor=answerer, complaint=complaint, on=timezone.localdate(), words="It was put right.")
    assert waiting(answerer, timezone.localdate()) == []
    with pytest.raises(AlreadyDone):
        complaint_answer(actor=answerer, complaint=complaint, on=timezone.localdate(), words="Again.")


def test_ac_03_whom_it_is_about_learns_of_it_nowhere(
    case_manager: Actor, answerer: Actor, about: Actor, signed_in: SignIn
) -> None:
    case = CaseFactory(actor=case_manager)
    complaint = complained(case_manager, case, answerer, about)
    client = signed_in(about)
    assert "Made on" not in words(chapter(client, case))
    assert str(complaint.words_id) not in chapter(client, case)
    assert client.get(reverse("casework:complaint_answer", args=[case.code, complaint.pk])).status_code == 404
    assert client.post(reverse("casework:words_open", args=[case.code, complaint.words_id])).status_code == 404
    assert not CaseLine.objects.filter(case=case, record="safety.complaints").exists()
    assert waiting(about, complaint.answer_due_on + timedelta(days=2)) == []
    assert SAID not in repr(make_copy(actor=about, case=case, language="en"))
    assert complaint.words is not None
    with pytest.raises(NotGranted):
        open_words(actor=about, case=case, item=complaint.words)


def test_ac_03_who_wrote_it_down_and_who_answers_read_it_and_no_other_colleague(
    case_manager: Actor, answerer: Actor, about: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case = CaseFactory(actor=case_manager)
    complaint = complained(case_manager, case, answerer, about)
    assert complaint.words is not None
    for reader in (case_manager, answerer):
        assert open_words(actor=reader, case=case, item=complaint.words) == SAID
        assert "Made on" in words(chapter(signed_in(reader), case))
    third = mechanism.ngo.actor(Role.CASE_MANAGER)
    with pytest.raises(NotGranted):
        open_words(actor=third, case=case, item=complaint.words)


def test_ac_03_nobody_answers_or_writes_down_a_complaint_about_themselves(
    case_manager: Actor, answerer: Actor, about: Actor, mechanism: Mechanism
) -> None:
    case = CaseFactory(actor=case_manager)
    stranger = mechanism.shelter.actor(Role.CASE_MANAGER)
    for who, to, of in (
        (case_manager, about, about),
        (about, answerer, about),
        (case_manager, stranger, about),
    ):
        with pytest.raises(InvalidInput):
            complained(who, case, to, of)
    complaint = complained(case_manager, case, answerer, about)
    with pytest.raises(IntegrityError), transaction.atomic():
        Complaint.objects.filter(pk=complaint.pk).update(answerer_id=about.user_id)


def test_ac_03_the_co_ordinator_learns_that_one_is_overdue_and_not_what_it_says(
    case_manager: Actor, answerer: Actor, about: Actor, mechanism: Mechanism
) -> None:
    case = CaseFactory(actor=case_manager)
    complaint = complained(case_manager, case, answerer, about)
    co_ordinator = mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR)
    assert waiting(co_ordinator, complaint.answer_due_on) == []
    (task,) = waiting(co_ordinator, complaint.answer_due_on + timedelta(days=1))
    assert str(task.text) == "A complaint was not answered in time"
    assert task.args == (case.code,)


def test_ac_03_days_and_lists_are_checked(case_manager: Actor, answerer: Actor, about: Actor) -> None:
    case, now = CaseFactory(actor=case_manager), timezone.localdate()
    for wrong in (
        {"channel": "song"},
        {"about": "neighbour"},
        {"about": "police"},  # a colleague is not of the police
        {"made_on": now + timedelta(days=1)},
    ):
        with pytest.raises(InvalidInput):
            complained(case_manager, case, answerer, about, **wrong)
    complaint = complained(case_manager, case, answerer, about)
    for on, said in ((now + timedelta(days=1), "x"), (now - timedelta(days=1), "x"), (now, " ")):
        with pytest.raises(InvalidInput):
            complaint_answer(actor=answerer, complaint=complaint, on=on, words=said)

"""Two acts on one case at the same moment, each on a connection of its own: one after the other, none lost."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.db import transaction

from fener.casework.models import Case, Clock, ReviewRequest
from fener.casework.services import cases, decisions
from fener.trust import audit, once
from fener.trust.actor import SYSTEM, Actor
from fener.trust.errors import AlreadyDone
from fener.trust.models import AuditChain, AuditEntry, SubmittedForm, User
from fener.trust.roles import Role
from tests.casework.test_referral_race import _at_once
from tests.factories.assessing import asked_to_decide, assess, decide
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism


@pytest.fixture
def at_work(transactional_db: None) -> tuple[Mechanism, Actor, Case]:
    mechanism = Mechanism(since=date(2020, 1, 1))
    case_manager = mechanism.ngo.actor(Role.CASE_MANAGER)
    return mechanism, case_manager, CaseFactory(actor=case_manager)


def test_every_entry_of_one_chain_has_a_place_of_its_own(transactional_db: None) -> None:
    chain = uuid4()

    def write() -> None:
        for _each in range(5):
            with transaction.atomic():
                audit.record(
                    actor=SYSTEM, act="case.read", chain=("case", chain), subject_type="case", subject_id=chain
                )

    _at_once(*[write] * 4)
    assert sorted(AuditEntry.objects.values_list("seq", flat=True)) == list(range(1, 21))
    assert AuditChain.objects.get(chain_id=chain).length == 20
    assert audit.verify_database() == []


def test_a_form_that_arrives_twice_at_once_is_carried_out_once(at_work: tuple[Mechanism, Actor, Case]) -> None:
    _mechanism, actor, _case = at_work
    token = once.new_token()

    def submit() -> str:
        with once.once(actor=actor, token=token, act="test.act") as submission:
            submission.result = "/done/"
        return "carried out"

    answers = _at_once(*[submit] * 4)
    assert answers.count("carried out") == 1
    assert [each.result for each in answers if isinstance(each, AlreadyDone)] == ["/done/"] * 3
    assert SubmittedForm.objects.filter(act="test.act").count() == 1


def test_two_requests_for_a_review_leave_one(at_work: tuple[Mechanism, Actor, Case]) -> None:
    mechanism, actor, case = at_work
    assess(actor, case)
    decision = decide(asked_to_decide(actor, case, mechanism.decider), case)
    Clock.objects.filter(subject_type="review").delete()
    answers = _at_once(*[lambda: decisions.request_review(actor=actor, decision=decision)] * 3)
    assert sum(isinstance(answer, ReviewRequest) for answer in answers) == 1
    assert sum(isinstance(answer, AlreadyDone) for answer in answers) == 2
    assert Clock.objects.filter(case=case, subject_type="review").count() == 1


def test_a_colleague_who_is_named_twice_at_once_carries_the_case_once(at_work: tuple[Mechanism, Actor, Case]) -> None:
    mechanism, actor, case = at_work
    colleague = User.objects.get(pk=mechanism.ngo.actor(Role.CASE_MANAGER).user_id)
    _at_once(*[lambda: cases.assign(actor=actor, case=case, user=colleague)] * 3)
    assert case.assignments.filter(user=colleague, until__isnull=True).count() == 1

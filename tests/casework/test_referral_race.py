"""Two people accept one referral at the same moment, each on a connection of their own: exactly one counts."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import connections

from fener.casework.models import CaseAccess, Referral, ServiceRecord
from fener.casework.services import consents, referral_answers
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, DomainError
from fener.trust.models import AuditEntry, ItemGrant
from fener.trust.roles import Role
from fener.trust.standing import NODE, standing_as
from tests.casework.paths import offered
from tests.factories.network import Mechanism


@pytest.fixture
def shelter_and_referral(transactional_db: None) -> tuple[Mechanism, Referral]:
    mechanism = Mechanism(since=date(2020, 1, 1))
    case_manager = mechanism.ngo.actor(Role.CASE_MANAGER)
    referral = offered(case_manager, mechanism.shelter)
    referral.sender = case_manager  # the fixture's own note, for the test below
    return mechanism, referral


def _at_once(*acts: object) -> list[object]:
    """Run each in a thread of its own, started together; what each returned or raised."""
    gate, answers = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place: int, act: object) -> None:
        gate.wait()
        try:
            with standing_as(NODE):  # a thread begins as nobody; what is looked at here is who comes first
                answers[place] = act()
        except DomainError as error:
            answers[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers


def _fresh(referral: Referral) -> Referral:
    return Referral.objects.unscoped(reason="test").get(pk=referral.pk)


def test_two_acceptances_at_once_leave_one(shelter_and_referral: tuple[Mechanism, Referral]) -> None:
    mechanism, referral = shelter_and_referral
    workers: list[Actor] = [mechanism.shelter.actor(Role.SHELTER_WORKER) for _each in range(4)]
    copies = [_fresh(referral) for _each in workers]
    answers = _at_once(
        *(
            lambda actor=actor, copy=copy: referral_answers.accept_referral(actor=actor, referral=copy)
            for actor, copy in zip(workers, copies, strict=True)
        )
    )
    assert sum(isinstance(answer, Referral) for answer in answers) == 1
    assert sum(isinstance(answer, AlreadyDone) for answer in answers) == len(workers) - 1
    assert ServiceRecord.objects.filter(case=referral.case).count() == 1
    assert CaseAccess.objects.filter(organisation=mechanism.shelter.organisation).count() == 1
    assert AuditEntry.objects.filter(act="referral.accept").count() == 1


def test_acceptance_and_withdrawal_at_once_leave_nothing_open(
    shelter_and_referral: tuple[Mechanism, Referral],
) -> None:
    mechanism, referral = shelter_and_referral
    worker = mechanism.shelter.actor(Role.SHELTER_WORKER)
    _at_once(
        lambda: referral_answers.accept_referral(actor=worker, referral=_fresh(referral)),
        lambda: consents.withdraw(actor=referral.sender, consent=referral.consent),
    )
    assert _fresh(referral).state == "withdrawn"
    assert not ItemGrant.objects.filter(keeper=mechanism.shelter.organisation.keeper, item__slot="main").exists()
    assert not CaseAccess.objects.filter(organisation=mechanism.shelter.organisation).exists()

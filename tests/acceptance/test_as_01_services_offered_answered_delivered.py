"""AS-01: each service is offered, accepted or declined with a reason, delivered by whom, helpful or not; counted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from fener.casework.domain.machine import NotPossibleNow
from fener.casework.models import ServiceRecord
from fener.casework.selectors import figures
from fener.casework.services import assistance
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput, Refused
from fener.trust.roles import Role
from tests.casework.paths import accepted, case_with_need
from tests.factories.network import Mechanism


def _offer(actor: Actor) -> ServiceRecord:
    case = case_with_need(actor)
    need = case.needs.get()
    return assistance.offer_service(actor=actor, case=case, need=need, kind="shelter", provider=case.organisation)


def test_as_01_a_service_is_offered_accepted_delivered_and_asked_about(case_manager: Actor) -> None:
    record = _offer(case_manager)
    assistance.record_answer(actor=case_manager, record=record, accepted=True)
    assistance.record_delivery(actor=case_manager, record=record)
    assistance.record_helpfulness(actor=case_manager, record=record, helpful="yes")
    stored = ServiceRecord.objects.get(pk=record.pk)
    assert (stored.state, stored.helpful, stored.provider_id) == ("delivered", "yes", case_manager.keeper_id)
    assert stored.offered_on == stored.answered_on == stored.delivered_on == timezone.localdate()


def test_as_01_a_no_has_the_persons_reason_and_is_never_delivered(case_manager: Actor) -> None:
    record = _offer(case_manager)
    with pytest.raises(InvalidInput):
        assistance.record_answer(actor=case_manager, record=record, accepted=False, reason="")
    assistance.record_answer(actor=case_manager, record=record, accepted=False, reason="no_trust")
    with pytest.raises(NotPossibleNow):
        assistance.record_delivery(actor=case_manager, record=record)


def test_as_01_the_database_keeps_no_no_without_a_reason(case_manager: Actor) -> None:
    record = _offer(case_manager)
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceRecord.objects.filter(pk=record.pk).update(state="declined", answered_on=timezone.localdate())


def test_as_01_a_service_counts_for_the_body_that_gave_it_and_for_no_other(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    referral, worker = accepted(case_manager, mechanism.shelter)
    theirs = ServiceRecord.objects.get(referral=referral)
    assistance.record_delivery(actor=worker, record=theirs)
    ours = _offer(case_manager)
    assistance.record_answer(actor=case_manager, record=ours, accepted=True)
    with pytest.raises(Refused):
        assistance.record_delivery(actor=worker, record=ours)
    now = timezone.now()
    counts = figures.delivered(
        mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR),
        since=now - timedelta(days=1),
        until=now + timedelta(days=1),
    )
    assert counts == {mechanism.shelter.id: 1}

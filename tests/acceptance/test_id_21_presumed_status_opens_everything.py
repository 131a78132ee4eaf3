"""ID-21: presumed status opens every service at once, may stay open, and waits for no label."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from fener.casework.models import Case, ServiceRecord
from fener.casework.services import assistance
from fener.norms import status
from fener.trust.actor import Actor
from tests.casework.paths import need_of
from tests.factories.assessing import asked_to_decide, assess, decide
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism


def offer(actor: Actor, case: Case, mechanism: Mechanism) -> ServiceRecord:
    need = need_of(actor, case)
    provider = mechanism.shelter.organisation
    return assistance.offer_service(actor=actor, case=case, kind=need.kind, provider=provider, need=need)


def test_id_21_a_service_is_offered_on_the_day_the_case_opens(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager)
    assert status.ladder().statuses[case.status].opens_every_service
    assert offer(case_manager, case, mechanism).state == "offered"


def test_id_21_months_later_it_is_still_open_without_any_decision(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager)
    with time_machine.travel(timezone.now() + timedelta(days=150), tick=False):
        case.refresh_from_db()
        assert (case.status, case.state) == ("presumed", "Active")
        assert offer(case_manager, case, mechanism).state == "offered"


@pytest.mark.parametrize("label", ["not_identified", "undetermined", "potential"])
def test_id_21_a_decision_against_the_label_closes_nothing(
    case_manager: Actor, mechanism: Mechanism, label: str
) -> None:
    case = CaseFactory(actor=case_manager)
    before = offer(case_manager, case, mechanism)
    assess(case_manager, case)
    decider = asked_to_decide(case_manager, case, mechanism.decider)
    decide(decider, case, label, evidence=["document"], review_told=True)
    case.refresh_from_db()
    before.refresh_from_db()
    assert (case.state, before.state) == ("Active", "offered")
    assert case.clocks.get(code="recovery_reflection").ended_at is None
    assert offer(case_manager, case, mechanism).state == "offered"

"""RP-01: a recovery and reflection period starts for everybody with presumed status, with no condition."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from fener.casework.models import Clock
from fener.casework.selectors import protection
from fener.casework.selectors.file import file
from fener.casework.services import clocks
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput, Refused
from fener.trust.roles import Role
from tests.factories.assessing import asked_to_decide, assess, decide
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism


def recovery(case: object) -> Clock:
    return Clock.objects.get(case=case, code="recovery_reflection", ended_at__isnull=True)


@pytest.mark.parametrize("facts", [{}, {"age_at_contact": 40}, {"entry": "irregular"}])
def test_rp_01_it_starts_with_the_case_whatever_the_facts(case_manager: Actor, facts: dict[str, object]) -> None:
    case = CaseFactory(actor=case_manager, facts=facts)
    clock = recovery(case)
    assert timezone.localdate(clock.started_on) == case.opened_on
    assert (timezone.localdate(clock.due_on) - case.opened_on).days >= 30
    assert clock.blocks_removal


def test_rp_01_the_date_explains_itself(case_manager: Actor) -> None:
    clock = recovery(CaseFactory(actor=case_manager))
    assert clock.rule
    assert clock.rule_version
    assert clock.source
    assert ["It starts on %(start)s.", {"start": "2026-03-02"}] in clock.why
    assert "It depends on no co-operation with anybody." in [text for text, _params in clock.why]


def test_rp_01_a_child_has_it_as_well_beside_the_alarm_for_a_guardian(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager, child=True)
    assert recovery(case)
    assert Clock.objects.get(case=case, code="guardian_appointed").due_on < recovery(case).due_on
    assert case.next_due == Clock.objects.get(case=case, code="guardian_appointed").due_on


def test_rp_01_somebody_at_risk_gets_it_when_presumed(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager, potential=True)
    assert not Clock.objects.filter(case=case).exists()
    assess(case_manager, case)
    decide(asked_to_decide(case_manager, case, mechanism.decider), case, "presumed")
    assert recovery(case)


@pytest.mark.parametrize("reason", ["done", "not_needed", "case_closed", "no_cooperation"])
def test_rp_01_nobody_ends_it_early(case_manager: Actor, reason: str) -> None:
    case = CaseFactory(actor=case_manager)
    with pytest.raises(InvalidInput):
        clocks.end_clock(actor=case_manager, clock=recovery(case), reason=reason)
    clocks.end_clock(actor=case_manager, clock=recovery(case), reason="own_wish")


def test_rp_01_it_can_be_extended_with_a_legal_basis(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    short = recovery(case)
    with pytest.raises(InvalidInput):
        clocks.extend(actor=case_manager, clock=short, length={"days": 30}, legal_basis="")
    longer = clocks.extend(actor=case_manager, clock=short, length={"days": 30}, legal_basis="Act, article 12")
    short.refresh_from_db()
    assert (short.end_reason, (longer.due_on - short.due_on).days) == ("extended", 30)
    shown = file(case_manager, case.code)
    assert shown.removal_blocked_until == timezone.localdate(longer.due_on) > date(2026, 4, 1)


def test_rp_01_a_running_recovery_period_closes_the_gate_of_removal(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    assess(case_manager, case)
    last = recovery(case).due_on
    for at in (timezone.now(), last):
        gate = protection.may_be_removed(case_manager, case, at)
        assert not gate.open
        assert [condition.code for condition in gate.missing] == ["no_recovery_period_runs"]
    assert protection.may_be_removed(case_manager, case, last + timedelta(seconds=1)).open


def test_rp_01_somebody_whom_no_authority_has_screened_is_not_removed_either(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager, potential=True)
    gate = protection.may_be_removed(case_manager, case, timezone.now())
    assert [condition.code for condition in gate.missing] == ["screening_recorded"]
    assess(case_manager, case)
    assert protection.may_be_removed(case_manager, case, timezone.now()).open


def test_rp_01_who_does_not_see_the_case_is_not_told(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager)
    with pytest.raises(Refused):
        protection.may_be_removed(mechanism.other_ngo.actor(Role.CASE_MANAGER), case, timezone.now())

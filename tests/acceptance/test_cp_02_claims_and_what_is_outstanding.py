"""CP-02: award, payments, instalments, outstanding sum, projected day; an own claim apart; insolvency and the fund."""

from __future__ import annotations

from decimal import Decimal

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fener.casework.models.justice.claim import Claim, ClaimPayment
from fener.casework.models.line import CaseLine
from fener.casework.services.justice import compensation
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput
from tests.factories.casework import CaseFactory
from tests.factories.justice import awarded, claimed, paid, told
from tests.factories.returns import days_ago

MONEY = st.decimals(min_value="0.01", max_value="400", places=2)


def a_claim(actor: Actor, **changes: object) -> Claim:
    case = CaseFactory(actor=actor)
    told(actor, case)
    return claimed(actor, case, **changes)


def test_cp_02_outstanding_next_and_last_day_follow_from_the_payments(case_manager: Actor) -> None:
    claim = awarded(case_manager, a_claim(case_manager), first_on=days_ago(-10))
    paid(case_manager, claim, "300.00")
    rest = compensation.projected(claim, days_ago(0))
    assert rest is not None
    assert (rest.outstanding, rest.payments, rest.last_payment) == (Decimal("700.00"), 3, Decimal("100.00"))
    coming = compensation.next_on(claim)
    assert coming is not None
    assert rest.last_on is not None
    assert days_ago(-10) < coming < rest.last_on
    line = CaseLine.objects.get(record=compensation.RECORD)
    assert line.due is not None
    paid(case_manager, claim, "700.00")
    assert compensation.next_on(claim) is None
    assert CaseLine.objects.get(record=compensation.RECORD).due is None


def test_cp_02_an_instalment_that_did_not_come_stays_due_on_its_own_day(case_manager: Actor) -> None:
    claim = awarded(case_manager, a_claim(case_manager))
    assert compensation.next_on(claim) == days_ago(90)
    rest = compensation.projected(claim, days_ago(0))
    assert rest is not None
    assert rest.last_on is not None
    assert rest.last_on > days_ago(0)


@pytest.mark.parametrize("amount", ["1000.01", "0", "-5", "NaN", "1.001"])
def test_cp_02_no_more_is_paid_than_is_outstanding_and_only_real_sums(case_manager: Actor, amount: str) -> None:
    claim = awarded(case_manager, a_claim(case_manager))
    with pytest.raises(InvalidInput):
        paid(case_manager, claim, amount)
    assert not ClaimPayment.objects.exists()


def test_cp_02_nothing_is_paid_before_an_award_or_before_its_day(case_manager: Actor) -> None:
    claim = a_claim(case_manager)
    with pytest.raises(InvalidInput):
        paid(case_manager, claim, "10")
    awarded(case_manager, claim)
    with pytest.raises(InvalidInput):
        paid(case_manager, claim, "10", ago=101)
    paid(case_manager, claim, "10", ago=60)
    with pytest.raises(InvalidInput):
        awarded(case_manager, claim, on=days_ago(59))
    lower = awarded(case_manager, claim, awarded=Decimal("9.99"))  # on appeal, say: it is recorded as it happened
    rest = compensation.projected(lower, days_ago(0))
    assert rest is not None
    assert (rest.outstanding, rest.overpaid) == (Decimal("0.00"), Decimal("0.01"))


@time_machine.travel("2026-06-01 12:00", tick=False)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sums=st.lists(MONEY, max_size=6))
def test_cp_02_whatever_is_paid_paid_and_outstanding_are_the_award(case_manager: Actor, sums: list[Decimal]) -> None:
    claim = awarded(case_manager, a_claim(case_manager))
    for amount in sums:
        before = compensation.paid(claim)
        if before + amount > 1000:
            with pytest.raises(InvalidInput):
                paid(case_manager, claim, str(amount))
        else:
            paid(case_manager, claim, str(amount))
        rest = compensation.projected(claim, days_ago(0))
        assert rest is not None
        assert rest.outstanding + compensation.paid(claim) == Decimal("1000.00")
        assert rest.outstanding >= 0


def test_cp_02_the_organisations_own_claim_is_apart_and_needs_no_telling(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    own = claimed(case_manager, case, own=True, asked=Decimal("1"))
    compensation.find_insolvent(actor=case_manager, claim=own, on=days_ago(5))
    assert not CaseLine.objects.filter(case=case, what="fund").exists()
    told(case_manager, case)
    theirs = compensation.find_insolvent(actor=case_manager, claim=claimed(case_manager, case), on=days_ago(5))
    claimed(case_manager, case, own=True, route="fund")
    line = CaseLine.objects.get(case=case, what="fund")
    assert (line.about, line.urgent) == (theirs.pk, True)


def test_cp_02_an_insolvent_offender_prompts_the_fund_until_it_is_asked(case_manager: Actor) -> None:
    claim = awarded(case_manager, a_claim(case_manager))
    compensation.find_insolvent(actor=case_manager, claim=claim, on=days_ago(5))
    assert CaseLine.objects.filter(what="fund").count() == 1
    claimed(case_manager, claim.case, route="fund", claimed_on=days_ago(2))
    assert not CaseLine.objects.filter(what="fund").exists()
    with pytest.raises(InvalidInput):
        compensation.find_insolvent(actor=case_manager, claim=Claim.objects.get(route="fund"), on=days_ago(1))


def test_cp_02_currencies_come_from_the_list(case_manager: Actor) -> None:
    with pytest.raises(InvalidInput):
        a_claim(case_manager, currency="XYZ")

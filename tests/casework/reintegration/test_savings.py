"""Two people write in one savings book at the same moment."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from fener.casework.models.reintegration.savings import SavingsEntry
from fener.casework.services.reintegration.savings import balances
from fener.trust.errors import InvalidInput
from fener.trust.roles import Role
from tests.casework.test_referral_race import _at_once
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism
from tests.factories.reintegration import put_in, taken


@pytest.mark.django_db(transaction=True)
def test_what_is_taken_twice_at_once_is_never_more_than_there_is() -> None:
    mechanism = Mechanism(since=date(2020, 1, 1))
    actor = mechanism.ngo.actor(Role.CASE_MANAGER)
    case = CaseFactory(actor=actor)
    put_in(actor, case, "100.00")
    answers = _at_once(*[lambda: taken(actor, case, "60.00")] * 3)
    assert sum(isinstance(one, SavingsEntry) for one in answers) == 1
    assert sum(isinstance(one, InvalidInput) for one in answers) == 2
    assert balances(SavingsEntry.objects.filter(case=case)) == {"EUR": Decimal("40.00")}

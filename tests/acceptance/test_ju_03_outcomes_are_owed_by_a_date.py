"""JU-03: police and prosecution owe an outcome by a date; what is missing is listed by office, and names nobody."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from fener.casework.models.justice.charge import OwedOutcome
from fener.casework.models.line import CaseLine
from fener.casework.selectors.justice.charges import missing_outcomes
from fener.casework.services.justice import outcomes
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, InvalidInput, Refused
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.justice import owed
from tests.factories.network import Mechanism
from tests.factories.returns import days_ago


def test_ju_03_an_outcome_that_is_missing_is_counted_by_office_until_it_comes(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    case = CaseFactory(actor=case_manager)
    late = owed(case_manager, case)
    owed(case_manager, case, ago=2, office="police")
    node, today = mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR), timezone.localdate()
    assert missing_outcomes(node, today) == {"prosecution": 1}
    line = CaseLine.objects.get(case=case, about=late.pk)
    assert (line.for_node, line.params) == (True, {"office": "prosecution"})
    assert line.due is not None
    with pytest.raises(Refused):
        missing_outcomes(case_manager, today)

    outcomes.answer_outcome(actor=case_manager, owed=late, answer="dropped", on=days_ago(1))
    assert missing_outcomes(node, today) == {}
    assert CaseLine.objects.get(case=case, about=late.pk).due is None
    with pytest.raises(AlreadyDone):
        outcomes.answer_outcome(actor=case_manager, owed=late, answer="acquitted", on=days_ago(0))


@pytest.mark.parametrize("answer", ["pending", "no_answer", "unknown", "weather"])
def test_ju_03_that_it_goes_on_is_no_outcome(case_manager: Actor, answer: str) -> None:
    waiting = owed(case_manager, CaseFactory(actor=case_manager))
    with pytest.raises(InvalidInput):
        outcomes.answer_outcome(actor=case_manager, owed=waiting, answer=answer, on=days_ago(0))
    with pytest.raises(InvalidInput):
        outcomes.answer_outcome(actor=case_manager, owed=waiting, answer="dropped", on=days_ago(201))


def test_ju_03_one_office_owes_one_outcome_at_a_time(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    first = owed(case_manager, case)
    with pytest.raises(InvalidInput):
        owed(case_manager, case)
    with pytest.raises(IntegrityError), transaction.atomic():
        OwedOutcome.objects.create(
            case=case, office="prosecution", given_on=first.given_on, due_on=first.due_on, recorded_by=first.recorded_by
        )

"""CH-02: a person under 18 can never be stored as voluntary or consenting; no override opens this gate."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from fener.casework.models import Case
from fener.casework.services import cases
from fener.trust.actor import Actor
from fener.trust.errors import GateClosed
from tests.factories.assessing import assess
from tests.factories.casework import CaseFactory


def refused(closed: pytest.ExceptionInfo[GateClosed]) -> bool:
    return closed.value.result.gate == "voluntary_child" and closed.value.result.override is None


@pytest.mark.parametrize("field", ["agreed_at_first", "sees_it_as_voluntary"])
@pytest.mark.parametrize("age", [{"age_at_contact": 15}, {"minor": "child"}, {"minor": "presumed_child"}])
def test_ch_02_a_child_who_agreed_is_refused_at_the_opening(
    case_manager: Actor, field: str, age: dict[str, Any]
) -> None:
    with pytest.raises(GateClosed) as closed:
        CaseFactory(actor=case_manager, child=True, facts={**age, field: "yes"})
    assert refused(closed)
    assert not Case.objects.unscoped(reason="test").exists()


def test_ch_02_an_import_is_refused_alike(case_manager: Actor) -> None:
    with pytest.raises(GateClosed) as closed:
        CaseFactory(
            actor=case_manager, child=True, facts={"age_at_contact": 16, "agreed_at_first": "yes"}, origin="import"
        )
    assert refused(closed)


def test_ch_02_nor_by_a_later_change_of_facts(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager, child=True)
    with pytest.raises(GateClosed) as closed:
        cases.update_facts(actor=case_manager, case=case, version=case.version, facts={"sees_it_as_voluntary": "yes"})
    assert refused(closed)
    agreed = CaseFactory(actor=case_manager, facts={"age_at_contact": 30, "agreed_at_first": "yes"})
    with pytest.raises(GateClosed):  # nor by making the one who agreed a child
        cases.update_facts(actor=case_manager, case=agreed, version=agreed.version, facts={"age_at_recruitment": 16})


@pytest.mark.parametrize("more", [{"consent": "yes"}, {"forced_labour": {"voluntary": "yes"}}])
def test_ch_02_nor_in_an_assessment(case_manager: Actor, more: dict[str, Any]) -> None:
    case = CaseFactory(actor=case_manager, child=True)
    with pytest.raises(GateClosed) as closed:
        assess(case_manager, case, more_facts=more)
    assert refused(closed)


def test_ch_02_the_database_itself_treats_everybody_under_18_as_a_child(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager, child=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.unscoped(reason="test").filter(pk=case.pk).update(treated_as_child=False)

"""From which day gates take a child for grown up (rule CH-01)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine

from fener.casework.models import AgeDispute, Case
from fener.casework.models.children.placement import LeavingCare
from fener.casework.services.ages import decide_dispute, raise_dispute
from fener.casework.services.children.eighteen import eighteenth, is_adult
from fener.casework.services.children.guardians import end_facts
from fener.casework.services.children.leaving import set_eighteenth
from fener.casework.services.compartments import save_compartment
from fener.casework.services.justice import statements
from fener.casework.services.safety.standing import end_facts as protection_facts
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import InvalidInput
from tests.factories.casework import CaseFactory
from tests.factories.children import DAY

SEVENTEEN = {"age_at_contact": 17, "age_at_contact_certainty": "stated", "gender": "Feminine"}
LATER = DAY + timedelta(days=400)
BORN, SOON = date(2008, 6, 1), date(2026, 6, 1)


@pytest.fixture
def nearly(case_manager: Actor) -> Case:
    """A child who says she is seventeen; nothing is sealed yet."""
    return CaseFactory(actor=case_manager, child=True, empty=True, facts=SEVENTEEN)


def born(actor: Actor, case: Case, on: date, version: int = 0) -> None:
    content = {"first_name": "Ana", "birth_date": on}
    save_compartment(actor=actor, case=case, compartment=Compartment.IDENTITY, version=version, content=content)


def test_a_day_of_18_that_was_just_typed_opens_no_gate(case_manager: Actor, nearly: Case) -> None:
    set_eighteenth(actor=case_manager, case=nearly, on=DAY)
    assert not is_adult(nearly, DAY)
    assert not end_facts(nearly, DAY)["is_adult"]
    assert not statements.facts_for(nearly, kind="witness", day=DAY)["is_adult"]
    assert not protection_facts(nearly, ("person", 1), since=DAY, on=DAY, wish=True)["is_adult"]
    assert not is_adult(nearly, LATER)  # it does not ripen: it was typed when somebody had a use for it


def test_a_day_of_18_that_was_written_down_a_year_ahead_counts_from_that_day(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager, child=True, empty=True, facts={**SEVENTEEN, "age_at_contact": 16})
    day = date(2027, 3, 2)
    set_eighteenth(actor=case_manager, case=case, on=day)
    assert [is_adult(case, on) for on in (day - timedelta(days=1), day)] == [False, True]
    with time_machine.travel(day - timedelta(days=30), tick=False):
        set_eighteenth(actor=case_manager, case=case, on=day)  # the same day once more changes nothing
        assert is_adult(case, day)
        set_eighteenth(actor=case_manager, case=case, on=day - timedelta(days=9))
    assert not is_adult(case, day)


def test_a_sealed_date_of_birth_makes_the_day_of_18_count(case_manager: Actor, nearly: Case) -> None:
    born(case_manager, nearly, BORN)
    nearly.refresh_from_db()
    with pytest.raises(InvalidInput) as refused:
        set_eighteenth(actor=case_manager, case=nearly, on=DAY)
    assert list(refused.value.errors) == ["on"]
    set_eighteenth(actor=case_manager, case=nearly, on=SOON)
    assert [is_adult(nearly, on) for on in (DAY, SOON)] == [False, True]


def test_a_date_of_birth_sealed_later_corrects_the_typed_day(case_manager: Actor, nearly: Case) -> None:
    set_eighteenth(actor=case_manager, case=nearly, on=DAY)
    born(case_manager, nearly, date(2008, 7, 1))
    row = LeavingCare.objects.get(case=nearly)
    assert (row.turns_18_on, row.known_by) == (date(2026, 7, 1), "birth_date")
    nearly.refresh_from_db()
    assert [is_adult(nearly, on) for on in (DAY, date(2026, 7, 1))] == [False, True]


def test_while_the_age_is_in_doubt_no_day_makes_anybody_an_adult(case_manager: Actor, nearly: Case) -> None:
    born(case_manager, nearly, BORN)
    nearly.refresh_from_db()
    set_eighteenth(actor=case_manager, case=nearly, on=SOON)
    dispute = raise_dispute(actor=case_manager, case=nearly)
    assert not is_adult(nearly, SOON)
    later = SOON + timedelta(days=1)
    AgeDispute.objects.filter(pk=dispute.pk).update(result="adult", decided_on=later)
    assert [is_adult(nearly, on) for on in (SOON, later)] == [False, True]  # on the day of the doubt a child


def test_a_decided_age_counts_from_the_latest_day_that_it_allows(case_manager: Actor, nearly: Case) -> None:
    dispute = raise_dispute(actor=case_manager, case=nearly)
    told = {"result": "child", "reasons": "Two opinions, from a paediatrician and a social worker."}
    decide_dispute(actor=case_manager, dispute=dispute, age_at_contact=17, **told)
    nearly.refresh_from_db()
    a_year_on = DAY.replace(year=2027)
    assert [is_adult(nearly, on) for on in (DAY, a_year_on - timedelta(days=1), a_year_on)] == [False, False, True]


def test_whoever_is_born_on_a_leap_day_turns_18_on_1_march() -> None:
    assert eighteenth(date(2008, 2, 29)) == date(2026, 3, 1)

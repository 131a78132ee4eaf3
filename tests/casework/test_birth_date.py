"""A date of birth that becomes known later: the open facts follow, and a child is never left as having agreed."""

from __future__ import annotations

import pytest

from fener.casework.models import Clock
from fener.casework.services.compartments import main_item, save_compartment
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import GateClosed, InvalidInput
from tests.factories.casework import IDENTITY, CaseFactory

pytestmark = pytest.mark.django_db


def born(actor: Actor, case: object, day: str) -> None:
    item = main_item(case, Compartment.IDENTITY)
    save_compartment(
        actor=actor,
        case=case,
        compartment=Compartment.IDENTITY,
        version=item.version if item else 0,
        content={**IDENTITY, "birth_date": day},
    )
    case.refresh_from_db()


def test_a_date_of_birth_makes_somebody_of_unknown_age_a_child_and_calls_for_a_guardian(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager, facts={"gender": "Masculine"})
    born(case_manager, case, "2011-05-03")
    assert case.age_at_contact == 14
    assert case.treated_as_child
    assert Clock.objects.filter(case=case, code="guardian_appointed", ended_at__isnull=True).exists()


def test_a_date_of_birth_that_contradicts_the_stated_age_is_refused_and_nothing_is_lost(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)  # 34 by their own word
    with pytest.raises(InvalidInput) as refused:
        born(case_manager, case, "2011-05-03")
    assert list(refused.value.errors) == ["birth_date"]
    assert main_item(case, Compartment.IDENTITY).version == 1


def test_ch_02_a_child_that_is_found_out_later_cannot_stay_recorded_as_having_agreed(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager, facts={"agreed_at_first": "yes"})
    with pytest.raises(GateClosed):
        born(case_manager, case, "2011-05-03")


def test_a_date_of_birth_that_makes_nobody_that_old_is_refused(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager, facts={})
    with pytest.raises(InvalidInput):
        born(case_manager, case, "1880-01-01")

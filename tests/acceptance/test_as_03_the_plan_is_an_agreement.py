"""AS-03: a plan rests on an individual assessment, is agreed, draws on several providers, changes at the wish."""

from __future__ import annotations

import pytest

from fener.casework.models import Case
from fener.casework.services import plans
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput
from tests.casework.paths import case_with_need, need_of
from tests.factories.assessing import assess
from tests.factories.network import Mechanism


def _lines(case: Case, mechanism: Mechanism) -> list[plans.PlanLine]:
    return [
        plans.PlanLine(case.needs.get(kind="shelter"), "shelter", mechanism.shelter.service("shelter")),
        plans.PlanLine(
            case.needs.get(kind="legal_advice"), "legal_advice", mechanism.other_ngo.service("legal_advice")
        ),
    ]


@pytest.fixture
def case(case_manager: Actor) -> Case:
    case = case_with_need(case_manager)
    need_of(case_manager, case, "legal_advice", words="Somebody who reads the letters with me.")
    return case


def test_as_03_there_is_no_plan_without_an_individual_assessment(
    case_manager: Actor, mechanism: Mechanism, case: Case
) -> None:
    with pytest.raises(InvalidInput):
        plans.draw_up_plan(actor=case_manager, case=case, goals="A room.", lines=_lines(case, mechanism))
    assess(case_manager, case)
    plan = plans.draw_up_plan(actor=case_manager, case=case, goals="A room.", lines=_lines(case, mechanism))
    assert {item.need.case_id for item in plan.items.all()} == {case.pk}


def test_as_03_it_draws_on_several_providers_and_holds_only_when_agreed(
    case_manager: Actor, mechanism: Mechanism, case: Case
) -> None:
    assess(case_manager, case)
    plan = plans.draw_up_plan(actor=case_manager, case=case, goals="A room.", lines=_lines(case, mechanism))
    assert len({item.service.organisation_id for item in plan.items.all()}) == 2
    assert plans.plan_in_force(case) is None
    plans.record_agreement(actor=case_manager, plan=plan, agreed=True)
    assert plans.plan_in_force(case) == plan


def test_as_03_it_changes_at_the_persons_wish_and_the_earlier_version_stays_readable(
    case_manager: Actor, mechanism: Mechanism, case: Case
) -> None:
    assess(case_manager, case)
    lines = _lines(case, mechanism)
    first = plans.draw_up_plan(actor=case_manager, case=case, goals="A room.", lines=lines)
    plans.record_agreement(actor=case_manager, plan=first, agreed=True)
    second = plans.change_plan(
        actor=case_manager, case=case, goals="Work first.", lines=lines[1:], at_persons_wish=True
    )
    assert plans.plan_in_force(case) == first
    plans.record_agreement(actor=case_manager, plan=second, agreed=True)
    assert plans.plan_in_force(case) == second
    assert second.changed_at_persons_wish
    first.refresh_from_db()
    assert (first.agreed, first.items.count()) == (True, 2)

"""CH-20: a child's plan records the parents' duty to protect, their involvement, and the family's income."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from fener.casework.models import Case
from fener.casework.models.children.care import ParentsPlan
from fener.casework.models.line import CaseLine
from fener.casework.services.children.care import agree_with_parents, review_parents
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput
from tests.factories.casework import CaseFactory
from tests.factories.children import DAY, child

LATER = DAY + timedelta(days=60)


def agreed(actor: Actor, case: Case, **changes: Any) -> ParentsPlan:
    told: dict[str, Any] = {
        "duties": ("economic_use", "trafficking", "harmful_work", "involvement"),
        "poverty": True,
        "on": DAY,
        "review_on": LATER,
        "words": "Child benefit, and work for the mother in the co-operative.",
        **changes,
    }
    return agree_with_parents(actor=actor, case=case, **told)


def test_ch_20_duties_and_involvement_are_recorded_and_gone_through_again(case_manager: Actor) -> None:
    case = child(case_manager)
    row = agreed(case_manager, case)
    assert set(row.duties) == {"economic_use", "trafficking", "harmful_work", "involvement"}
    assert CaseLine.objects.get(case=case, what="parents").due is not None
    review_parents(actor=case_manager, plan=row, on=DAY)
    assert not CaseLine.objects.filter(case=case, what="parents").exists()


def test_ch_20_where_poverty_drives_the_risk_the_familys_income_is_planned(case_manager: Actor) -> None:
    case = child(case_manager)
    with pytest.raises(InvalidInput):
        agreed(case_manager, case, words=" ")
    assert agreed(case_manager, case).words is not None
    assert agreed(case_manager, case, poverty=False, words="").words is None


def test_ch_20_it_is_for_children_and_never_empty(case_manager: Actor) -> None:
    with pytest.raises(InvalidInput):
        agreed(case_manager, CaseFactory(actor=case_manager))
    for lacking in ({"duties": ()}, {"duties": ("obedience",)}, {"review_on": DAY}):
        with pytest.raises(InvalidInput):
            agreed(case_manager, child(case_manager), **lacking)

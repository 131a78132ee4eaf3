"""CH-09: a returned child is placed by child protection after violence is assessed; police alone is an alarm."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from fener.casework.selectors.worklist import today
from fener.casework.services.children.placements import look_at_hand_over, record_hand_over
from fener.trust.actor import Actor
from fener.trust.errors import GateClosed
from fener.trust.roles import Role
from tests.acceptance.test_ch_11_a_childs_place import placed
from tests.factories.children import DAY, child
from tests.factories.network import Mechanism

WHOLE = {"returned": True, "by_child_protection": True, "violence_assessed": True, "abuse_assessed": True}


@pytest.mark.parametrize("lacking", ["by_child_protection", "violence_assessed", "abuse_assessed"])
def test_ch_09_a_returned_child_is_not_placed_before(case_manager: Actor, lacking: str) -> None:
    case = child(case_manager)
    with pytest.raises(GateClosed) as refused:
        placed(case_manager, case, "family", **{**WHOLE, lacking: False})
    assert refused.value.result.gate == "returned_child_placement"
    assert len(refused.value.result.missing) == 1
    assert placed(case_manager, case, "family", **WHOLE).returned


@pytest.mark.parametrize(
    ("by", "alarms"),
    [
        ("police_only", 1),
        ("border_only", 1),
        ("carrier", 1),
        ("child_protection", 0),
        ("police_with_child_protection", 0),
    ],
)
def test_ch_09_a_hand_over_to_the_family_by_police_alone_raises_an_alarm(
    case_manager: Actor, mechanism: Mechanism, by: str, alarms: int
) -> None:
    case = child(case_manager)
    hand = record_hand_over(actor=case_manager, case=case, by=by, to="family", on=DAY)
    at = timezone.now() + timedelta(days=1)
    co_ordinator = mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR)
    for actor in (case_manager, co_ordinator):
        assert len([one for one in today(actor, at) if one.kind == "children.placements"]) == alarms
    if alarms:
        look_at_hand_over(actor=case_manager, hand_over=hand, on=DAY)
        assert [one for one in today(case_manager, at) if one.kind == "children.placements"] == []

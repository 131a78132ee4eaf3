"""CH-05: a guardianship cannot end before the durable solution is carried out, or at 18 before a plan for leaving."""

from __future__ import annotations

import pytest

from fener.casework.models.children.guardianship import Guardianship
from fener.casework.services.children.guardians import end_guardianship
from fener.trust.actor import Actor
from fener.trust.errors import GateClosed, InvalidInput
from tests.factories.children import DAY, child, guarded


@pytest.mark.parametrize("reason", ["durable_solution", "adult_with_plan"])
def test_ch_05_the_gate_refuses_while_nothing_of_it_is_recorded(case_manager: Actor, reason: str) -> None:
    row = guarded(case_manager, child(case_manager))
    with pytest.raises(GateClosed) as refused:
        end_guardianship(actor=case_manager, guardianship=row, reason=reason, on=DAY)
    assert refused.value.result.gate == "end_guardianship"
    assert Guardianship.objects.get(pk=row.pk).ended_on is None


def test_ch_05_what_only_changes_the_guardian_ends_nothing(case_manager: Actor) -> None:
    row = guarded(case_manager, child(case_manager))
    for reason in ("own_request", "died", "too_many_wards"):
        with pytest.raises(InvalidInput):
            end_guardianship(actor=case_manager, guardianship=row, reason=reason, on=DAY)

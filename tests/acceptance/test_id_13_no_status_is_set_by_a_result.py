"""ID-13: a result suggests; no status is ever set by it."""

from __future__ import annotations

import pytest

from fener.casework.models import StatusDecision
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput
from tests.factories.assessing import assess
from tests.factories.casework import CaseFactory


@pytest.mark.parametrize("status", ["identified", "not_identified", "undetermined"])
@pytest.mark.parametrize("origin", ["direct", "intake", "import"])
def test_id_13_a_case_opens_as_potential_or_presumed_and_nothing_else(
    case_manager: Actor, status: str, origin: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        CaseFactory(actor=case_manager, status=status, origin=origin)
    assert "status" in refused.value.errors


def test_id_13_an_assessment_that_finds_everything_sets_no_status(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager, potential=True)
    row = assess(case_manager, case, opinion="identified")
    assert row.qualification["qualification"] == "trafficking"
    case.refresh_from_db()
    assert case.status == "potential"
    assert not StatusDecision.objects.exists()

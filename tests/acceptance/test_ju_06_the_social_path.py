"""JU-06: a statement on the social path waits until the person knows that prosecution may follow of itself."""

from __future__ import annotations

import pytest

from fener.trust.actor import Actor
from fener.trust.errors import GateClosed
from tests.factories.casework import CaseFactory
from tests.factories.statements import lawyer, stated, told


def test_ju_06_a_social_path_statement_waits_for_both_tellings(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    told(case_manager, case, by=lawyer(case_manager, case))
    for item, code in (
        ("compulsory_prosecution", "compulsory_prosecution_told"),
        ("may_be_asked", "may_be_asked_told"),
    ):
        with pytest.raises(GateClosed) as refused:
            stated(case_manager, case, kind="social_path")
        assert code in {condition.code for condition in refused.value.result.missing}
        told(case_manager, case, item)
    assert stated(case_manager, case, kind="social_path").kind == "social_path"


def test_ju_06_another_statement_does_not_wait_for_them(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    told(case_manager, case, by=lawyer(case_manager, case))
    assert stated(case_manager, case, kind="complaint")

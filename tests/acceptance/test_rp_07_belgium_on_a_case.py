"""RP-07: a Belgian case from the order to leave to the permanent permit; RP-08: none of it means removable."""

from __future__ import annotations

from datetime import date

import pytest

from fener.casework.models.line import CaseLine
from fener.casework.services.residence.regimes import begin_regime
from fener.trust.actor import Actor
from tests.factories.casework import CaseFactory
from tests.factories.residence import START, known, phases

# 1 March 2025 + 45 days = 15 April; + three months = 15 July; + six months = 15 January 2026.
STARTS = [START, date(2025, 4, 15), date(2025, 7, 15), date(2026, 1, 15)]


def test_rp_07_on_a_case_the_four_phases_have_their_days(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    stay = begin_regime(actor=case_manager, case=case, code="BE", starts_on=START)
    known(case_manager, case, "cooperates", on=date(2025, 4, 10))
    assert [phase.start for phase in phases(case).values()] == STARTS
    assert {phase.applicant for phase in phases(case).values()} == {"accredited specialised centre"}
    bands = CaseLine.objects.filter(case=case, what="phase", about=stay.pk).order_by("starts")
    assert [band.starts for band in bands] == STARTS


@pytest.mark.parametrize("ground", ["summons", "conviction"])
def test_rp_07_the_last_phase_needs_both(case_manager: Actor, ground: str) -> None:
    case = CaseFactory(actor=case_manager)
    begin_regime(actor=case_manager, case=case, code="BE", starts_on=START)
    known(case_manager, case, ground)
    assert phases(case)["permanent"].available == "unknown"
    known(case_manager, case, "statement_indispensable", answer="no")
    assert phases(case)["permanent"].available == "no"
    known(case_manager, case, "statement_indispensable")  # the last answer counts
    assert phases(case)["permanent"].available == "yes"
    known(case_manager, case, ground, answer="no")
    assert phases(case)["permanent"].available != "yes"


def test_rp_07_while_proceedings_last_the_third_phase_goes_on(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    begin_regime(actor=case_manager, case=case, code="BE", starts_on=START)
    known(case_manager, case, "proceedings_end", on=date(2026, 2, 20))
    assert (phases(case)["registration"].end, phases(case)["permanent"].start) == (date(2026, 2, 20), date(2026, 2, 20))


def test_rp_08_on_a_case_the_order_to_leave_is_not_removable(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    begin_regime(actor=case_manager, case=case, code="BE", starts_on=START)
    first = phases(case)["reflection"]
    assert first.document == "Order to leave the country"
    assert any("does not mean that the person may be removed" in step.text for step in first.why)
    for answer in ("yes", "no", "unknown"):
        known(case_manager, case, "cooperates", "summons", "statement_indispensable", answer=answer)
        assert not any(phase.removable for phase in phases(case).values())

"""RP-05: on a case article 18 runs six months and a year more, with the rights that belong to it."""

from __future__ import annotations

from datetime import date

from fener.casework.models.line import CaseLine
from fener.casework.services.residence.regimes import begin_regime
from fener.trust.actor import Actor
from tests.factories.casework import CaseFactory
from tests.factories.residence import known, phases


def test_rp_05_on_a_case_six_months_and_one_year_more(case_manager: Actor) -> None:
    # 31 August 2025 and six months: February has 28 days. A year more: 28 February 2027.
    case, start = CaseFactory(actor=case_manager), date(2025, 8, 31)
    begin_regime(actor=case_manager, case=case, code="IT-18-social", starts_on=start)
    known(case_manager, case, "exploitation", "danger", "statement_submitted", "programme_start", on=start)
    permit, renewal = phases(case)["permit"], phases(case)["renewal"]
    assert (permit.start, permit.end, permit.available) == (start, date(2026, 2, 28), "yes")
    assert (renewal.start, renewal.end, renewal.available) == (date(2026, 2, 28), date(2027, 2, 28), "yes")
    assert {"social_services", "education", "employment_office"} <= set(permit.entitlements) & set(renewal.entitlements)
    bands = CaseLine.objects.filter(case=case, what="phase").order_by("starts").values_list("starts", "ends")
    assert list(bands)[:2] == [(start, date(2026, 2, 28)), (date(2026, 2, 28), date(2027, 2, 28))]


def test_rp_05_a_condition_that_is_not_met_takes_the_band_and_no_entitlement(case_manager: Actor) -> None:
    case, start = CaseFactory(actor=case_manager), date(2025, 8, 31)
    begin_regime(actor=case_manager, case=case, code="IT-18-social", starts_on=start)
    before = phases(case)["permit"].entitlements
    known(case_manager, case, "danger", answer="no", on=start)
    assert phases(case)["permit"].available == "no"
    assert phases(case)["permit"].entitlements == before
    assert not CaseLine.objects.filter(case=case, what="phase", params__phase="permit").exists()

"""RP-10: the last day of three years before 18 is due a year ahead; once it passed, the case says so for good."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.services.children.leaving import set_eighteenth
from fener.casework.services.residence.regimes import begin_regime
from fener.trust.actor import Actor
from tests.factories.children import child
from tests.factories.residence import known, phases

START = date(2026, 2, 1)


def young(actor: Actor, eighteen: date, age: int) -> Case:
    facts = {"age_at_contact": age, "age_at_contact_certainty": "document", "gender": "Feminine"}
    case = child(actor, facts=facts)
    set_eighteenth(actor=actor, case=case, on=eighteen)
    begin_regime(actor=actor, case=case, code="IT-minor", starts_on=START)
    return case


def test_rp_10_a_year_before_the_last_day_it_is_due(case_manager: Actor) -> None:
    # 18 on 20 June 2030: three years before it is 20 June 2027, and a year before that 20 June 2026.
    case = young(case_manager, date(2030, 6, 20), age=13)
    line = CaseLine.objects.get(case=case, what="closes")
    assert line.params["last_day"] == "2027-06-20"
    assert line.due is not None
    assert timezone.localdate(line.due) == date(2026, 6, 20)
    known(case_manager, case, "programme_start")
    assert not CaseLine.objects.filter(case=case, what="closes").exists()
    assert phases(case)["after_18"].available in ("yes", "unknown")


def test_rp_10_too_late_is_said_years_before_eighteen_and_takes_no_help(case_manager: Actor) -> None:
    # 18 on 1 December 2028: the last day was 1 December 2025; the programme began on 1 March 2026.
    case = young(case_manager, date(2028, 12, 1), age=15)
    known(case_manager, case, "programme_start")
    line = CaseLine.objects.get(case=case, what="impossible")
    assert (line.urgent, line.params["last_day"]) == (True, "2025-12-01")
    last = phases(case)["after_18"]
    assert last.available == "impossible"
    assert next(c for c in last.conditions if c.met == "impossible").impossible_since == date(2025, 12, 2)
    assert "housing" in last.entitlements

"""SH-05: the limit comes from the regime, warns ahead, is extended with a reason; the reason of the stay is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from dateutil.relativedelta import relativedelta
from django.conf import LazySettings
from django.utils import timezone

from fener.casework.chapters.shelter.stays import lines
from fener.casework.models.line import CaseLine
from fener.casework.models.shelter.stay import StayExtension
from fener.casework.selectors.worklist import today
from fener.casework.services.shelter.stays import RECORD, extend_stay, leave, plan_exit
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, InvalidInput
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism
from tests.factories.shelter import admitted, ago, house


def test_sh_05_the_limit_is_the_regimes_and_where_no_rule_names_one_there_is_none(
    case_manager: Actor, mechanism: Mechanism, settings: LazySettings
) -> None:
    home = house(case_manager, mechanism.ngo)
    unknown = admitted(case_manager, CaseFactory(actor=case_manager), home, until=None)
    assert unknown.limit_on is None
    with pytest.raises(InvalidInput):
        extend_stay(actor=case_manager, stay=unknown, until=ago(-9), reason="care")
    settings.FENER_JURISDICTION = "BE"
    belgian = admitted(case_manager, CaseFactory(actor=case_manager), home, until=None)
    assert belgian.limit_on == belgian.since + relativedelta(months=6)
    assert belgian.limit_rule == "jurisdictions/BE/shelter_stay"
    permit = admitted(case_manager, CaseFactory(actor=case_manager), home, until=ago(-30))
    assert permit.limit_on == ago(-30)


@pytest.mark.parametrize(("left", "warned"), [(80, False), (43, True), (29, True)])
def test_sh_05_it_warns_ahead_until_an_exit_plan_is_agreed(
    case_manager: Actor, mechanism: Mechanism, left: int, warned: bool
) -> None:
    stay = admitted(case_manager, CaseFactory(actor=case_manager), house(case_manager, mechanism.ngo), until=ago(-left))
    told = [str(task.text) for task in today(case_manager) if task.kind == RECORD]
    assert any("exit plan" in each for each in told) == warned
    plan_exit(actor=case_manager, stay=stay, to="family", on=ago(0), words="With her sister; Mira calls.")
    assert not any("exit plan" in str(task.text) for task in today(case_manager) if task.kind == RECORD)


def test_sh_05_longer_with_a_reason_that_is_kept(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager)
    stay = admitted(case_manager, case, house(case_manager, mechanism.ngo), until=ago(-10))
    for until, reason in ((ago(-10), "court"), (ago(-40), ""), (ago(-40), "testimony")):
        with pytest.raises(InvalidInput):
            extend_stay(actor=case_manager, stay=stay, until=until, reason=reason)
    extend_stay(actor=case_manager, stay=stay, until=ago(-40), reason="court")
    extend_stay(actor=case_manager, stay=stay, until=ago(-70), reason="documents")
    kept = [(one.limit_before, one.until, one.reason) for one in StayExtension.objects.filter(case=case)]
    assert kept == [(ago(-10), ago(-40), "court"), (ago(-40), ago(-70), "documents")]
    stay.refresh_from_db()
    assert (stay.limit_on, stay.reason) == (ago(-70), "danger")
    leave(actor=case_manager, stay=stay, reason="independent", on=ago(0))
    with pytest.raises(AlreadyDone):
        extend_stay(actor=case_manager, stay=stay, until=ago(-90), reason="court")


def test_sh_05_the_lines_of_the_case_say_what_stands(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager)
    stay = admitted(case_manager, case, house(case_manager, mechanism.ngo), until=ago(-100))

    def kept() -> list[str]:
        rows = CaseLine.objects.filter(case=case, record=RECORD)
        assert sorted((row.what, row.due) for row in rows if row.due) == sorted(
            (line.what, line.due) for line in lines(case) if line.due
        )
        return sorted(row.what for row in rows)

    assert kept() == ["here", "plan"]
    due = CaseLine.objects.get(case=case, record=RECORD, what="plan").due
    assert due is not None
    assert timezone.localdate(due) == ago(-100) - timedelta(days=30)
    plan_exit(actor=case_manager, stay=stay, to="family", on=ago(0), words="With her sister; Mira calls.")
    assert kept() == ["here"]
    leave(actor=case_manager, stay=stay, reason="family", on=ago(0))
    assert kept() == ["left"]

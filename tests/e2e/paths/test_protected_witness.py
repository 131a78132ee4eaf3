"""A case under witness protection: two put it there, the named see it, and no date for testimony without protection."""

from __future__ import annotations

import pytest

from fener.casework.models import Case
from fener.trust.roles import Role
from tests.e2e.paths.conftest import Path, said
from tests.e2e.world import World, _account

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OTHERS = ("colleague", "officer", "coordinator", "helpline")
HELD = "Testimony before a court set"


def test_a_case_under_witness_protection(path: Path) -> None:
    p = path
    case = p.teller.opened("site", 20)
    p.code = before = case.code
    _account(World(p.made), "colleague", "lanterna", Role.CASE_MANAGER)
    # Whoever works in the same organisation reads it until then.
    assert before in p.open("colleague", "casework:case", before)
    two_put_it_there(p)
    p.code = code = Case.objects.unscoped(reason="the test looks at the new code").get(pk=case.pk).code
    assert code != before
    the_named_see_it_and_nobody_else(p, before)
    no_date_for_testimony_before_protection(p)
    a_date_once_a_plan_is_in_force(p)


def two_put_it_there(p: Path) -> None:
    p.open("manager", "casework:case", p.code)
    p.press("manager", "Put under witness protection")
    p.says("manager", "The case gets a new code and a new alias", "Only those who are named below see it")
    second = str(p.teller.user("manager2").pk)
    p.fill("manager", legal_basis="Act on protection of participants, article 14", reason="A court has ordered it.",
           second=second)  # fmt: skip
    p.press("manager", "Ask the second person")
    p.open("manager", "casework:protection", p.code)
    p.says("manager", "A second person was asked")
    p.open("manager2", "casework:protected")
    p.says("manager2", "Waits for your answer")
    p.tap("manager2", "main a[href*='/protected/steps/']")
    p.fill("manager2", answer="yes")
    p.press("manager2", "Answer")


def the_named_see_it_and_nobody_else(p: Path, before: str) -> None:
    for named in ("manager", "manager2"):
        assert p.code in p.open(named, "casework:protected")
        p.fits(named)
        assert p.code not in p.open(named, "casework:cases")
        p.open(named, "casework:case", p.code)
        p.says(named, p.code, "Witness protection: who sees it")
    for other in OTHERS:
        absent = p.answer(other, "casework:case", "ZZZZ-ZZZZ")
        assert absent[0] == 404
        for code in (p.code, before):
            assert p.answer(other, "casework:case", code) == absent
            assert p.answer(other, "casework:chapter", code, "justice") == absent
        assert p.code not in p.open(other, "casework:protected")
    assert p.answer("manager", "casework:case", before)[0] == 404


def sets_a_day(p: Path) -> None:
    """Record a day for testimony before a court."""
    p.chapter("manager", "justice")
    p.enters("manager", "Record a date for testimony", kind="court", set_by="court", on=p.on(-20),
             would_hurt="no")  # fmt: skip


def no_date_for_testimony_before_protection(p: Path) -> None:
    sets_a_day(p)
    p.says("manager", "A condition that protects the person is not met yet.", "Nothing that you entered is lost",
           "A protection plan for the witness is in force.", "The family is part of a protection plan")  # fmt: skip
    p.fits("manager")
    assert HELD not in p.chapter("manager", "justice")
    p.chapter("manager", "safety")
    p.says("manager", "The danger for the person is not assessed yet.", "Setting a date for testimony refused",
           "refused: nothing was done.")  # fmt: skip


def a_date_once_a_plan_is_in_force(p: Path) -> None:
    p.enters("manager", "Assess a danger", subject="person", assessed_on=p.on(5), risk_local_recruiters="high",
             risk_family_threatened="none")  # fmt: skip
    p.says("manager", "Danger: The person High", f"Assessed on {said(p.on(5))}. Review by {said(p.on(-2))}.")
    sets_a_day(p)
    p.says("manager", "A protection plan for the witness is in force.")  # a danger that is known protects nobody
    p.chapter("manager", "safety")
    for kind in ("emergency_contact", "local_recruiters_watched"):
        p.enters("manager", "Add a measure of protection", kind=kind, since=p.on(5))
    p.says("manager", "Somebody to call day and night running")
    p.fits("manager")
    sets_a_day(p)
    p.says("manager", f"{HELD} On {said(p.on(-20))}. The day was named by: Court.")
    p.fits("manager")

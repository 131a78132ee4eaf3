"""Two people and their residence: Italy's social path with a change to the judicial one, and Belgium to its phase 4."""

from __future__ import annotations

import pytest
from dateutil.relativedelta import relativedelta

from tests.e2e.paths.conftest import Path, said

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KNOWN = "What is known of a condition"
APPLIED = "A permit was applied for"
NO_REMOVAL = "May be removed: no."


def is_known(p: Path, fact: str, says: str, ago: int) -> None:
    """A condition is met since that day."""
    p.enters("manager", KNOWN, fact=fact, answer="yes", on=p.on(ago), says=says)


def test_an_adult_on_the_social_path_of_italy_changes_to_the_judicial_one(path: Path) -> None:
    p = path
    p.begins("manager", p.teller.opened("site", 90), "residence")
    begun = p.on(80)
    p.enters("manager", "Record a regime", code="IT-18-social", starts_on=begun)
    first = begun + relativedelta(months=6)
    second = first + relativedelta(months=12)
    first_permit = f"From {said(begun)}. Until {said(first)}. {NO_REMOVAL}"
    renewed = f"From {said(first)}. Until {said(second)}. {NO_REMOVAL}"
    p.says("manager", "Italy, article 18, social path", f"{first_permit} If its conditions are met", renewed)
    for fact, says in (("exploitation", "worker"), ("danger", "worker"), ("programme_start", "centre")):
        is_known(p, fact, says, 70)
    p.says("manager", f"{first_permit} If its conditions are met")  # nobody has handed in the statement yet
    is_known(p, "statement_submitted", "centre", 68)
    p.says("manager", "Met An accredited agency", f"{first_permit} May work until {said(first)}.")
    p.enters("manager", APPLIED, phase="permit", applicant="person", on=p.on(60))
    p.says("manager", f"Applied for on {said(p.on(60))} by the person.", "The decision is due by")
    p.enters("manager", "It was decided", decision="granted", on=p.on(40), valid_from=p.on(40),
             valid_until=first, number="IT 4711")  # fmt: skip
    p.says("manager", "granted", f"Valid from {said(p.on(40))}.", f"Until {said(first)}.")
    assert "IT 4711" not in p.words("manager")
    assert "makes a formal complaint" not in p.words("manager")
    p.enters("manager", "The person changes the path", on=p.on(5))
    p.says("manager", "The person makes a formal complaint or co-operates", first_permit, renewed, "granted",
           f"Until {said(first)}.", f"May work until {said(first)}.")  # fmt: skip
    p.fits("manager")
    p.open("manager", "casework:case", p.code)
    p.says("manager", "Italy, article 18, social path, since", f"May work from {said(begun)} until {said(second)}")
    p.fits("manager")


def test_a_belgian_case_to_its_fourth_phase(path: Path) -> None:
    p = path
    p.begins("manager", p.teller.opened("site", 400), "residence")
    begun = p.on(390)
    arrival = begun + relativedelta(days=45)
    registered = arrival + relativedelta(months=3)
    fourth = registered + relativedelta(months=6)
    p.enters("manager", "Record a regime", code="BE", starts_on=begun)
    order = f"Order to leave the country Met From {said(begun)}. Until {said(arrival)}. {NO_REMOVAL} No right to work."
    declared = f"From {said(arrival)}. Until {said(registered)}. {NO_REMOVAL}"
    certificate = f"From {said(registered)}. Until {said(fourth)}. {NO_REMOVAL}"
    p.says("manager", order, f"{declared} If its conditions are met", f"{certificate} If its conditions are met")
    is_known(p, "cooperates", "centre", 380)
    p.says("manager", order, f"{declared} May work until {said(arrival + relativedelta(months=7))}.",
           f"{certificate} May work until {said(registered + relativedelta(months=12))}.")  # fmt: skip
    p.press("manager", APPLIED)
    p.fill("manager", phase="permanent", applicant="person", on=p.on(3))
    p.press("manager")
    p.says("manager", "Here only an accredited specialised centre may apply.")
    p.fill("manager", applicant="accredited")
    p.press("manager")
    p.says("manager", f"Applied for on {said(p.on(3))} by an accredited specialised centre.")
    unknown = f"Permanent residence permit now Not known From {said(fourth)}."
    p.says("manager", unknown)
    is_known(p, "summons", "court", 20)
    p.says("manager", unknown, "Met The statement led to a conviction", "If its conditions are met, the person may")
    is_known(p, "statement_indispensable", "prosecution", 10)
    p.says("manager", f"Permanent residence permit now Met From {said(fourth)}. No end is known or set. {NO_REMOVAL}"
           " May work.", order)  # fmt: skip
    assert "lets the person be expelled" not in p.words("manager")
    p.fits("manager")

"""Somebody in a shelter saves money, begins a business with a small grant, and leaves with what is theirs."""

from __future__ import annotations

import pytest

from fener.casework.models.shelter.house import Shelter
from fener.casework.services.shelter.houses import HouseTerms, save_house
from fener.network.models import Service
from tests.e2e.paths.conftest import Path, said
from tests.factories import reintegration

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HELD = "Held for the person:"


def test_a_resident_saves_begins_a_business_and_leaves_with_the_balance(path: Path) -> None:
    p = path
    house = a_house(p)
    p.begins("manager", p.teller.opened("site", 130), "shelter")
    somebody_moves_in(p, house)
    the_savings_book(p)
    the_small_grant(p)
    they_leave_with_what_is_theirs(p)


def a_house(p: Path) -> Shelter:
    manager = p.teller.who("manager")
    service = Service.objects.create(
        organisation_id=manager.keeper_id, desk=p.made.desks["lanterna"], kind="shelter", name="House Lipa", capacity=6
    )
    terms = HouseTerms(kind="trafficking", funder="state", procurement="grant")
    return save_house(actor=manager, service=service, terms=terms)


def somebody_moves_in(p: Path, house: Shelter) -> None:
    p.enters("manager", "Record an admission", shelter=house.pk, ground="presumed", reason="danger", since=p.on(120),
             decided_by="person", said=["rules_explained", "right_to_leave_told"], sees_self_so="yes",
             until=p.on(-60))  # fmt: skip
    p.says("manager", "Nobody asked about testimony for the admission.",
           "Nothing that you entered is lost.")  # fmt: skip
    p.fill("manager", said=["testimony_not_asked"])
    p.press("manager")
    p.says("manager", "House Lipa stays there", f"Since {said(p.on(120))}. Limit: {said(p.on(-60))}.")
    p.fits("manager")


def the_savings_book(p: Path) -> None:
    p.chapter("manager", "reintegration")
    p.enters("manager", "Put money in", kind="wage", currency="EUR", amount="300.00", on=p.on(100))
    p.enters("manager", "Put money in", kind="deposit", currency="EUR", amount="50.75", on=p.on(90))
    p.says("manager", f"{HELD} 350.75 EUR.", f"{said(p.on(100))}: Wage, +300 EUR")
    p.enters("manager", "The person takes money out", kind="withdrawal", currency="EUR", amount="400", on=p.on(80),
             receipt="signed")  # fmt: skip
    p.says("manager", "More would be taken out than the person owns on one of these days.")
    p.fill("manager", amount="120.25")
    p.press("manager")
    p.says("manager", f"{HELD} 230.5 EUR.", "−120.25 EUR (the person signed a receipt)")
    p.enters("manager", "The person takes money out", kind="paid_out", currency="EUR", amount="10", on=p.on(0),
             receipt="signed")  # fmt: skip
    p.says("manager", "The stay goes on: it is held until then.")


def the_small_grant(p: Path) -> None:
    manager = p.teller.who("manager")
    programme = reintegration.programme(manager, "micro_grant", name="Lasta")
    p.chapter("manager", "reintegration")
    begins = {"programme": programme.pk, "fits_profile": "yes"}
    p.enters("manager", "The person begins in a programme", **begins, on=p.on(60))
    p.says("manager", "The person had agreed to no plan on that day.")
    p.open("manager", "casework:need_new", p.code)
    p.fill("manager", kind="shelter")
    p.press("manager")
    p.chapter("manager", "reintegration")
    p.enters("manager", "Draw up a version with the person", condition="Well", family="A sister", education="School",
             skills="Sews", wishes="A shop", therapy="no", on=p.on(0))  # fmt: skip
    p.enters("manager", "The person decides", agreed="yes", on=p.on(0))
    p.enters("manager", "The person begins in a programme", **begins, on=p.on(0))
    p.says("manager", "Lasta Selected", "No psychosocial help runs beside it.")
    for step in ("trained", "plan_made", "funded", "started"):
        p.enters("manager", "The next step", step=step, on=p.on(0))
    today = said(p.on(0))
    p.says("manager", "Lasta Started Small grant for a business of one's own.", f"Selected: {today} Trained: {today}"
           f" Plan made: {today} Funded: {today} Started: {today}")  # fmt: skip
    p.fits("manager")


def they_leave_with_what_is_theirs(p: Path) -> None:
    p.chapter("manager", "shelter")
    p.enters("manager", "Record the exit plan", to="rented", on=p.on(0), words="A room above the shop.")
    p.enters("manager", "The stay ended", reason="independent", on=p.on(0))
    p.says("manager", "House Lipa Independent life", f"Exit plan of {said(p.on(0))}: Rented or own home.")
    p.open("manager", "casework:case", p.code)
    p.says("manager", "Pay the savings out, or hand them over as the person wishes (EUR)")
    p.fits("manager")
    p.chapter("manager", "reintegration")
    p.enters("manager", "The person takes money out", kind="paid_out", currency="EUR", amount="230.50", on=p.on(0),
             receipt="signed")  # fmt: skip
    p.says("manager", "Savings in Euro nothing is held", f"{HELD} 0 EUR.", "Paid out at the end of the stay")
    assert "Pay the savings out" not in p.open("manager", "casework:case", p.code)

"""LB-02: labour inspectors, unions, employers and migrant organisations are partners with mandates in identification
and prevention."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from fener.network.models import Mandate, Organisation
from fener.network.selectors import partners as selectors
from fener.network.services import end_mandate, give_mandate
from fener.norms.duties import duties
from fener.trust.actor import Actor
from fener.trust.roles import Role
from tests.factories.network import BodyFactory, Mechanism
from tests.factories.network_map import FIRST_DAY, co_ordinator


@pytest.fixture
def reads(mechanism: Mechanism) -> Actor:
    return co_ordinator(mechanism)


def lacks(actor: Actor) -> dict[str, tuple[str, ...]]:
    return {row.partner.code: row.lacks for row in selectors.partners(actor)}


def test_lb_02_each_of_the_four_has_a_sector_and_the_functions_of_its_mandate() -> None:
    known = duties()
    assert {partner.code for partner in known.partners} == {"labour_inspection", "unions", "employers", "migrants"}
    assert {sector for partner in known.partners for sector in partner.sectors} <= set(Organisation.Sector.values)
    for functions in known.partner_functions.values():
        assert set(functions) <= set(Mandate.Function.values)


def test_lb_02_every_sector_of_the_network_is_in_the_pack() -> None:
    assert set(Organisation.Sector.values) == duties().sectors


@pytest.mark.parametrize(
    ("sector", "code"),
    [
        ("labour_inspection", "labour_inspection"),
        ("union", "unions"),
        ("employers", "employers"),
        ("migrants", "migrants"),
    ],
)
def test_lb_02_a_partner_is_missing_then_without_mandate_then_complete(
    mechanism: Mechanism, reads: Actor, today: date, sector: str, code: str
) -> None:
    assert lacks(reads)[code] == ("missing",)
    body, runs = BodyFactory(sector=sector, short_name="P"), mechanism.co_ordination.actor(Role.SYSTEM_ADMIN)
    assert lacks(reads)[code] == ("identification", "prevention")
    for function in ("refer", "prevent"):
        given = give_mandate(
            actor=runs, organisation=body.organisation, function=function, legal_basis="Act 9", since=FIRST_DAY
        )
    assert lacks(reads)[code] == ()
    end_mandate(actor=runs, mandate=given, until=date(2026, 2, 1))
    assert lacks(reads)[code] == ("prevention",)


def test_lb_02_a_stage_at_which_a_partner_has_no_duty_is_told_by_the_standard(
    mechanism: Mechanism, reads: Actor, signed_in: Callable[..., Client]
) -> None:
    page = signed_in(reads).get("/map/duties/").content.decode()
    assert "Identification: by the standard these take part, and none has a duty: labour inspection." in page
    assert "trade union" in page


def test_lb_02_the_report_says_who_is_missing(reads: Actor, signed_in: Callable[..., Client]) -> None:
    page = signed_in(reads).get("/map/partners/").content.decode()
    for partner in ("Labour inspectors", "Trade unions", "Employers", "Migrant organisations"):
        assert f"{partner}: none is a partner of the mechanism." in page

"""BO-10: the state answers for the mechanism at national and local level and acts by itself, and work left to NGOs or
international bodies alone is reported."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from fener.network.selectors import coverage as selectors
from fener.network.selectors import duties as duty_selectors
from fener.network.services import coverage as services
from fener.norms.duties import Entry, duties, findings
from fener.trust.actor import Actor
from tests.factories.network import BodyFactory, Mechanism
from tests.factories.network_map import FIRST_DAY, co_ordinator, duty


@pytest.fixture
def writes(mechanism: Mechanism) -> Actor:
    return co_ordinator(mechanism)


def test_bo_10_a_stage_left_to_others_alone_is_reported(mechanism: Mechanism, writes: Actor) -> None:
    international = BodyFactory(sector="international", short_name="World Body")
    duty(writes, mechanism.ngo, "legal_help")
    duty(writes, international, "legal_help", "responsible")
    found = duty_selectors.matrix(writes)
    told = [one for one in found.findings if one.code == "no_state"]
    assert [one.stage for one in told] == ["legal_help"]
    assert {body.short_name for body in found.names(told[0])} == {"Lighthouse", "World Body"}
    duty(writes, mechanism.decider, "legal_help", "responsible")
    assert not [one for one in duty_selectors.matrix(writes).findings if one.code == "no_state"]


def test_bo_10_being_told_or_asked_is_not_acting(mechanism: Mechanism, writes: Actor) -> None:
    duty(writes, mechanism.ngo, "legal_help")
    duty(writes, mechanism.decider, "legal_help", "informed")
    duty(writes, mechanism.police, "legal_help", "consulted")
    assert [one.stage for one in duty_selectors.matrix(writes).findings if one.code == "no_state"] == ["legal_help"]


def test_bo_10_the_report_counts_the_state_nationally_and_locally_and_names_what_is_left_to_others(
    mechanism: Mechanism, writes: Actor, signed_in: Callable[..., Client], today: date
) -> None:
    def at_work(sector: str, level: str, body: object) -> None:
        services.record_coverage(
            actor=writes, sector=sector, level=level, organisation=body.organisation, source="S", since=FIRST_DAY
        )  # type: ignore[attr-defined]

    at_work("housing", "national", mechanism.shelter)
    at_work("health", "municipal", mechanism.health)
    at_work("prosecution", "national", mechanism.police)
    at_work("prosecution", "national", mechanism.ngo)
    found = selectors.state_at_work(selectors.coverage(writes))
    assert (found.national, found.local) == (1, 1)
    assert [(sector, level) for sector, level, _bodies in found.alone] == [("housing", "national")]
    page = signed_in(writes).get("/map/partners/").content.decode()
    assert "left to Harbour House alone" in page
    assert "1 of 12 sectors nationally, and in 1 of 12 locally" in page


def test_bo_10_a_mechanism_without_the_state_in_any_municipality_is_told(
    mechanism: Mechanism, writes: Actor, signed_in: Callable[..., Client]
) -> None:
    assert "The state is at work in no municipality" in signed_in(writes).get("/map/partners/").content.decode()


SECTORS = sorted(duties().sectors)


@given(st.lists(st.sampled_from(SECTORS), min_size=1, max_size=5))
def test_bo_10_whoever_works_at_a_stage_it_is_reported_exactly_when_the_state_does_not(sectors: list[str]) -> None:
    rows = [Entry("legal_help", place, sector, "responsible") for place, sector in enumerate(sectors)]
    told = [one for one in findings(rows) if one.code == "no_state"]
    assert bool(told) == (not set(sectors) & duties().state)

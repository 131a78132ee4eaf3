"""BO-08: services beyond trafficking too are mapped by sector, level and place, an empty cell is a gap, and shelters
far from where the risk is are shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from fener.network.models import Area, ContactPoint, MappedService
from fener.network.selectors import coverage as selectors
from fener.network.services import coverage as services
from fener.norms.coverage import Place, kilometres, nearest_shelter, net
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput, Refused
from fener.trust.roles import Role
from tests.factories.network import Mechanism
from tests.factories.network_map import FIRST_DAY, co_ordinator

SOURCE = "Situation analysis, page 4"


@pytest.fixture
def writes(mechanism: Mechanism) -> Actor:
    return co_ordinator(mechanism)


@pytest.fixture
def areas(writes: Actor) -> dict[str, Area]:
    """Three in a row: north, middle, south."""
    north = services.record_area(actor=writes, code="N", name="North")
    middle = services.record_area(actor=writes, code="M", name="Middle", neighbours=[north])
    return {
        "N": north,
        "M": middle,
        "S": services.record_area(actor=writes, code="S", name="South", neighbours=[middle]),
    }


def mapped(writes: Actor, kind: str, area: Area | None, **more: Any) -> MappedService:
    fields = {
        "name": "Quiet House", "provider": "Women's Centre", "provider_sector": "ngo",
        "level": "regional" if area else "national", "source": SOURCE, **more,
    }  # fmt: skip
    return services.map_service(actor=writes, kind=kind, area=area, since=FIRST_DAY, **fields)


def gaps(writes: Actor) -> set[tuple[str, str]]:
    return {(kind.code, area.code) for kind, area in selectors.service_map(writes).gaps}


def test_bo_08_an_empty_cell_is_a_gap_and_a_service_of_any_field_fills_it(
    writes: Actor, areas: dict[str, Area]
) -> None:
    kinds = {kind.code for kind in net().services}
    assert gaps(writes) == {(kind, area) for kind in kinds for area in areas}
    mapped(writes, "violence_shelter", areas["N"])
    assert ("violence_shelter", "N") not in gaps(writes)
    assert ("violence_shelter", "M") in gaps(writes)
    mapped(writes, "social_aid", None)
    assert not {area for kind, area in gaps(writes) if kind == "social_aid"}


def test_bo_08_domestic_violence_poverty_and_children_are_on_the_map() -> None:
    assert {"domestic_violence", "poverty", "children"} <= {kind.group for kind in net().services}


def test_bo_08_the_directory_counts_where_its_body_works(
    mechanism: Mechanism, writes: Actor, areas: dict[str, Area]
) -> None:
    mechanism.shelter.service("shelter")
    assert [one.name for one in selectors.service_map(writes).unplaced] == ["shelter of Harbour House"]
    services.place_body(actor=writes, organisation=mechanism.shelter.organisation, level="local", area=areas["M"])
    assert ("trafficking_shelter", "M") not in gaps(writes)


def test_bo_08_what_a_municipality_has_its_region_has(writes: Actor, areas: dict[str, Area]) -> None:
    town = services.record_area(actor=writes, code="N1", name="Town", level="local", parent=areas["N"])
    mapped(writes, "day_centre", town, level="local")
    assert ("day_centre", "N") not in gaps(writes)


def test_bo_08_a_shelter_is_near_in_the_same_or_a_neighbouring_area_and_far_beyond(
    writes: Actor, areas: dict[str, Area]
) -> None:
    for code in areas:
        services.record_risk(actor=writes, area=areas[code], kind="recruitment", source=SOURCE, since=FIRST_DAY)
    assert {one.risk.area.code for one in selectors.service_map(writes).far} == {"N", "M", "S"}
    mapped(writes, "violence_shelter", areas["N"])
    assert {one.risk.area.code for one in selectors.service_map(writes).far} == {"S"}


def test_bo_08_with_coordinates_the_distance_is_told_in_kilometres(writes: Actor, areas: dict[str, Area]) -> None:
    for code, latitude in (("N", "46.0"), ("S", "43.0")):
        area = areas[code]
        services.record_area(
            actor=writes, area=area, code=code, name=area.name, neighbours=area.neighbours.all(),
            latitude=Decimal(latitude), longitude=Decimal("20.0"),
        )  # fmt: skip
    mapped(writes, "violence_shelter", areas["N"])
    services.record_risk(actor=writes, area=areas["S"], kind="recruitment", source=SOURCE, since=FIRST_DAY)
    (far,) = selectors.service_map(writes).far
    assert far.nearest.km == pytest.approx(333.6, abs=1)


def test_bo_08_the_net_of_sectors_and_levels_says_where_nobody_is_at_work(
    mechanism: Mechanism, writes: Actor, today: date
) -> None:
    before = selectors.coverage(writes)
    assert ("housing", "municipal") in before.gaps
    services.record_coverage(
        actor=writes, sector="housing", level="municipal", organisation=mechanism.shelter.organisation, source=SOURCE,
        since=FIRST_DAY,
    )  # fmt: skip
    assert set(before.gaps) - set(selectors.coverage(writes).gaps) == {("housing", "municipal")}
    mechanism.shelter.organisation.active_until = date(2026, 2, 1)
    mechanism.shelter.organisation.save()
    assert ("housing", "municipal") in selectors.coverage(writes).gaps


def test_bo_08_no_table_of_the_map_has_a_place_for_an_address() -> None:
    for model in (Area, MappedService, ContactPoint):
        assert not {
            field.name for field in model._meta.get_fields() if "address" in field.name or "street" in field.name
        }


def test_bo_08_every_figure_and_cell_of_the_drawing_stands_in_the_table_too(
    writes: Actor, areas: dict[str, Area], signed_in: Callable[..., Client]
) -> None:
    mapped(writes, "violence_shelter", areas["N"])
    page = signed_in(writes).get("/map/services/").content.decode()
    assert page.count("fener-grid__cell--gap") == page.count("<span>gap</span>") == len(gaps(writes))
    assert "<figcaption" in page


def test_bo_08_only_the_co_ordinator_writes_and_below_the_nation_a_place_is_asked(
    mechanism: Mechanism, writes: Actor, areas: dict[str, Area]
) -> None:
    with pytest.raises(Refused):
        mapped(mechanism.ngo.actor(Role.ORGANISATION_ADMIN), "day_centre", areas["N"])
    with pytest.raises(InvalidInput) as wrong:
        mapped(writes, "day_centre", None, level="local")
    assert "area" in wrong.value.errors


points = st.tuples(st.floats(-80, 80), st.floats(-170, 170))
places = st.builds(Place, st.sampled_from("abcdef"), st.frozensets(st.sampled_from("abcdef")), st.none() | points)


@given(places, st.lists(places, max_size=5), places)
def test_bo_08_one_more_shelter_never_makes_a_risk_far(risk: Place, shelters: list[Place], more: Place) -> None:
    if not nearest_shelter(risk, shelters).far:
        assert not nearest_shelter(risk, [*shelters, more]).far


@given(points, points)
def test_bo_08_a_distance_is_the_same_both_ways_and_never_more_than_half_round_the_earth(
    one: tuple[float, float], other: tuple[float, float]
) -> None:
    assert kilometres(one, other) == pytest.approx(kilometres(other, one))
    assert 0 <= kilometres(one, other) <= 20016

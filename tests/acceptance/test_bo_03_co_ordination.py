"""BO-03: a co-ordinator of ministerial rank with power and full-time staff, a multidisciplinary working group with a
child sub-group led by child specialists, and a focal point for cases; a vacancy is flagged."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from fener.network.models import CoordinationPost
from fener.network.selectors import coordination as selectors
from fener.network.services import coordination as services
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput, Refused
from fener.trust.roles import Role
from tests.factories.network import Mechanism
from tests.factories.network_map import FIRST_DAY, co_ordinator

WHOLE: dict[str, dict[str, Any]] = {
    "national_coordinator": {"rank": "minister", "full_time_staff": 3, "powers": "Convenes every ministry."},
    "working_group": {},
    "child_sub_group": {"led_by_child_specialist": True},
    "focal_point": {},
}


@pytest.fixture
def writes(mechanism: Mechanism) -> Actor:
    return co_ordinator(mechanism)


def build(mechanism: Mechanism, writes: Actor, today: date, **changes: dict[str, Any]) -> None:
    """The whole structure as the standard asks for it, but for ``changes`` by kind."""
    made: dict[str, Any] = {}
    members = [body.organisation for body in (mechanism.ngo, mechanism.police, mechanism.decider, mechanism.health)]
    for kind, fields in WHOLE.items():
        more: dict[str, Any] = {"members": members} if kind == "working_group" else {}
        if kind == "child_sub_group":
            more["parent"] = made["working_group"]
        made[kind] = services.record_body(
            actor=writes, kind=kind, name=kind, since=FIRST_DAY, **{**fields, **more, **changes.get(kind, {})}
        )
        services.record_post(actor=writes, body=made[kind], title="Head", office="Ministry of Work", since=FIRST_DAY)
    services.record_meeting(actor=writes, body=made["working_group"], held_on=today - timedelta(days=30))


def lacks(writes: Actor) -> set[tuple[str, str]]:
    return {(one.kind, one.code) for one in selectors.co_ordination(writes).lacks}


def test_bo_03_an_empty_structure_lacks_each_of_the_four(writes: Actor) -> None:
    assert lacks(writes) == {(kind, "missing") for kind in WHOLE}


def test_bo_03_the_whole_structure_lacks_nothing(mechanism: Mechanism, writes: Actor, today: date) -> None:
    build(mechanism, writes, today)
    assert lacks(writes) == set()


@pytest.mark.parametrize(
    ("kind", "change", "told"),
    [
        ("national_coordinator", {"rank": "director"}, "rank"),
        ("national_coordinator", {"full_time_staff": 0}, "full_time"),
        ("national_coordinator", {"full_time_staff": None}, "full_time"),
        ("national_coordinator", {"powers": ""}, "powers"),
        ("working_group", {"members": []}, "multidisciplinary"),
        ("child_sub_group", {"led_by_child_specialist": None}, "child_specialist"),
        ("child_sub_group", {"parent": None}, "part_of_group"),
    ],
)
def test_bo_03_what_the_standard_asks_and_is_not_there_is_told(
    mechanism: Mechanism, writes: Actor, today: date, kind: str, change: dict[str, Any], told: str
) -> None:
    build(mechanism, writes, today, **{kind: change})
    assert lacks(writes) == {(kind, told)}


def test_bo_03_a_vacancy_is_flagged_from_the_day_it_is_recorded(
    mechanism: Mechanism, writes: Actor, today: date
) -> None:
    build(mechanism, writes, today)
    post = CoordinationPost.objects.get(body__kind="focal_point")
    services.change_post(actor=writes, post=post, office="", full_time=False, vacant_since=today)
    assert lacks(writes) == {("focal_point", "vacant")}
    services.change_post(actor=writes, post=post, office="Centre", full_time=True, vacant_since=None)
    assert lacks(writes) == set()


def test_bo_03_a_group_that_has_not_met_for_long_is_told(mechanism: Mechanism, writes: Actor, today: date) -> None:
    build(mechanism, writes, today)
    assert {one.code for one in selectors.co_ordination(writes, today + timedelta(days=100)).lacks} == {"not_met"}


def test_bo_03_only_the_co_ordinator_writes_it(mechanism: Mechanism, writes: Actor) -> None:
    with pytest.raises(Refused):
        services.record_body(
            actor=mechanism.ngo.actor(Role.ORGANISATION_ADMIN), kind="focal_point", name="F", since=FIRST_DAY
        )
    with pytest.raises(InvalidInput):
        services.record_body(actor=writes, kind="unknown", name="F", since=FIRST_DAY)

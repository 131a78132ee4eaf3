"""The policy as a predicate: deny by default, rows only add, an unknown act is a mistake and not a refusal."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from uuid import uuid4

import pytest

from fener.trust import policy
from fener.trust.actor import ANONYMOUS, SYSTEM, Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import Refused
from fener.trust.policy import Relationship, Row, UnknownAct, decide, require
from fener.trust.purposes import Purpose
from fener.trust.roles import Role

OPEN_CONTACT = Row("file.open", {Role.CASE_MANAGER}, {Relationship.ASSIGNED}, {Compartment.CONTACT})
ROWS = [
    OPEN_CONTACT,
    Row("file.open", {Role.HEALTH_WORKER}, {Relationship.ASSIGNED}, {Compartment.HEALTH}),
    Row("file.list", {Role.CASE_MANAGER}, {Relationship.SAME_ORGANISATION}),
    Row("file.share", {Role.CASE_MANAGER}, {Relationship.ASSIGNED}, purposes={Purpose.SHARE_SERVICE}),
    Row("clock.tick", set(), set(), job=True),
]


@pytest.fixture(autouse=True)
def table(monkeypatch: pytest.MonkeyPatch, settings: pytest.FixtureRequest) -> Iterator[None]:
    room = ModuleType("invented_room.policies")
    room.ROWS = ROWS  # type: ignore[attr-defined]
    monkeypatch.setitem(__import__("sys").modules, "invented_room", ModuleType("invented_room"))
    monkeypatch.setitem(__import__("sys").modules, "invented_room.policies", room)
    settings.FENER_ROOMS = ["invented_room", "room_without_policies"]  # type: ignore[attr-defined]
    monkeypatch.setitem(__import__("sys").modules, "room_without_policies", ModuleType("room_without_policies"))
    policy.reset()
    yield
    policy.reset()


def actor(*roles: Role) -> Actor:
    return Actor(user_id=uuid4(), keeper_id=uuid4(), roles=frozenset(roles))


MANAGER = actor(Role.CASE_MANAGER)


def test_what_no_row_names_is_refused() -> None:
    assert not decide(MANAGER, "file.open", Relationship.NONE, compartment=Compartment.CONTACT)
    assert not decide(MANAGER, "file.open", Relationship.ASSIGNED, compartment=Compartment.IDENTITY)
    assert not decide(actor(Role.SHELTER_WORKER), "file.list", Relationship.SAME_ORGANISATION)
    assert not decide(ANONYMOUS, "file.list", Relationship.SAME_ORGANISATION)
    assert not decide(actor(), "file.list", Relationship.SAME_ORGANISATION)


def test_what_a_row_names_is_allowed() -> None:
    decision = decide(MANAGER, "file.open", Relationship.ASSIGNED, compartment="contact")
    assert decision.allowed
    assert decision.row is OPEN_CONTACT


def test_an_unknown_act_raises_even_for_somebody_without_roles() -> None:
    with pytest.raises(UnknownAct):
        decide(ANONYMOUS, "file.opne", Relationship.NONE)


def test_an_act_on_a_compartment_needs_a_row_that_names_it_and_conversely() -> None:
    assert not decide(MANAGER, "file.list", Relationship.SAME_ORGANISATION, compartment=Compartment.CONTACT)
    assert not decide(MANAGER, "file.open", Relationship.ASSIGNED)


def test_roles_only_add() -> None:
    for act, relationship, compartment in (
        ("file.open", Relationship.ASSIGNED, Compartment.CONTACT),
        ("file.list", Relationship.SAME_ORGANISATION, None),
    ):
        for more in Role:
            both = actor(Role.CASE_MANAGER, more)
            assert decide(both, act, relationship, compartment=compartment)


def test_one_role_does_not_lend_its_relationship_to_another() -> None:
    both = actor(Role.CASE_MANAGER, Role.HEALTH_WORKER)
    assert decide(both, "file.open", Relationship.ASSIGNED, compartment=Compartment.HEALTH)
    assert not decide(both, "file.open", Relationship.SAME_ORGANISATION, compartment=Compartment.HEALTH)


def test_a_row_for_one_purpose_opens_no_other_and_none_at_all_is_no_purpose() -> None:
    assert decide(MANAGER, "file.share", Relationship.ASSIGNED, purpose=Purpose.SHARE_SERVICE)
    assert not decide(MANAGER, "file.share", Relationship.ASSIGNED, purpose=Purpose.SHARE_POLICE)
    assert not decide(MANAGER, "file.share", Relationship.ASSIGNED)


def test_a_job_does_only_what_is_marked_for_jobs() -> None:
    assert decide(SYSTEM, "clock.tick", Relationship.NONE)
    assert not decide(SYSTEM, "file.list", Relationship.SAME_ORGANISATION)
    assert not decide(MANAGER, "clock.tick", Relationship.NODE)
    assert not decide(SYSTEM, "clock.tick", Relationship.NONE, compartment=Compartment.IDENTITY)


def test_a_refusal_says_why_and_a_refused_read_is_hidden() -> None:
    with pytest.raises(Refused) as refused:
        require(MANAGER, "file.list", Relationship.NONE)
    assert refused.value.hidden
    assert "not assigned" in str(refused.value)
    with pytest.raises(Refused) as refused:
        require(actor(Role.LAWYER), "file.share", Relationship.ASSIGNED)
    assert not refused.value.hidden
    assert "role" in str(refused.value)


def test_what_is_no_business_of_the_actor_is_hidden_whatever_the_act() -> None:
    with pytest.raises(Refused) as refused:
        require(MANAGER, "file.share", Relationship.NONE, purpose=Purpose.SHARE_SERVICE)
    assert refused.value.hidden


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: Row("open", {Role.LAWYER}, {Relationship.OWN}), "noun.verb"),
        (lambda: Row("f.open", {Role.AUDITOR}, {Relationship.NODE}, {Compartment.LEGAL}), "may open no compartment"),
        (lambda: Row("f.open", {Role.SYSTEM_ADMIN}, {Relationship.NODE}, {Compartment.LEGAL}), "no compartment"),
        (lambda: Row("f.open", set(), set(), {Compartment.LEGAL}, job=True), "no keys"),
        (lambda: Row("f.open", {Role.LAWYER}, {Relationship.ASSIGNED}, {Compartment.HEALTH}), "own role"),
    ],
)
def test_a_row_that_must_not_exist_cannot_be_written(make: object, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        make()  # type: ignore[operator]


def test_expanding_gives_every_combination_once() -> None:
    cells = list(policy.expand())
    acts = {"file.open", "file.list", "file.share", "clock.tick"}
    assert len(cells) == len(acts) * len(Role) * len(Relationship) * (len(Compartment) + 1)
    assert len({(c.act, c.role, c.relationship, c.compartment) for c in cells}) == len(cells)
    assert [(c.act, c.role) for c in cells if c.allowed] == [
        ("file.list", Role.CASE_MANAGER),
        ("file.open", Role.CASE_MANAGER),
        ("file.open", Role.HEALTH_WORKER),
        ("file.share", Role.CASE_MANAGER),
    ]


@pytest.mark.parametrize(
    ("act", "compartment", "reads"),
    [
        ("case.read", False, True),
        ("board.read", False, True),
        ("intake.contact.open", True, True),
        ("case.open", False, False),
        ("intake.open_case", False, False),
        ("compartment.save", True, False),
    ],
)
def test_an_act_reads_if_its_last_word_says_so(act: str, compartment: bool, reads: bool) -> None:
    assert policy.is_reading(act, compartment=compartment) is reads

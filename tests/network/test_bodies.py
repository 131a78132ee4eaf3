"""Mandates, desks and services: by whoever runs the node, and desks and services by the body itself."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from fener.network import mandates, selectors, services
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput, Refused
from fener.trust.roles import Role
from tests.factories.network import Body, Mechanism


@pytest.fixture
def runs(mechanism: Mechanism) -> Actor:
    return mechanism.co_ordination.actor(Role.SYSTEM_ADMIN)


@pytest.fixture
def looks_after(ngo: Body) -> Actor:
    return ngo.actor(Role.ORGANISATION_ADMIN)


def test_a_mandate_that_ended_gives_no_function_from_the_day_after(runs: Actor, ngo: Body, today: date) -> None:
    given = services.give_mandate(
        actor=runs, organisation=ngo.organisation, function="identify", legal_basis="Act 5", since=today
    )
    services.end_mandate(actor=runs, mandate=given, until=today)
    on = {"organisation_id": ngo.organisation.pk, "function": "identify"}
    assert mandates.has_function(**on, on=today)
    assert mandates.has_function(**on, on=today + timedelta(days=1)) is None


def test_a_mandate_does_not_end_before_it_began(runs: Actor, ngo: Body, today: date) -> None:
    given = services.give_mandate(
        actor=runs, organisation=ngo.organisation, function="identify", legal_basis="Act 5", since=today
    )
    with pytest.raises(InvalidInput) as refused:
        services.end_mandate(actor=runs, mandate=given, until=today - timedelta(days=1))
    assert "until" in refused.value.errors


def test_no_body_gives_itself_a_mandate(looks_after: Actor, ngo: Body, today: date) -> None:
    with pytest.raises(Refused):
        services.give_mandate(
            actor=looks_after, organisation=ngo.organisation, function="decide_status", legal_basis="x", since=today
        )
    with pytest.raises(Refused):
        services.end_mandate(actor=looks_after, mandate=ngo.organisation.mandates.first(), until=today)


def test_a_body_keeps_its_own_desks_and_services_and_touches_no_other(
    looks_after: Actor, ngo: Body, mechanism: Mechanism
) -> None:
    desk = services.create_desk(actor=looks_after, organisation=ngo.organisation, name="D", receives=["service"])
    made = services.create_service(actor=looks_after, desk=desk, kind="shelter", name="Places", capacity=4)
    assert services.change_service(actor=looks_after, service=made, capacity=2).capacity == 2
    with pytest.raises(Refused):
        services.change_service(actor=looks_after, service=mechanism.shelter.service(), capacity=100)
    with pytest.raises(Refused):
        services.change_desk(
            actor=looks_after,
            desk=mechanism.shelter.desk(),
            name="x",
            receives=["service"],
            escalates_to=desk,
            is_open=True,
        )


def test_what_goes_on_does_not_go_round_in_a_circle(looks_after: Actor, ngo: Body) -> None:
    first = services.create_desk(actor=looks_after, organisation=ngo.organisation, name="1", receives=["service"])
    second = services.create_desk(
        actor=looks_after, organisation=ngo.organisation, name="2", receives=["service"], escalates_to=first
    )
    with pytest.raises(InvalidInput) as refused:
        services.change_desk(
            actor=looks_after, desk=first, name="1", receives=["service"], escalates_to=second, is_open=True
        )
    assert "circle" in str(refused.value.errors["escalates_to"])


def test_a_closed_desk_and_an_ended_service_are_offered_to_nobody(looks_after: Actor, ngo: Body) -> None:
    service = ngo.service("shelter", capacity=4)
    assert service in selectors.services(looks_after, kind="shelter")
    services.change_service(actor=looks_after, service=service, active=False)
    assert service not in selectors.services(looks_after, kind="shelter")
    desk = service.desk
    services.change_desk(
        actor=looks_after, desk=desk, name=desk.name, receives=["service"], escalates_to=None, is_open=False
    )
    assert desk not in selectors.desks(looks_after)
    assert desk in selectors.all_desks(looks_after, ngo.organisation)


@pytest.mark.parametrize(
    ("limits", "field"),
    [({"kind": "no-such-kind"}, "kind"), ({"min_age": 20, "max_age": 10}, "max_age"), ({"name": ""}, "name")],
)
def test_a_service_that_cannot_be_is_told_beside_its_field(
    looks_after: Actor, ngo: Body, limits: dict[str, object], field: str
) -> None:
    told = {"kind": "shelter", "name": "Places", **limits}
    with pytest.raises(InvalidInput) as refused:
        services.create_service(actor=looks_after, desk=ngo.desk(), **told)
    assert field in refused.value.errors


def test_a_desk_that_receives_nothing_is_no_desk(looks_after: Actor, ngo: Body) -> None:
    for receives in ([], ["post"]):
        with pytest.raises(InvalidInput) as refused:
            services.create_desk(actor=looks_after, organisation=ngo.organisation, name="D", receives=receives)
        assert "receives" in refused.value.errors

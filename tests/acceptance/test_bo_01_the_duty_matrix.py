"""BO-01: the duty matrix gives each agency's duties at each stage with exactly one accountable, and reports gaps,
competing doubles and operational stages held by one sector alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fener.network.selectors import duties as selectors
from fener.network.services import duties as services
from fener.network.services import succession
from fener.norms.duties import ACCOUNTABLE, Entry, duties, findings
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput, Refused
from fener.trust.roles import Role
from tests.factories.network import Mechanism
from tests.factories.network_map import co_ordinator, drafted, duty, in_force


@pytest.fixture
def writes(mechanism: Mechanism) -> Actor:
    return co_ordinator(mechanism)


def codes(actor: Actor, stage: str, on: date | None = None) -> set[str]:
    found = selectors.matrix(actor, on)
    return {one.code for one in found.findings if one.stage == stage}


def test_bo_01_a_stage_without_an_accountable_body_is_a_gap(mechanism: Mechanism, writes: Actor) -> None:
    assert "no_accountable" in codes(writes, "identification")
    duty(writes, mechanism.decider, role="responsible")
    assert "no_accountable" in codes(writes, "identification")
    duty(writes, mechanism.decider)
    assert "no_accountable" not in codes(writes, "identification")


def test_bo_01_two_accountable_bodies_are_a_competing_double(mechanism: Mechanism, writes: Actor) -> None:
    duty(writes, mechanism.decider)
    duty(writes, mechanism.police)
    found = selectors.matrix(writes)
    double = next(one for one in found.findings if one.code == "two_accountable")
    assert {body.short_name for body in found.names(double)} == {"Centre", "Police"}


def test_bo_01_an_operational_stage_of_one_sector_is_told_and_co_ordination_is_not(
    mechanism: Mechanism, writes: Actor
) -> None:
    duty(writes, mechanism.police)
    duty(writes, mechanism.co_ordination, "co_ordination")
    assert "one_sector" in codes(writes, "identification")
    assert "one_sector" not in codes(writes, "co_ordination")
    duty(writes, mechanism.ngo, role="responsible")
    assert "one_sector" not in codes(writes, "identification")


def test_bo_01_a_duty_without_law_or_agreement_is_told(mechanism: Mechanism, writes: Actor) -> None:
    duty(writes, mechanism.decider, legal_basis="")
    assert "no_basis" in codes(writes, "identification")


def test_bo_01_a_duty_of_an_agreement_counts_only_while_it_binds(
    mechanism: Mechanism, writes: Actor, today: date
) -> None:
    bodies = (mechanism.decider, mechanism.police)
    draft = drafted(writes, *bodies)
    duty(writes, mechanism.decider, agreement=draft)
    assert {"no_accountable", "not_in_force"} <= codes(writes, "identification")
    in_force(writes, draft, bodies)
    assert not {"no_accountable", "not_in_force"} & codes(writes, "identification")


def test_bo_01_a_body_that_ended_holds_no_duty(mechanism: Mechanism, writes: Actor, today: date) -> None:
    duty(writes, mechanism.decider)
    mechanism.decider.organisation.active_until = today - timedelta(days=1)
    mechanism.decider.organisation.save()
    assert {"not_active", "no_accountable"} <= codes(writes, "identification")


def test_bo_01_the_matrix_of_an_earlier_day_stays_readable(mechanism: Mechanism, writes: Actor, today: date) -> None:
    held = duty(writes, mechanism.decider)
    services.end_duty(actor=writes, duty=held, until=today - timedelta(days=10))
    assert "no_accountable" in codes(writes, "identification")
    assert "no_accountable" not in codes(writes, "identification", today - timedelta(days=10))
    assert list(selectors.history(writes)) == [held]


def test_bo_01_only_the_co_ordinator_writes_the_matrix(mechanism: Mechanism, writes: Actor) -> None:
    for role in (Role.ORGANISATION_ADMIN, Role.CASE_MANAGER, Role.SYSTEM_ADMIN):
        with pytest.raises(Refused):
            duty(mechanism.ngo.actor(role), mechanism.ngo)
    with pytest.raises(InvalidInput) as wrong:
        duty(writes, mechanism.ngo, "no_such_stage")
    assert "stage" in wrong.value.errors


def test_bo_01_a_succession_leaves_a_gap_until_the_successor_confirms(
    mechanism: Mechanism, writes: Actor, today: date
) -> None:
    duty(writes, mechanism.social_work)
    succession.end_organisation(
        actor=writes, organisation=mechanism.social_work.organisation, last_day=today - timedelta(days=1),
        legal_basis="Decree", successor=mechanism.decider.organisation,
    )  # fmt: skip
    assert {"no_accountable", "not_in_force"} <= codes(writes, "identification")
    carried = selectors.duties_on(writes, today).get(stage="identification")
    services.confirm_duty(actor=mechanism.decider.actor(Role.ORGANISATION_ADMIN), duty=carried)
    assert "no_accountable" not in codes(writes, "identification")


STAGES = [stage.code for stage in duties().stages]
entries = st.lists(
    st.builds(
        Entry,
        stage=st.sampled_from(STAGES[:4]),
        body=st.integers(1, 4),
        sector=st.sampled_from(sorted(duties().sectors)),
        role=st.sampled_from([ACCOUNTABLE, "responsible", "consulted", "informed"]),
        active=st.booleans(),
        has_basis=st.booleans(),
        counts=st.booleans(),
    ),
    max_size=12,
)


@given(entries)
def test_bo_01_whatever_the_matrix_each_stage_has_one_accountable_or_a_finding(rows: list[Entry]) -> None:
    found = {(one.stage, one.code) for one in findings(rows)}
    for stage in STAGES:
        holding = {
            row.body for row in rows if row.stage == stage and row.role == ACCOUNTABLE and row.active and row.counts
        }
        assert ((stage, "no_accountable") in found) == (not holding)
        assert ((stage, "two_accountable") in found) == (len(holding) > 1)

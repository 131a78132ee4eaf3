"""The tables of states, whole: every pair of state and act either leads where the table says or is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from fener.casework.domain import referral_states, service_states, tables
from fener.casework.domain.machine import Machine, NotPossibleNow, Step
from fener.casework.models import Referral, ServiceRecord
from fener.trust.finding import gathered_map

ROOT = Path(__file__).resolve().parents[2]
PAIRS = [(m, state, act) for m in tables.machines() for state in m.states for act in m.acts]
ALLOWED = gathered_map("tests.casework.states", "ALLOWED")


@pytest.mark.parametrize(("machine", "state", "act"), PAIRS, ids=lambda value: getattr(value, "name", value))
def test_each_pair_leads_where_the_table_says_or_is_refused(machine: Machine, state: str, act: str) -> None:
    expected = {line.rsplit(" ", 1)[0]: line.rsplit(" ", 1)[1] for line in ALLOWED[machine.name]}
    if f"{state} {act}" in expected:
        assert machine.step(state, act).to == expected[f"{state} {act}"]
    else:
        with pytest.raises(NotPossibleNow):
            machine.step(state, act)


def test_the_tables_know_exactly_the_states_that_are_stored() -> None:
    assert set(service_states.SERVICE.states) == set(ServiceRecord.State.values)
    assert set(referral_states.REFERRAL.states) == set(Referral.State.values)


def test_nothing_is_delivered_without_the_persons_own_decision() -> None:
    machine = service_states.SERVICE
    assert machine.sources(service_states.DELIVER) == ("accepted",)
    into_accepted = [step for step in machine.steps.values() if step.to == "accepted"]
    assert into_accepted
    assert all(step.own_decision for step in into_accepted)


def test_nothing_is_disclosed_without_a_living_consent() -> None:
    into_accepted = [s for (state, _act), s in referral_states.REFERRAL.steps.items() if s.to == "accepted" != state]
    assert [step.consent for step in into_accepted] == [True]


def test_a_table_that_names_something_unknown_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown"):
        Machine("x", "X", "a", ("a",), ("go",), {("a", "go"): Step("b")})


def test_the_page_about_state_machines_is_as_new_as_the_tables() -> None:
    page = (ROOT / "docs" / "state-machines.md").read_text(encoding="utf-8")
    assert page == tables.document(), "run: python -m fener.casework.domain.tables > docs/state-machines.md"

"""The access table answered a second time, by an engine that shares nothing with ours.

The reviewed lines of ``oracle`` become Cedar policies, one a line; Cedar denies by default and only ever adds.
Every question that our own table can be asked (each act, role, relationship and compartment) is asked of both.
"""

from __future__ import annotations

import json
from itertools import product

import cedarpy
import pytest

from fener.trust.policy import acts, expand
from tests.access import oracle

RELATED = "context.relationship"


def one_of(values: str, of: str) -> str:
    """A condition in Cedar; no value at all means that the question may name none."""
    return f"{json.dumps(values.split() or [''])}.contains({of})"


def policies() -> dict[str, str]:
    """The reviewed table in Cedar's language, by act."""
    found: dict[str, str] = {}
    for line in oracle.lines():
        conditions = " && ".join(
            one_of(line[column], of)
            for column, of in (
                ("roles", "context.role"),
                ("relationships", RELATED),
                ("compartments", "context.compartment"),
            )
        )
        act = line["act"]
        permit = f'permit(principal, action == Action::"{act}", resource) when {{ {conditions} }};'
        found[act] = f"{found.get(act, '')}\n{permit}"
    return found


def request(act: str, role: str, relationship: str, compartment: str) -> dict[str, object]:
    return {
        "principal": 'User::"somebody"',
        "action": f'Action::"{act}"',
        "resource": 'Thing::"something"',
        "context": {"role": role, "relationship": relationship, "compartment": compartment},
    }


# A batch takes a second for 10,000 questions; the acts are dealt out so that workers share them.
HANDS = 4


@pytest.mark.parametrize("hand", range(HANDS))
def test_another_engine_gives_each_answer_that_ours_gives(hand: int) -> None:
    table, mine = policies(), sorted(acts())[hand::HANDS]
    ours = {
        (cell.act, cell.role.value, cell.relationship.value, str(cell.compartment or "")): cell.allowed
        for cell in expand(only=mine)
    }
    assert any(ours.values())
    different = []
    for act in mine:
        asked = [key for key in ours if key[0] == act]
        answers = cedarpy.is_authorized_batch([request(*key) for key in asked], table.get(act, ""), [])
        different += [key for key, answer in zip(asked, answers, strict=True) if answer.allowed != ours[key]]
    assert different == []


def test_the_engine_would_notice_one_right_too_many() -> None:
    act, role = "case.read", "auditor"
    wider = (
        policies()[act]
        + f'\npermit(principal, action == Action::"{act}", resource) when {{ context.role == "{role}" }};'
    )
    for relationship, text in product(("assigned", "node"), (policies()[act], wider)):
        (answer,) = cedarpy.is_authorized_batch([request(act, role, relationship, "")], text, [])
        assert answer.allowed == (text is wider)

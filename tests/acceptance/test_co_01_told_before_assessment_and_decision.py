"""CO-01: before an assessment or a decision the person is told, in a language they understand; all of it is kept."""

from __future__ import annotations

from datetime import date

import pytest

from fener.casework.domain import told
from fener.casework.services import information
from fener.trust.actor import Actor
from fener.trust.errors import GateClosed, InvalidInput
from tests.factories.assessing import asked_to_decide, assess, decide
from tests.factories.casework import CaseFactory, told_everything
from tests.factories.network import Mechanism


def test_co_01_items_language_interpreter_and_date_are_kept(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager, information=told_everything(interpreter="M. Popescu"))
    row = case.information_given.get()
    assert set(row.items) == set(told.items())
    assert (row.language, row.interpreter, row.told_on) == ("sr", "M. Popescu", date(2026, 3, 2))
    assert row.pack_version == told.version()


def test_co_01_an_assessment_waits_until_everything_was_told(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager, information=told_everything(items=["procedure"]))
    with pytest.raises(GateClosed) as closed:
        assess(case_manager, case)
    assert [c.code for c in closed.value.result.missing] == ["information_told"]
    information.record_information(actor=case_manager, case=case, terms=told_everything())
    assert assess(case_manager, case)


def test_co_01_told_in_a_language_that_the_person_does_not_speak_is_not_told(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager, information=told_everything(language="en"))
    with pytest.raises(GateClosed) as closed:
        assess(case_manager, case)
    assert [c.code for c in closed.value.result.missing] == ["language_understood"]


def test_co_01_a_decision_waits_for_what_is_told_before_decisions(case_manager: Actor, mechanism: Mechanism) -> None:
    enough_to_assess = told.needed("assessment", child=False)
    case = CaseFactory(actor=case_manager, information=told_everything(items=enough_to_assess))
    assess(case_manager, case)
    decider = asked_to_decide(case_manager, case, mechanism.decider)
    with pytest.raises(GateClosed):
        decide(decider, case)
    information.record_information(actor=case_manager, case=case, terms=told_everything())
    assert decide(decider, case)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"items": ()}, "items"),
        ({"items": ["weather"]}, "items"),
        ({"language": ""}, "information_language"),
        ({"told_on": date(2026, 3, 3)}, "told_on"),
    ],
)
def test_co_01_a_telling_without_content_language_or_with_a_date_to_come_is_refused(
    case_manager: Actor, changes: dict[str, object], field: str
) -> None:
    case = CaseFactory(actor=case_manager)
    with pytest.raises(InvalidInput) as refused:
        information.record_information(actor=case_manager, case=case, terms=told_everything(**changes))
    assert field in refused.value.errors

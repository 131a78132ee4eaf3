"""CH-17: a child's return or stay is checked against a list, each line given, missing or declined."""

from __future__ import annotations

import pytest

from fener.casework.models.line import CaseLine
from fener.casework.services.children.care import LIST, check_needs, open_items
from fener.norms.path.checklists import checklist
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput
from tests.factories.casework import CaseFactory
from tests.factories.children import DAY, child

GIVEN = {item.code: "given" for item in checklist(LIST).items}


def test_ch_17_the_list_is_the_whole_of_it() -> None:
    assert set(GIVEN) == {
        "security",
        "food",
        "accommodation",
        "health_care",
        "psychosocial",
        "legal",
        "social_services",
        "schooling",
        "foster_care",
    }


def test_ch_17_each_line_is_answered(case_manager: Actor) -> None:
    case = child(case_manager)
    for answers in ({code: "given" for code in GIVEN if code != "food"}, {**GIVEN, "food": "soon"}):
        with pytest.raises(InvalidInput) as refused:
            check_needs(actor=case_manager, case=case, answers=answers, on=DAY)
        assert set(refused.value.errors) == {"item_food"}
    with pytest.raises(InvalidInput):
        check_needs(actor=case_manager, case=CaseFactory(actor=case_manager), answers=GIVEN, on=DAY)


def test_ch_17_what_is_missing_stands_on_the_case_and_what_was_declined_does_not(case_manager: Actor) -> None:
    case = child(case_manager)
    answers = {**GIVEN, "schooling": "missing", "legal": "declined"}
    row = check_needs(actor=case_manager, case=case, answers=answers, on=DAY)
    assert open_items(row).open == ("schooling",)
    assert CaseLine.objects.get(case=case, what="checked").params["open"] == ["schooling"]

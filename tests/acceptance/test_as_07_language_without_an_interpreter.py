"""AS-07: a language or mediation need without a named interpreter or mediator is flagged and counted as a gap."""

from __future__ import annotations

import pytest

from fener.casework.domain.fitting import needs_interpreter
from fener.casework.selectors import board, worklist
from fener.casework.services import referrals
from fener.trust.actor import Actor
from fener.trust.roles import Role
from tests.casework.paths import case_with_need
from tests.factories.network import Mechanism


@pytest.mark.parametrize(
    ("languages", "asked_for", "interpreter", "spoken", "needed"),
    [
        (["vi"], "", "", ["sr"], True),
        (["vi"], "", "N. T.", ["sr"], False),
        (["vi", "en"], "", "", ["en"], False),
        (["sr"], "yes", "", ["sr"], True),  # sign language, or a mediator although the language is shared
        (["vi"], "no", "", ["sr"], False),
        ([], "unknown", "", ["sr"], False),
    ],
)
def test_as_07_a_need_is_flagged_until_somebody_is_named(
    languages: list[str], asked_for: str, interpreter: str, spoken: list[str], needed: bool
) -> None:
    assert needs_interpreter(languages=languages, asked_for=asked_for, interpreter=interpreter, spoken=spoken) == needed


def test_as_07_the_case_is_flagged_on_the_worklist_in_the_check_and_counted_for_the_country(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    for body in (mechanism.ngo, mechanism.shelter):
        body.organisation.languages = ["sr", "en"]
        body.organisation.save()
    case = case_with_need(case_manager, language="vi")
    case_with_need(case_manager, language="vi", interpreter="N. T.")
    flagged = [task.case_code for task in worklist.today(case_manager) if task.kind == "interpreter"]
    assert flagged == [case.code]
    check = referrals.check_referral(actor=case_manager, case=case, service=mechanism.shelter.service())
    assert check.interpreter_missing
    assert "language" not in {condition.code for condition in check.closed}  # a gap, and no reason to refuse help
    assert board.country(mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR)).language_gaps == 1

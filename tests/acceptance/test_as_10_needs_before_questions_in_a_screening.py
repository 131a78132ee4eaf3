"""AS-10 (contact half): what is needed now is offered and recorded before any question about the crime."""

from __future__ import annotations

import pytest

from fener.contact.models import Screening
from fener.contact.services import screenings
from fener.norms.screening import questions
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput
from fener.trust.models import AuditEntry
from fener.trust.roles import Role
from tests.factories.contact import ADULT, CHILD, NEEDS, started
from tests.factories.network import Mechanism


@pytest.fixture
def inspector(mechanism: Mechanism) -> Actor:
    return mechanism.inspection.actor(Role.FRONTLINE_OFFICER)


@pytest.mark.parametrize("set_id", [ADULT, CHILD])
def test_as_10_no_answer_about_the_crime_is_taken_before_the_offer(inspector: Actor, set_id: str) -> None:
    screening = started(inspector, set_id, needs=False)
    for question in questions(screenings.set_of(screening)):
        if question.block == "immediate":
            continue
        with pytest.raises(InvalidInput, match="First offer safety"):
            screenings.answer_question(actor=inspector, screening=screening, question_id=question.id, answer="unknown")
    with pytest.raises(InvalidInput, match="First offer safety"):
        screenings.answer_all(actor=inspector, screening=screening, answers={question.id: "yes"})
    assert Screening.objects.unscoped(reason="what is stored").get().answers == {}


def test_as_10_what_was_offered_is_recorded_and_each_of_it_is_answered(inspector: Actor) -> None:
    screening = started(inspector, needs=False)
    with pytest.raises(InvalidInput):
        screenings.record_immediate_needs(actor=inspector, screening=screening, needs={**NEEDS, "medical": ""})
    screenings.record_immediate_needs(actor=inspector, screening=screening, needs=NEEDS)
    assert AuditEntry.objects.filter(act="screening.offer").latest("pk").detail == {"needs": NEEDS}
    screenings.answer_question(actor=inspector, screening=screening, question_id="hurt", answer="yes")
    assert screening.answers == {"hurt": "yes"}


def test_as_10_nothing_offered_depends_on_an_answer(inspector: Actor) -> None:
    screening = started(inspector)
    screenings.answer_question(actor=inspector, screening=screening, question_id="hurt", answer="no")
    screenings.record_immediate_needs(actor=inspector, screening=screening, needs={**NEEDS, "medical": "given"})
    assert screening.immediate_needs["medical"] == "given"

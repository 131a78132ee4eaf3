"""AS-02: the person's own needs, wishes and expectations come before any offer; what they say goes to the provider."""

from __future__ import annotations

import pytest

from fener.casework.models import ServiceRecord
from fener.casework.selectors import figures
from fener.casework.services import assistance, referrals
from fener.casework.services.notes import open_words
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput
from tests.casework.paths import accepted, need_of
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism


def test_as_02_nothing_is_offered_before_the_person_was_asked(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager)
    seen = need_of(case_manager, case, words="", stated_by_person=False)
    with pytest.raises(InvalidInput):
        assistance.offer_service(actor=case_manager, case=case, need=seen, kind="shelter", provider=case.organisation)
    service = mechanism.shelter.service("legal_advice")
    check = referrals.check_referral(actor=case_manager, case=case, service=service)
    assert "need" in {condition.code for condition in check.closed}


def test_as_02_wishes_are_kept_in_the_persons_words_sealed(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    need = need_of(case_manager, case, words="I want to work again, and see my mother.")
    assert need.stated_by_person
    told = open_words(actor=case_manager, case=case, item=need.own_words)
    assert told == "I want to work again, and see my mother."


def test_as_02_what_the_person_says_about_a_service_goes_back_to_its_provider(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    referral, worker = accepted(case_manager, mechanism.shelter)
    record = ServiceRecord.objects.get(referral=referral)
    assistance.record_delivery(actor=worker, record=record)
    assistance.record_helpfulness(
        actor=case_manager, record=record, helpful="no", words="Nobody spoke my language.", pass_words_on=True
    )
    assert [(told.kind, told.answers) for told in figures.feedback(worker)] == [("shelter", {"no": 1})]
    assert assistance.open_feedback(actor=worker, record=record) == "Nobody spoke my language."

"""ID-24: age at recruitment and age at contact are separate, each with its certainty."""

from __future__ import annotations

from fener.trust.actor import Actor
from tests.factories.assessing import assess
from tests.factories.casework import CaseFactory

FACTS = {
    "age_at_contact": 22,
    "age_at_contact_certainty": "document",
    "age_at_recruitment": 16,
    "age_at_recruitment_certainty": "stated",
}


def test_id_24_an_adult_of_today_who_was_recruited_as_a_child(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager, facts=FACTS)
    assert {code: case.facts[code] for code in FACTS} == FACTS
    assert (case.age_at_contact, case.treated_as_child) == (22, False)


def test_id_24_the_definition_reads_the_age_at_which_it_began(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager, facts=FACTS)
    row = assess(case_manager, case, elements={k: v for k, v in ELEMENTS.items() if k != "means"})
    assert row.qualification["child"] is True
    assert row.qualification["qualification"] == "trafficking"


ELEMENTS = {
    "acts": {"recruitment": {"answer": "yes"}},
    "means": {"threat": {"answer": "no"}},
    "purposes": {"forced_labour": {"answer": "yes"}},
}

"""ID-24 (fields half): age at recruitment and age at contact are separate, each with its certainty."""

from __future__ import annotations

import pytest

from fener.norms.fields import facts_fields, validate_facts
from fener.norms.vocab import vocabulary

AGES = ("age_at_contact", "age_at_recruitment")


def test_id_24_each_age_has_a_certainty_of_its_own() -> None:
    certainties = {f.certainty_of: f for f in facts_fields() if f.certainty_of}
    assert set(certainties) == set(AGES)
    assert {f.vocabulary for f in certainties.values()} == {"certainty"}
    assert {"document", "stated", "estimated", "disputed", "unknown"} <= set(vocabulary("certainty").codes())


def test_id_24_both_are_kept_apart() -> None:
    facts = {
        "age_at_contact": 24,
        "age_at_contact_certainty": "document",
        "age_at_recruitment": 16,
        "age_at_recruitment_certainty": "stated",
    }
    assert validate_facts(facts).cleaned == facts


@pytest.mark.parametrize("only", AGES)
def test_id_24_one_is_never_filled_in_from_the_other(only: str) -> None:
    assert validate_facts({only: 20}).cleaned == {only: 20}


def test_id_24_nobody_is_recruited_older_than_when_met() -> None:
    assert "age_at_recruitment" in validate_facts({"age_at_contact": 20, "age_at_recruitment": 30}).errors

"""ID-03: internal or cross-border, legal or illegal, citizen or foreigner, first agreed or smuggled: the same."""

from __future__ import annotations

import itertools

import pytest

from fener.norms.facts_input import InputError
from fener.norms.qualify import qualify
from tests.norms.facts_made_up import MEANS, none_of, trafficked_adult

CASES = {
    "trafficking": trafficked_adult(),
    "undetermined": trafficked_adult(means={}),
    "not_trafficking": trafficked_adult(means=none_of(MEANS)),
}


@pytest.mark.parametrize("expected", CASES)
def test_id_03_movement_entry_smuggling_and_first_agreement_change_nothing(expected: str) -> None:
    answers = ("yes", "no", "unknown")
    entries = ("legal", "irregular", "none", "unknown")
    for border, entry, paid, free, consent in itertools.product(answers, entries, answers, answers, answers):
        result = qualify(
            CASES[expected]
            | {
                "movement": {"cross_border": border, "entry": entry},
                "smuggling": {"paid_for_entry": paid, "free_after_arrival": free},
                "consent": consent,
            }
        )
        assert result.qualification == expected
        assert result.entitled_to_protection is True


@pytest.mark.parametrize("fact", ["nationality", "citizenship", "ethnicity", "escaped", "documents", "sex"])
def test_id_03_the_test_has_no_place_for_nationality_or_for_how_somebody_got_away(fact: str) -> None:
    with pytest.raises(InputError, match="is not a known key"):
        qualify(trafficked_adult(**{fact: "yes"}))
    with pytest.raises(InputError, match="is not a known key"):
        qualify(trafficked_adult(person={"age": 30, fact: "yes"}))


def test_id_03_a_smuggled_person_may_become_trafficked() -> None:
    smuggled = {
        "person": {"age": 30},
        "acts": {"transportation": "yes"},
        "smuggling": {"paid_for_entry": "yes"},
        "movement": {"cross_border": "yes", "entry": "irregular"},
    }
    before = qualify(smuggled)
    assert before.qualification == "undetermined"
    assert "smuggling" in before.alternatives
    after = qualify({**smuggled, "means": {"threat": "yes"}, "purposes": {"forced_labour": "yes"}})
    assert after.qualification == "trafficking"

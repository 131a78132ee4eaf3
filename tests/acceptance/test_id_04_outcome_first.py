"""ID-04: eligibility follows exploitation and need; alternatives are listed; a disputed label blocks nothing."""

from __future__ import annotations

import pytest
from hypothesis import given

from fener.norms.packs import load_packs
from fener.norms.qualify import qualify
from tests.norms.facts_made_up import ACTS, ADULT, MEANS, any_facts, facts_with, none_of, trafficked_adult

FORCED = {"documents_retained": "yes", "voluntary": "no"}


@pytest.mark.parametrize(
    ("facts", "label"),
    [
        (trafficked_adult(forced_labour=FORCED), "trafficking"),
        (trafficked_adult(means={}, forced_labour=FORCED), "undetermined"),
        (trafficked_adult(means=none_of(MEANS), forced_labour=FORCED), "not_trafficking"),
        (trafficked_adult(acts=none_of(ACTS), forced_labour=FORCED), "not_trafficking"),
    ],
)
def test_id_04_entitlement_is_the_same_whatever_the_label(facts: dict[str, object], label: str) -> None:
    result = qualify(facts)
    assert result.qualification == label
    assert result.forced_labour == "found"
    assert result.entitled_to_protection is True
    assert {"labour_exploitation", "forced_labour"} <= set(result.alternatives)


def test_id_04_need_alone_entitles() -> None:
    assert qualify({**ADULT, "need": "yes"}).entitled_to_protection is True


def test_id_04_an_act_and_a_means_entitle_while_the_purpose_is_still_open() -> None:
    result = qualify(trafficked_adult(purposes={}))
    assert result.qualification == "undetermined"
    assert result.entitled_to_protection is True


def test_id_04_paying_for_entry_is_neither_exploitation_nor_need() -> None:
    result = qualify({**ADULT, "smuggling": {"paid_for_entry": "yes"}, "movement": {"entry": "irregular"}})
    assert result.entitled_to_protection is False
    assert list(result.alternatives) == ["smuggling", "irregular_migration"]


@given(any_facts)
def test_id_04_excluding_a_means_or_an_arrival_never_ends_an_entitlement_from_exploitation(
    facts: dict[str, object],
) -> None:
    exploited = facts_with(facts, "forced_labour/violence", "yes")
    assert qualify(exploited).entitled_to_protection is True
    assert qualify({**exploited, "means": none_of(MEANS), "acts": none_of(ACTS)}).entitled_to_protection is True


def test_id_04_the_rule_reads_no_label_arrival_consent_or_co_operation() -> None:
    reads = set(load_packs().get("definition", "palermo").data["entitlement"]["reads"])
    labels = {"purpose", "forced_labour", "debt_bondage", "act_and_means", "child_act", "labour_sign", "organ", "need"}
    assert reads == labels

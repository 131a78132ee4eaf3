"""HE-01: no service, place, permit or journey can require a medical examination or a test."""

from __future__ import annotations

import json
import re

import pytest
from django.apps import apps

from fener.casework.models import Case
from fener.casework.services.returns import removals
from fener.norms.gates import check, gate_codes, gate_facts
from fener.norms.packs import load_packs
from fener.norms.vocab import vocabulary
from fener.trust.actor import Actor
from tests.factories.casework import CaseFactory
from tests.factories.returns import days_ago, ready

# What a record may say of tests: never that one is needed, only whether a result is still owed to the person.
OWED_TO_THE_PERSON = {"casework.Journey.tests"}
EXAMINES = re.compile(r"(?<![a-z])(examin|hiv|medical_(check|test|exam)|tested)", re.IGNORECASE)


def test_he_01_the_act_is_refused_always_and_kept_as_an_incident() -> None:
    result = check("require_examination", {})
    assert result.never
    assert not result.open
    assert result.override is None
    assert result.incident


@pytest.mark.parametrize("kind", ["regime", "services", "alternatives", "compartments"])
def test_he_01_no_pack_of_permits_services_or_returns_asks_for_one(kind: str) -> None:
    packs = load_packs().of_kind(kind)
    assert packs
    for pack in packs.values():
        keys = re.findall(
            r'"(?:when|needs|requires|conditions?|unless|code|fact)": ?("[^"]*"|\[[^\]]*\])', json.dumps(pack.data)
        )
        assert [key for key in keys if EXAMINES.search(key)] == []


def test_he_01_no_gate_opens_by_a_test() -> None:
    facts = {code: gate_facts(code) for code in gate_codes()}
    named = {code: [fact for fact in found if EXAMINES.search(fact)] for code, found in facts.items()}
    # Whoever was not tested leaves as whoever was: the fact takes conditions away and adds none.
    assert {code for code, found in named.items() if found} <= {"departure_after_test"}
    assert check("departure_after_test", {"nothing_was_tested": True}).open


def test_he_01_no_ground_of_admission_or_stay_is_a_test() -> None:
    for vocabulary_id in ("admission_ground", "stay_reason", "return_type", "travel_paper"):
        assert [code for code in vocabulary(vocabulary_id).codes() if EXAMINES.search(code)] == []


def test_he_01_nothing_that_is_kept_has_a_place_for_a_demanded_test() -> None:
    found = set()
    for model in apps.get_models():
        for field in model._meta.get_fields() if model.__module__.startswith("fener.") else ():
            codes = [str(code) for code, _words in getattr(field, "choices", None) or ()]
            if any(EXAMINES.search(text) for text in (field.name, *codes)):
                found.add(f"{model._meta.label}.{field.name}")
    assert found <= OWED_TO_THE_PERSON


@pytest.mark.django_db
def test_he_01_whoever_was_never_tested_departs_as_anybody_does(case_manager: Actor) -> None:
    case: Case = CaseFactory(actor=case_manager)
    journey = ready(case_manager, case)
    assert journey.tests == "nothing_was_tested"
    gone = removals.depart(actor=case_manager, journey=journey, on=days_ago(5))
    assert (gone.state, gone.despite) == ("under_way", [])

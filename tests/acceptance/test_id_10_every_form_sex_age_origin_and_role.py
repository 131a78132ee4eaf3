"""ID-10: vocabularies and sets hold every form of exploitation, sex, age, origin and role; a pack adds a code."""

from __future__ import annotations

from pathlib import Path

import pytest

from fener.norms.fields import validate_facts
from fener.norms.packs import load_packs
from fener.norms.screening import questions
from fener.norms.vocab import vocabulary
from tests.norms.packs_made_up import write_pack

FORMS = [
    "ForcedLabour",
    "SexualExploitation",
    "forced_begging_adult",
    "forced_begging_child",
    "ForcedMarriage",
    "mail_order_marriage",
    "child_marriage",
    "illegal_adoption",
    "OrganRemoval",
    "armed_group",
    "forced_criminality",
    "domestic_servitude",
    "seasonal_agriculture",
    "street_selling",
    "debt_bondage_labour",
    "slavery",
    "pornography",
    "Surrogacy",
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("gender", ["Feminine", "Masculine", "TransgenderFeminine", "NonSpecifiedUnknown"])
def test_id_10_every_form_can_be_recorded_for_every_sex(form: str, gender: str) -> None:
    for origin in ("own_national", "foreign", "stateless", "displaced"):
        facts = {"exploitation": [form], "gender": gender, "origin": origin, "age_at_contact": 30, "movement": "none"}
        assert validate_facts(facts).errors == {}


@pytest.mark.parametrize("age", [0, 6, 12, 17, 18, 40, 80])
def test_id_10_every_age_can_be_recorded(age: int) -> None:
    assert validate_facts({"age_at_contact": age, "exploitation": ["ForcedLabour"]}).errors == {}


def test_id_10_dependants_witnesses_and_people_made_to_offend_have_a_role() -> None:
    roles = set(vocabulary("person_role").codes())
    assert {
        "exploited",
        "at_risk",
        "child_of",
        "born_in_exploitation",
        "relative",
        "made_to_offend",
        "witness",
    } <= roles


def test_id_10_screening_sets_ask_about_every_form() -> None:
    for person in ("adult", "child"):
        signs = {
            q.indicator
            for pack in load_packs().of_kind("screening_set").values()
            if pack.data["person"] == person
            for q in questions(pack)
        }
        forms = {"forced_begging", "forced_offences", "forced_marriage", "organ", "adoption", "armed_group"}
        assert forms <= signs


def test_id_10_a_pack_adds_a_code_without_a_new_release(tmp_path: Path) -> None:
    entry = {"code": "online_scam", "label": "Forced online fraud", "maps_to": "Other"}
    write_pack(tmp_path / "own.yaml", "vocabulary", "own", {"extends": "exploitation", "entries": [entry]})
    packs = load_packs(also=[tmp_path])
    assert validate_facts({"exploitation": ["online_scam"]}, packs=packs).errors == {}
    assert validate_facts({"exploitation": ["online_scam"]}).errors

"""Consent sentences, rights information and the card: versioned words that name everything they must."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fener.norms.packs import DEFAULT_ROOT, PackError, load_packs, read_yaml
from fener.norms.texts import (
    consent_purposes,
    consent_sentence,
    consent_text,
    rights_card,
    rights_items,
    rights_version,
)
from tests.norms.packs_made_up import copy_of

WORDS = {"giver": "A.", "recipient": "Shelter B", "compartments": "identity and contact", "until": "1 August 2026"}


def test_every_purpose_has_a_sentence_of_its_own_with_its_version() -> None:
    purposes = [code for code, _ in consent_purposes()]
    assert purposes == [
        "keep",
        "share_service",
        "share_police",
        "identification",
        "testify",
        "return",
        "recontact",
        "research",
        "media",
    ]
    texts = [consent_text(purpose) for purpose in purposes]
    assert len({text.sentence for text in texts}) == len(texts)
    assert all(text.version == "1.0" and text.text_id == f"texts/{text.purpose}" for text in texts)


@pytest.mark.parametrize("purpose", [code for code, _ in consent_purposes()])
def test_the_sentence_names_who_whom_what_until_when_and_how_it_was_told(purpose: str) -> None:
    sentence = consent_sentence(purpose, **WORDS, language="Albanian", interpreter="B. C.")
    for word in (*WORDS.values(), "Albanian", "B. C."):
        assert word in sentence
    assert "{" not in sentence
    alone = consent_sentence(purpose, **WORDS, language="Albanian")
    assert "without an interpreter" in alone


def test_a_guardian_speaks_with_the_childs_assent() -> None:
    sentence = consent_sentence("keep", **WORDS, language="Romani", assent="yes")
    assert "as guardian" in sentence
    assert "agrees: yes" in sentence


def test_the_template_is_translated_before_it_is_filled() -> None:
    seen: list[str] = []

    def translate(template: str) -> str:
        seen.append(template)
        return "{recipient} <- {giver}" if template.startswith("{giver} lets") else ""

    assert consent_sentence("keep", **WORDS, language="x", translate=translate).strip() == "Shelter B <- A."
    assert seen == list(consent_text("keep").templates(interpreter=False, guardian=False))


def test_a_child_is_never_asked_to_appear_in_public() -> None:
    assert [code for code, _ in consent_purposes() if consent_text(code).adults_only] == ["media"]


def test_an_unknown_purpose_raises() -> None:
    with pytest.raises(KeyError):
        consent_text("marketing")


@pytest.mark.parametrize(
    "sentence", ["{giver} lets {recipient} keep it.", "{giver} {recipient} {compartments} {until} {x}"]
)
def test_a_sentence_that_leaves_something_out_is_refused(tmp_path: Path, sentence: str) -> None:
    root = copy_of(tmp_path)
    pack: dict[str, Any] = read_yaml(DEFAULT_ROOT / "consent" / "texts.yaml")
    pack["data"]["purposes"][0]["sentence"] = sentence
    (root / "texts.yaml").write_text(json.dumps(pack), encoding="utf-8")
    with pytest.raises(PackError, match="must name exactly"):
        load_packs(root)


@pytest.mark.parametrize("before", ["assessment", "decision", "signature"])
def test_procedure_rights_options_and_consequences_are_told_before_each_act(before: str) -> None:
    told = {item.code for item in rights_items(before)}
    assert {"procedure", "rights", "obligations", "options", "proceedings"} <= told
    assert rights_version() == "1.0"
    assert before == "assessment" or "other_consequences" in told
    assert before == "signature" or "status" in told


def test_what_is_for_a_child_is_told_to_a_child_and_where_the_age_is_unknown() -> None:
    def codes(child: bool | None) -> set[str]:
        return {item.code for item in rights_items("assessment", child=child)}

    assert "child_view" in codes(True) & codes(None)
    assert "child_view" not in codes(False)


def test_the_card_is_short_and_says_nothing_that_could_give_the_person_away() -> None:
    card = rights_card()
    assert len(card.lines) <= 8
    text = " ".join((card.title, *card.lines)).lower()
    assert not [word for word in ("traffick", "victim", "exploit", "prostitut") if word in text]
    assert "do not have to talk to the police" in text

"""The translators' catalogue holds every word of the packs that a screen shows, and no code."""

from __future__ import annotations

from fener.norms.fields import compartment_fields, facts_fields
from fener.norms.messages import messages
from fener.norms.packs import load_packs
from fener.norms.screening import questions
from fener.norms.services_catalogue import catalogue
from fener.norms.texts import consent_purposes, consent_text, rights_card
from fener.norms.vocab import vocabulary

FOUND = {message.text for message in messages()}


def test_labels_of_lists_fields_and_services_are_there() -> None:
    for pack_id, pack in load_packs().of_kind("vocabulary").items():
        if "extends" not in pack.data:
            assert {entry.label for entry in vocabulary(pack_id).entries} <= FOUND
    for field in (*facts_fields(), *compartment_fields()):
        assert {field.label, field.help} - {""} <= FOUND
    assert {service.label for service in catalogue().services} <= FOUND


def test_questions_and_their_help_are_there() -> None:
    for pack in load_packs().of_kind("screening_set").values():
        for question in questions(pack):
            assert {question.text, question.help} - {""} <= FOUND


def test_consent_sentences_and_the_card_are_there() -> None:
    for code, label in consent_purposes():
        text = consent_text(code)
        assert {label, text.sentence, text.plain, text.if_refused, text.told_with_interpreter} <= FOUND
    assert {*rights_card().lines, rights_card().title} <= FOUND


def test_codes_and_citations_are_not() -> None:
    assert not FOUND & {"labour_inspection", "ForcedLabour", "one_page", "htcds-2.0", "adult", "child", ""}


def test_every_message_says_where_it_stands() -> None:
    first = next(iter(messages()))
    assert first.pack.count("/") == 1
    assert all(message.path for message in messages())

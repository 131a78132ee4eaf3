"""Every string can be translated, Serbian is complete in both scripts, and what is compiled is what was written."""

from __future__ import annotations

import re

import pytest
from babel.messages.catalog import Catalog

from tools import messages

CATALOGUES = {"pages": (messages.PAGES, messages.page_strings), "packs": (messages.PACKS, messages.pack_strings)}
PLACEHOLDER = re.compile(r"%\([A-Za-z_]+\)[sd]|%[sd]|\{[A-Za-z0-9_]*\}")


@pytest.fixture(params=sorted(CATALOGUES))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def latin(name: str) -> Catalog:
    return messages.load(CATALOGUES[name][0], messages.HAND)


def test_every_string_of_the_source_is_in_the_catalogue(name: str) -> None:
    wanted = {message.id for message in CATALOGUES[name][1]() if message.id}
    assert wanted - {message.id for message in latin(name)} == set()


def test_serbian_is_complete(name: str) -> None:
    assert [message.id for message in messages.missing(latin(name))] == []


def test_a_translation_keeps_the_placeholders(name: str) -> None:
    wrong = []
    for message in latin(name):
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
        wanted = set(PLACEHOLDER.findall(ids[-1]))
        strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
        wrong += [string for string in strings if set(PLACEHOLDER.findall(string or "")) != wanted]
    assert wrong == []


def test_the_cyrillic_catalogue_is_made_from_the_latin_one(name: str) -> None:
    root = CATALOGUES[name][0]
    assert messages.path(root, messages.MADE).read_bytes() == messages.as_po(messages.in_cyrillic(latin(name)))


@pytest.mark.parametrize("language", [messages.HAND, messages.MADE])
def test_the_compiled_catalogue_is_not_stale(name: str, language: str) -> None:
    root = CATALOGUES[name][0]
    catalog = latin(name) if language == messages.HAND else messages.in_cyrillic(latin(name))
    assert messages.path(root, language, "mo").read_bytes() == messages.as_mo(catalog)


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("Ljubav i njiva, džep", "Љубав и њива, џеп"),
        ("Slučaj %(code)s je otvoren", "Случај %(code)s је отворен"),
        ("injekcija i nadživeti", "инјекција и надживети"),
        ("Po standardu HTCDS", "По стандарду HTCDS"),
        ("<strong>Ne</strong>", "<strong>Не</strong>"),
        ("od {start} do {end}", "од {start} до {end}"),
    ],
)
def test_transliteration_leaves_marks_and_splits_digraphs(written: str, made: str) -> None:
    assert messages.cyrillic(written) == made

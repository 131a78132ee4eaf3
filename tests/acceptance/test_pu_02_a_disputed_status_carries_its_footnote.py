"""PU-02: Kosovo carries its status footnote wherever a page or a print shows the name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

from fener.norms import vocab
from fener.web import footnotes
from tests.web.pages import render, words

pytestmark = [pytest.mark.urls("tests.web.urls"), pytest.mark.django_db]

NOTED = [entry for entry in vocab.vocabulary("countries").entries if entry.footnote]
STYLE = Path(footnotes.__file__).parent / "static/web/fener.css"


def test_pu_02_the_list_of_countries_notes_kosovo() -> None:
    assert [entry.code for entry in NOTED] == ["XK"]


@pytest.mark.parametrize("entry", NOTED, ids=lambda entry: entry.code)
def test_pu_02_the_name_is_marked_and_the_note_stands_at_the_end_of_the_page(entry: vocab.Entry) -> None:
    html = render("{% footnoted %}<p>{% country code %}</p>{% endfootnoted %}", code=entry.code)
    told = words(html)
    assert told.startswith(f"{entry.label} *")
    assert told.count(vocab.footnote(str(entry.footnote))) == 1


def test_pu_02_a_page_without_the_name_has_no_footnote() -> None:
    html = render("{% footnoted %}<p>{% country 'AL' %}</p>{% endfootnoted %}")
    assert words(html) == "Albania"
    assert "fener-footnotes" not in html


def test_pu_02_a_table_and_a_summary_carry_it_too() -> None:
    table = {
        "caption": "Cases",
        "columns": [{"key": "code", "label": "Case"}, {"key": "from", "label": "From"}],
        "rows": [{"cells": {"code": "7F3K", "from": {"country": "XK"}}}],
    }
    rows = [{"key": "From", "value": {"country": "XK"}}]
    source = "{% footnoted %}{% fener_table table %}{% summary_list rows %}{% endfootnoted %}"
    told = words(render(source, table=table, rows=rows))
    assert told.count("Kosovo *") == 2
    assert told.count("This designation is without prejudice") == 1


@pytest.mark.parametrize("typed", ["Police of Kosovo", "KOSOVO", "na Kosovu", "the Kosovo office"])
def test_pu_02_a_name_that_somebody_typed_is_noted_although_nobody_marked_it(client: Client, typed: str) -> None:
    told = words(client.get("/words/", {"words": typed}).content.decode())
    assert "This designation is without prejudice" in told


def test_pu_02_a_name_in_the_head_of_the_page_is_noted_too() -> None:
    told = words(render("{% footnoted who %}<p>Today</p>{% endfootnoted %}", who="Mira, Shelter Kosovo"))
    assert "This designation is without prejudice" in told


def test_pu_02_an_address_that_holds_the_name_is_not_a_name_on_the_page(client: Client) -> None:
    html = render('{% footnoted %}<a href="/kosovo/">there</a>{% endfootnoted %}')
    assert words(html) == "there"


def test_pu_02_the_note_speaks_the_readers_language() -> None:
    for language in ("en", "sr-latn", "sr"):
        with translation.override(language):
            name = footnotes.country_name("XK")
            told = words(render("{% footnoted %}{% country 'XK' %}{% endfootnoted %}"))
            assert re.search(rf"{re.escape(name)} \* \* {re.escape(name)}: ", told)


def test_pu_02_print_does_not_drop_the_note() -> None:
    css = STYLE.read_text(encoding="utf-8")
    hidden = re.findall(r"([^{}]*)\{[^{}]*display:\s*none", css)
    assert not any("fener-footnotes" in selector for selector in hidden)

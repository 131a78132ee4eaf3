"""What stands around every page, the neutral page, and the pages for what goes wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template.loader import get_template
from django.test import Client, RequestFactory, override_settings

import fener
from fener.web.views import errors
from tests.web.pages import words

pytestmark = [pytest.mark.urls("tests.web.urls"), pytest.mark.django_db]

TEMPLATES = sorted(Path(fener.__file__).parent.glob("*/templates/**/*.html"))


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: str(file.relative_to(Path(fener.__file__).parent)))
def test_every_template_can_be_read(file: Path) -> None:
    get_template(str(file).rpartition("/templates/")[2])


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: str(file.relative_to(Path(fener.__file__).parent)))
def test_no_page_holds_a_style_or_a_script_of_its_own(file: Path) -> None:
    text = re.sub(r"{#.*?#}", "", file.read_text(encoding="utf-8"))
    assert not re.search(r"\sstyle\s*=|<style|\son[a-z]+\s*=|javascript:", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: str(file.relative_to(Path(fener.__file__).parent)))
def test_no_page_calls_a_person_by_the_legal_word(file: Path) -> None:
    assert not re.search(r"\bvictims?\b", file.read_text(encoding="utf-8"), re.I)


@override_settings(FENER_DEMO=True)
def test_a_page_can_be_skipped_into_and_says_its_language(client: Client) -> None:
    html = client.get("/styleguide/").content.decode()
    assert '<html lang="en" dir="ltr">' in html
    assert 'href="#main"' in html
    assert '<main id="main"' in html


def test_the_neutral_page_tells_a_bystander_nothing(client: Client) -> None:
    html = client.get("/public/").content.decode()
    assert "<title>Information</title>" in html
    assert "favicon.svg" not in html
    assert "<svg" not in html
    assert words(html).startswith("Information Skip to the page Leave this page")
    for telling in ("fener", "traffick", "shelter", "lantern"):
        assert telling not in words(html).lower()


def test_the_components_are_not_shown_on_a_real_node(client: Client) -> None:
    with override_settings(FENER_DEMO=False, DEBUG=False):
        assert client.get("/styleguide/").status_code == 404


def test_an_absent_page_and_a_hidden_one_are_the_same_page(client: Client) -> None:
    absent, hidden = client.get("/nowhere/"), client.get("/missing/")
    assert absent.status_code == hidden.status_code == 404
    same = re.compile(r'value="[^"]*"')
    assert same.sub("", absent.content.decode()) == same.sub("", hidden.content.decode())


@pytest.mark.parametrize(
    ("url", "status", "told"),
    [
        ("/nowhere/", 404, "There is nothing here"),
        ("/broken/", 500, "What you had saved before is safe"),
        ("/button/", 405, "belongs to a button"),
        ("/refused/", 409, "No child returns without a risk assessment."),
        ("/expired/", 200, "Met at noon"),
    ],
)
def test_each_failure_has_a_page_that_says_what_to_do(client: Client, url: str, status: int, told: str) -> None:
    response = client.get(url)
    assert response.status_code == status
    assert told in words(response.content.decode())


def test_a_refused_act_lists_what_is_missing_and_the_way_back(client: Client) -> None:
    html = client.get("/refused/").content.decode()
    told = words(html)
    assert "A risk assessment is done (not done)" in told.replace("( ", "(").replace(" )", ")")
    assert "The child was heard" in told
    assert "not known" in told
    assert 'href="/form/"' in html


def test_a_form_that_was_open_too_long_gives_the_words_back_but_only_to_our_own_page() -> None:
    typed = {"note": "Met at noon", "password": "swordfish"}
    own = RequestFactory().post("/form/", typed, HTTP_ORIGIN="http://testserver")
    foreign = RequestFactory().post("/form/", typed, HTTP_ORIGIN="https://elsewhere.example")
    told = errors.csrf_failure(own).content.decode()
    assert "Met at noon" in told
    assert "swordfish" not in told
    assert "Met at noon" not in errors.csrf_failure(foreign).content.decode()


def test_a_form_page_keeps_what_was_typed_and_names_the_error_in_its_title(client: Client) -> None:
    html = client.post("/form/", {"met_on": "tomorrow"}).content.decode()
    assert "<title>Error: Meet" in html
    assert 'value="tomorrow"' in html
    assert '<input type="hidden" name="once" value="abc">' in html

"""What an entry of the directory may not say, and what it does not say."""

from __future__ import annotations

import pytest

from fener.norms.directory import STATED, forbidden_in, gaps, looks_like_address


@pytest.mark.parametrize(
    "text",
    [
        "Knez Mihailova 12", "Кнез Михаилова 12а", "ul. Bana 3", "Rruga e Dibrës", "Lipa 7/3", "Strada Lungă",
        "44.8123, 20.4612", "https://maps.app.goo.gl/abc", "third floor, ring twice", "44° 49' N",
    ],
)  # fmt: skip
def test_what_leads_to_a_house_is_an_address(text: str) -> None:
    assert looks_like_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "Novi Brod and the villages around it", "For women from 18 years", "Open from 9 to 17", "Monday 9-17",
        "Places for 8 persons", "Call 0800 123 456", "the whole country", "Half an hour by bus from Kamenovo",
        "Za žene od 18 godina", "Adults who need a safe place tonight or for longer, also with their children",
    ],
)  # fmt: skip
def test_hours_ages_regions_and_telephones_are_none(text: str) -> None:
    assert not looks_like_address(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("She has to testify against them.", "testimony"),
        ("Само уз сарадњу са полицијом", "testimony"),
        ("Only with agreement to voluntary return", "return"),
        ("Osobe sa statusom žrtve", "label"),
        ("For identified victims", "label"),
        ("Bring a valid passport", "papers"),
        ("Mora imati ličnu kartu", "papers"),
        ("Shtetas të vendit", "papers"),
    ],
)
def test_conditions_that_help_may_not_hang_on_are_found_in_every_script(text: str, code: str) -> None:
    assert [kind.code for kind in forbidden_in([text])] == [code]


@pytest.mark.parametrize(
    "text",
    [
        "Nobody has to testify.",
        "You need no passport",
        "Help does not depend on voluntary return",
        "Bez pasoša",
        "Everybody, whatever papers they have",
    ],
)
def test_saying_that_it_is_not_asked_for_is_no_condition(text: str) -> None:
    assert forbidden_in([text]) == []


def test_nothing_stated_is_a_gap_in_all_five() -> None:
    assert gaps({}) == STATED


def test_a_dash_or_a_code_says_nothing() -> None:
    assert "eligibility" in gaps({"eligibility": "n/a", "cost": True})
    assert "eligibility" not in gaps({"eligibility": "Women and their children"})
    assert "cost" not in gaps({"cost": True})

"""A list that the operator brings is asked, however large, without telling anybody what was asked."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from fener.trust.installation import configuration
from fener.trust.signing_in import leaked

LEAKED = "correct horse battery staple"


def sha1(text: str) -> str:
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest().upper()


def hashes(place: Path, *words: str, counted: bool = True) -> Path:
    lines = sorted(sha1(word) for word in words)
    place.write_text("".join(f"{line}:{n}\r\n" if counted else f"{line}\n" for n, line in enumerate(lines, 1)))
    return place


@pytest.fixture(params=["hashes with counts", "hashes", "words"])
def listed(request: pytest.FixtureRequest, tmp_path: Path, settings: Any) -> Path:
    place = tmp_path / "list"
    if request.param == "words":
        place.write_text(f"something else\r\n{LEAKED}\nšifra-koju-znaju-svi\n", encoding="utf-8")
    else:
        hashes(place, "something else", LEAKED, "šifra-koju-znaju-svi", counted="counts" in request.param)
    settings.FENER_PASSWORD_LIST = str(place)
    return place


@pytest.mark.parametrize("password", [LEAKED, "šifra-koju-znaju-svi"])
def test_a_password_that_was_stolen_elsewhere_is_refused_in_words(listed: Path, password: str) -> None:
    with pytest.raises(ValidationError, match="stolen elsewhere"):
        validate_password(password)
    assert list(configuration.password_list()) == []


def test_another_one_is_taken(listed: Path) -> None:
    validate_password("lantern-over-the-river")


@examples(max_examples=60, deadline=None)
@given(st.sets(st.text(min_size=1, max_size=12), min_size=1, max_size=60), st.text(min_size=1, max_size=12))
def test_by_halves_the_same_is_found_as_by_reading_through(
    tmp_path_factory: pytest.TempPathFactory, words: set[str], other: str
) -> None:
    place = hashes(tmp_path_factory.mktemp("lists") / "list", *words)
    assert all(leaked.is_listed(word, place) for word in words)
    assert leaked.is_listed(other, place) == (other in words)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "empty"),
        (f"{'F' * 40}:1\n{'0' * 40}:1\n" * 200, "not sorted"),
        (f"{'0' * 40}:1\nno hash\n" * 200, "no SHA-1 hash"),
        (None, "cannot be read"),
    ],
)
def test_a_list_that_cannot_serve_is_a_finding_and_keeps_nobody_out(
    tmp_path: Path, settings: Any, content: str | None, said: str
) -> None:
    place = tmp_path / "list"
    if content is not None:
        place.write_text(content)
    settings.FENER_PASSWORD_LIST = str(place)
    found = list(configuration.password_list())
    assert [finding.check for finding in found] == ["passwords"]
    assert said in found[0].message
    validate_password("lantern-over-the-river")


def test_words_that_would_take_long_are_a_finding(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaked, "MOST_BYTES_OF_WORDS", 10)
    (tmp_path / "list").write_text("a word and another\n")
    settings.FENER_PASSWORD_LIST = str(tmp_path / "list")
    assert "SHA-1" in next(configuration.password_list()).message


def test_without_a_list_nothing_is_asked_and_nothing_found(settings: Any) -> None:
    settings.FENER_PASSWORD_LIST = ""
    validate_password(LEAKED)
    assert list(configuration.password_list()) == []

"""What is wrong or missing in an entry of the service directory, in pure functions over the pack ``directory_words``.

A condition on testifying, on returning, on a label or on papers is a finding and no filter (rule AS-05); what is not
stated in words is a gap, because a service is unknown to those it is for (rule AS-12). The address of a place that must
not be found is recognised by its form, so that it does not come into the directory through a note.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import cyrtranslit

from fener.norms.packs import Packs, Source, load_packs

# What people have to read before they can use a service (rule AS-12), in the order in which a page asks for it.
STATED = ("eligibility", "languages", "hours", "cost", "area")
# Fewer letters say nothing to anybody: "see website", "n/a", "-".
FEWEST_LETTERS = 8


@dataclass(frozen=True)
class ForbiddenCondition:
    """A kind of condition on which help never depends, with what to do about it and its source."""

    code: str
    label: str
    next: str
    source: Source
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class Words:
    """The pack, compiled."""

    version: str
    forbidden: tuple[ForbiddenCondition, ...]
    negations: frozenset[str]
    street: re.Pattern[str]
    not_streets: frozenset[str]
    maps: tuple[str, ...]


def plain_letters(text: str) -> str:
    """Latin letters without accents, in small: what the pack's words are compared with."""
    latin = cyrtranslit.to_latin(text, "sr")
    bare = unicodedata.normalize("NFKD", latin.casefold().replace("đ", "dj").replace("’", "'"))
    return "".join(sign for sign in bare if not unicodedata.combining(sign))


def words(packs: Packs | None = None) -> Words:
    """The words of the shipped pack, or of others."""
    return _shipped() if packs is None else _build(packs)


@cache
def _shipped() -> Words:
    return _build(load_packs())


def _build(packs: Packs) -> Words:
    pack = packs.get("directory_words", "words")
    data = pack.data
    return Words(
        version=pack.version,
        forbidden=tuple(
            ForbiddenCondition(raw["code"], raw["label"], raw["next"], Source.of(raw["source"]), _any_of(raw["words"]))
            for raw in data["forbidden_conditions"]
        ),
        negations=frozenset(data["negations"]),
        street=_any_of(data["street_words"]),
        not_streets=frozenset(data["not_streets"]),
        maps=tuple(data["map_addresses"]),
    )


def _any_of(listed: Iterable[str]) -> re.Pattern[str]:
    each = [re.escape(plain_letters(word)).replace(r"\*", r"\w*") for word in listed]
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(each, key=len, reverse=True))})(?!\w)")


def forbidden_in(texts: Iterable[str], packs: Packs | None = None) -> list[ForbiddenCondition]:
    """The kinds of forbidden condition that these texts make, each once. "Nobody has to testify" makes none."""
    found = words(packs)
    sentences = [one for text in texts for one in re.split(r"[.;!?\n]+", plain_letters(text)) if one.strip()]
    said = [one for one in sentences if not found.negations & set(re.findall(r"[\w']+", one))]
    return [kind for kind in found.forbidden if any(kind.pattern.search(one) for one in said)]


# A word with a capital, then a house number: "Knez Mihailova 12a", "Lipa 7/3". Times, counts and years are none.
_HOUSE = re.compile(
    r"(?<![\w])(?P<word>[^\W\d_]{3,})\s+(?:br\.?\s*|no\.?\s*)?(?P<number>\d{1,4})(?:\s?[a-zA-Zа-шА-Ш])?(?:[/-]\d{1,3})?"
    r"(?![\w:.,]?\d)(?!\s*(?::|h\b|%|[-–]\s*\d|hours|years|places|days|beds|minutes|godin|dana|mesta|sati|vjet|vjec))"
)
_POINT = re.compile(r"\d{1,3}[.,]\d{3,}\s*[°NSns]?[\s,;/]+-?\d{1,3}[.,]\d{3,}")
_DEGREES = re.compile(r"\d{1,3}\s?°\s?\d{1,2}")


def looks_like_address(text: str, packs: Packs | None = None) -> bool:
    """Whether somebody could find a house by this: a street, a house number, a point on a map. Rather too often."""
    if not text.strip():
        return False
    found, bare = words(packs), plain_letters(text)
    if found.street.search(bare) or _POINT.search(bare) or _DEGREES.search(text):
        return True
    if any(part in bare for part in found.maps):
        return True
    return any(
        match["word"][0].isupper() and plain_letters(match["word"]) not in found.not_streets
        for match in _HOUSE.finditer(text)
    )


def gaps(stated: Mapping[str, str | bool]) -> tuple[str, ...]:
    """What of eligibility, languages, hours, cost and area is not stated in words (rule AS-12).

    A text counts as soon as it has words in it; True stands for something that is said by a choice ("free").
    """
    return tuple(name for name in STATED if not _is_said(stated.get(name, "")))


def _is_said(value: str | bool) -> bool:
    if isinstance(value, bool):
        return value
    return sum(sign.isalpha() for sign in value) >= FEWEST_LETTERS

"""Invented people, as many as one wants, whose every word stands nowhere else: what is found of them was a leak."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from itertools import count, islice

import cyrtranslit

from tests.proofs.traces import traces_of

# Letters of both scripts, with every mark that the languages of the region write; a third of the people in Cyrillic.
SERBIAN = ("b br c č ć d đ dž g gr k kr lj m n nj p pr r s š t v z ž", "a e i o u")
OTHERS = ("ç ğ gj h ł ń q ř ş š sh ț th v x xh zh", "a ë e ı i o ö u ü á ă")
SHORTEST = 7  # in a hundred megabytes of cipher some shorter ones occur by chance
DIGITS = 10  # and of digits alone, in as much hexadecimal


@dataclass(frozen=True)
class Identity:
    """What somebody told: each field is a text that must be found nowhere."""

    first_name: str
    second_name: str
    other_names: str
    phone: str
    address: str
    account: str
    health: str
    legal: str
    file: str

    def words(self) -> set[str]:
        """The words that are theirs alone, and the number."""
        return {word for text in astuple(self) for word in text.split() if len(word) >= SHORTEST}


def identities(number: int) -> list[Identity]:
    """The same ones each time."""
    return list(islice((_identity(n) for n in count()), number))


def _identity(n: int) -> Identity:
    dice = random.Random(n)
    sounds, vowels = (letters.split() for letters in (OTHERS if n % 3 == 1 else SERBIAN))

    def word() -> str:
        made = "".join(dice.choice(sounds) + dice.choice(vowels) for _syllable in range(5))
        return cyrtranslit.to_cyrillic(made, "sr") if n % 3 == 0 else made

    return Identity(
        first_name=word().title(),
        second_name=word().title(),
        other_names=word().title(),
        phone=f"+3816{dice.randrange(10**9, 10**10)}",
        address=f"{word().title()} {n}",
        account=f"gazda {word()} uzeo {word()}",
        health=word(),
        legal=f"Ktn {n}/2025 {word()}",
        file=word(),
    )


def traces_in(people: Iterable[Identity]) -> dict[bytes, str]:
    """bytes -> the word of these people that they would betray, in every spelling and encoding."""
    found = traces_of(word for one in people for word in one.words())
    return {
        raw: word for raw, word in found.items() if len(raw) >= SHORTEST and (len(raw) >= DIGITS or not raw.isdigit())
    }

"""Invented names and places. None of them is anybody's: they are drawn at random from common parts."""

from __future__ import annotations

import random

LATIN = (
    ("Dragan", "Zlatar"), ("Miloš", "Kesten"), ("Jovan", "Brezić"), ("Marija", "Javor"), ("Đorđe", "Đurin"),
    ("Snežana", "Lipovac"), ("Vesna", "Jasenov"), ("Petra", "Hrast"), ("Ivana", "Topola"), ("Nikola", "Vrbić"),
    ("Ardita", "Lisi"), ("Besnik", "Ahu"), ("Mirela", "Dushku"), ("Elena", "Stejar"), ("Ion", "Fagaru"),
    ("Krasimir", "Borov"), ("Desislava", "Lipova"), ("Oksana", "Yalynova"), ("Taras", "Dubenko"), ("Ayşe", "Çınar"),
)  # fmt: skip
CYRILLIC = (
    ("Драган", "Златар"), ("Милош", "Кестен"), ("Јован", "Брезић"), ("Марија", "Јавор"), ("Ђорђе", "Ђурин"),
    ("Снежана", "Липовац"), ("Весна", "Јасенов"), ("Петра", "Храст"), ("Ивана", "Топола"), ("Никола", "Врбић"),
    ("Александар", "Габер"), ("Билјана", "Брест"), ("Красимир", "Боров"), ("Десислава", "Липова"),
    ("Оксана", "Ялинова"),
)  # fmt: skip
TOWNS = ("Novi Brod", "Stara Lipa", "Kamenovo", "Rečica", "Donji Jasen", "Гавраново", "Бели Брег", "Vrelo")


def person(rng: random.Random) -> tuple[str, str]:
    """A first and a second name in one of the two scripts, made unlike any list entry by mixing."""
    pool = CYRILLIC if rng.random() < 0.4 else LATIN
    return rng.choice(pool)[0], rng.choice(pool)[1]


def phone(rng: random.Random) -> str:
    """A number in a range that nobody has (area code 000)."""
    return f"+381000{rng.randrange(10**6):06d}"


def town(rng: random.Random) -> str:
    """An invented place."""
    return rng.choice(TOWNS)

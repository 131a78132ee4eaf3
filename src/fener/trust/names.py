"""Names across scripts and spellings: from what somebody wrote to forms that meet.

Three forms of each word, from strict to loose:

- *word*: small Latin letters without diacritics. ``Ђорђевић`` -> ``djordjevic``;
- *sound*: spellings of one sound made equal by the table below, in a Slavic, an eastern and a western reading
  (``c`` is ts/č for the first, k for the last);
- *frame*: the sound's first letter and consonants. ``Muhamed`` and ``Mohammad`` -> ``mhmt``.

Pure functions over text; nothing here knows of keys or of the database.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import cyrtranslit

MAX_LENGTH = 300
MAX_WORDS = 16
_FRAME_AT_LEAST = 3

# Letters that only one of the languages writes; without any of them a Cyrillic word is read as Serbian.
_CYRILLIC_SIGNS = [("mk", "ѓќѕѐ"), ("sr", "ђћјљњџ"), ("ua", "іїєґ"), ("ru", "ыэё"), ("bg", "ъщѝ"), ("ru", "йяюь")]

# Letters that lose more than a mark when they are written plainly, or have no mark that could be taken off.
_PLAIN = str.maketrans(
    {
        "đ": "dj", "ǵ": "gj", "ḱ": "kj", "ð": "d", "þ": "th", "ı": "i", "ł": "l", "ø": "o", "œ": "oe", "æ": "ae",
        "ß": "ss", "ə": "e", "ŋ": "n", "ħ": "h", "ʼ": "", "'": "", "’": "", "‘": "", "`": "", "´": "", "ʹ": "", "ʺ": "",
    }
)  # fmt: skip
# Where the transliteration tables write for experts (х as x, ω as w), before they are asked.
_CYRILLIC_FIRST = str.maketrans({"х": "h", "ґ": "g", "щ": "šč", "ь": ""})
_GREEK_FIRST = str.maketrans({"ω": "ο", "η": "ι", "χ": "h", "υ": "i"})

# One sound, many spellings. Applied in this order to the plain word; longer spellings come first.
SOUNDS: list[tuple[str, str]] = [
    ("tsch", "c"), ("tch", "c"),  # Petrowitsch, Petrovitch
    ("shch", "sc"), ("sht", "sc"), ("sch", "s"), ("sc", "st"),  # щ in English and in Bulgarian; German sch
    ("dzh", "dz"), ("xh", "dz"),  # dž as Bulgarian, Albanian: Hoxha, Hodža
    ("dj", "d"), ("gj", "d"), ("gy", "d"),  # đ: Djordjevic, Gjorgjevic, Gyorgyevic, and Dordevic of a passport
    ("kj", "c"),  # ќ
    ("kh", "h"), ("gh", "g"), ("ph", "f"), ("th", "t"), ("sh", "s"), ("zh", "z"),
    ("cz", "c"), ("cs", "c"), ("sz", "s"), ("ts", "c"), ("tz", "c"), ("ck", "k"),
    ("x", "ks"), ("w", "v"),
    ("ou", "u"), ("oo", "u"), ("ee", "i"), ("oe", "o"), ("ue", "u"),
    ("j", "i"), ("y", "i"),  # Jelena, Yelena; Julija, Yuliya, Iulia
]  # fmt: skip
# What differs between the readings, applied before the table above.
_CH = r"(?<!sh)(?<![st])ch"
READINGS: dict[str, list[tuple[str, str]]] = {
    "slavic": [(_CH, "c"), (r"q", "c")],  # Chavdar, Čavdar; Qemal, Ćemal
    "eastern": [(_CH, "c"), (r"q", "c"), (r"g(?![jyh])", "h")],  # Olga, Olha; Grigorij, Hryhorij
    # Michael, Mihael; Marco, Marko; Qasim, Kasim
    "western": [(_CH, "h"), (r"(?<!i)c$|c(?![eiyhszk]|$)", "k"), (r"q", "k")],
}
# The end of a word: voice is lost, and a mute h falls off. Mehmed, Mehmet; Ivanov, Ivanoff; Sarah, Sara.
_ENDS = {"d": "t", "b": "p", "g": "k", "z": "s", "v": "f"}


@dataclass(frozen=True)
class Forms:
    """The forms under which one word can be found."""

    word: str
    sounds: frozenset[str]
    frames: frozenset[str]


def words(text: str) -> list[str]:
    """The plain words of a name: small Latin letters and digits. A script without a table stays as it is.

    Direction marks, zero-width signs and controls are dropped; hyphens and punctuation separate; apostrophes join.
    """
    visible = "".join(_visible(sign) for sign in unicodedata.normalize("NFKC", text[:MAX_LENGTH]))
    latin = " ".join(_latin(piece) for piece in unicodedata.normalize("NFC", visible.casefold()).split())
    plain = _without_marks(unicodedata.normalize("NFC", latin).translate(_PLAIN))
    return re.findall(r"[^\W_]+", plain)[:MAX_WORDS]


def normalise(text: str) -> str:
    """The plain words, joined by single blanks."""
    return " ".join(words(text))


def forms(text: str) -> list[Forms]:
    """The forms of each word of a name, in order."""
    return [_forms(word) for word in words(text)]


def pairs(text: str) -> list[str]:
    """Neighbours written as one plain word: "Ana Marija" is found as "Anamarija", "El Amrani" as "Elamrani"."""
    return [left + right for left, right in pairwise(words(text))]


def phone_forms(text: str) -> frozenset[str]:
    """A telephone number's digits, whole and its last eight: with or without country code, blanks and dashes."""
    digits = "".join(str(unicodedata.digit(sign)) for sign in text[:MAX_LENGTH] if sign.isdecimal()).lstrip("0")
    return frozenset({digits, digits[-8:]}) if len(digits) >= 6 else frozenset()


@lru_cache(maxsize=4096)
def sound(word: str, reading: str = "slavic") -> str:
    """The sound form of a plain word in one reading."""
    for pattern, spelled in READINGS[reading]:
        word = re.sub(pattern, spelled, word)
    for spelling, spelled in SOUNDS:
        word = word.replace(spelling, spelled)
    word = re.sub(r"(.)\1+", r"\1", re.sub(r"^ie", "e", word))  # Jelena, Elena
    if len(word) > 2 and word.endswith("h"):
        word = word[:-1]
    if len(word) > 2 and word[-1] in _ENDS:
        word = word[:-1] + _ENDS[word[-1]]
    return word


def frame(sounded: str) -> str:
    """First letter and consonants of a sound form; empty if too short to mean anything."""
    if not sounded:
        return ""
    kept = re.sub(r"(.)\1+", r"\1", sounded[0] + re.sub(r"[aeiou]", "", sounded[1:]))
    return kept if len(kept) >= _FRAME_AT_LEAST else ""


def _forms(word: str) -> Forms:
    sounds = frozenset(sound(word, reading) for reading in READINGS)
    return Forms(word=word, sounds=sounds, frames=frozenset(filter(None, map(frame, sounds))))


def _visible(sign: str) -> str:
    category = unicodedata.category(sign)
    if category in {"Cf", "Cs", "Co", "Cn"}:
        return ""
    return " " if category == "Cc" else sign


def _latin(piece: str) -> str:
    if re.search(r"[\u0370-\u03ff]", piece):
        plain = _without_marks(piece).replace("ου", "u").translate(_GREEK_FIRST)
        return str(cyrtranslit.to_latin(plain, "el")).casefold()
    if not re.search(r"[\u0400-\u052f]", piece):
        return piece
    language = next((code for code, signs in _CYRILLIC_SIGNS if any(s in piece for s in signs)), "sr")
    if language == "ua":  # Ольга is written Olga and Olha; the "eastern" reading makes the two meet
        piece = piece.replace("г", "g")
    return str(cyrtranslit.to_latin(piece.translate(_CYRILLIC_FIRST), language)).casefold()


def _without_marks(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))

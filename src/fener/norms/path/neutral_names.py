"""Names that tell on nobody: a programme's name holds no word of trafficking, in any shipped language (rule RI-03).

Case, accents, script (Serbian Cyrillic is read as Latin) and signs between letters change nothing.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from fener.norms.packs import PackError, Packs, cross_check, load_packs
from fener.norms.path.flags import Flag
from fener.norms.why import Step, gettext_noop

TELLS = gettext_noop(
    "The name holds a word that tells on the people in it (%(word)s). Choose a name that could be anybody's."
)
_CYRILLIC = str.maketrans("абвгдежзијклмнопрстћуфхцчш", "abvgdezzijklmnoprstcufhccs")
_TWO_LETTERS = str.maketrans({"ђ": "dj", "đ": "dj", "љ": "lj", "њ": "nj", "џ": "dz"})
_LOOK_ALIKE = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "@": "a", "$": "s"})


@dataclass(frozen=True)
class Stem:
    """A beginning of words; ``whole``: the word itself and no longer one."""

    language: str
    stem: str
    whole: bool


def stems(packs: Packs | None = None) -> tuple[Stem, ...]:
    """All stems of the shipped languages."""
    data = (packs or load_packs()).get("neutral_names", "neutral_names").data
    return tuple(
        Stem(entry["language"], raw["stem"], raw.get("whole", False))
        for entry in data["languages"]
        for raw in entry["stems"]
    )


def fold(text: str) -> str:
    """Small Latin letters without accents, words apart by one space; digits that stand for letters are read so."""
    lowered = unicodedata.normalize("NFKC", text).casefold()
    latin = lowered.translate(_CYRILLIC).translate(_TWO_LETTERS).translate(_LOOK_ALIKE)
    plain = "".join(c for c in unicodedata.normalize("NFKD", latin) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", plain))


def name_flags(name: str, packs: Packs | None = None) -> tuple[Flag, ...]:
    """The words in a name that tell on people; empty for a name that could be anybody's."""
    words = fold(name)
    found = [stem for stem in stems(packs) if _holds(words, stem)]
    return tuple(Flag("telling_name", Step(TELLS, {"word": stem.stem}), "RI-03") for stem in found)


def _holds(words: str, stem: Stem) -> bool:
    pattern = rf"(?:^| ){re.escape(stem.stem)}" + (r"(?:$| )" if stem.whole else "")
    if re.search(pattern, words):
        return True
    # Letters set apart ("v i c t i m") are one word.
    letters = re.sub(r"(?<=\b\w) (?=\w\b)", "", words)
    return letters != words and re.search(pattern, letters) is not None


@cross_check
def check_neutral_names(packs: Packs) -> None:
    """Every stem is written as names are read, or it would never be found."""
    for pack in packs.of_kind("neutral_names").values():
        for entry in pack.data["languages"]:
            for raw in entry["stems"]:
                if fold(raw["stem"]) != raw["stem"]:
                    raise PackError(
                        pack.file,
                        f"data/languages/{entry['language']}",
                        f"{raw['stem']!r} has to be {fold(raw['stem'])!r}",
                    )

"""The code and the alias of a case: drawn at random, never typed, so that neither can hint at who somebody is."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection

from django.utils.translation import gettext, gettext_noop

# Crockford's base 32 (no I, L, O, U) without A and E: no vowel is left, so that no code spells a word.
SIGNS = "0123456789BCDFGHJKMNPQRSTVWXYZ"
FORM = re.compile(rf"[{SIGNS}]{{4}}-[{SIGNS}]{{4}}")
_LOOK_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})

ALIASES: tuple[str, ...] = (
    # trees
    gettext_noop("Linden"), gettext_noop("Oak"), gettext_noop("Beech"), gettext_noop("Birch"), gettext_noop("Maple"),
    gettext_noop("Pine"), gettext_noop("Spruce"), gettext_noop("Walnut"), gettext_noop("Chestnut"), gettext_noop("Elm"),
    gettext_noop("Poplar"), gettext_noop("Alder"), gettext_noop("Hornbeam"), gettext_noop("Mulberry"),
    # birds
    gettext_noop("Swallow"), gettext_noop("Stork"), gettext_noop("Heron"), gettext_noop("Sparrow"),
    gettext_noop("Blackbird"), gettext_noop("Goldfinch"), gettext_noop("Kingfisher"), gettext_noop("Nightingale"),
    gettext_noop("Wagtail"), gettext_noop("Crane"), gettext_noop("Thrush"), gettext_noop("Hoopoe"),
    # sky, water, stone
    gettext_noop("Cloud"), gettext_noop("Meadow"), gettext_noop("Brook"), gettext_noop("Spring"), gettext_noop("Amber"),
    gettext_noop("Granite"), gettext_noop("Slate"), gettext_noop("Harbour"), gettext_noop("Comet"),
)  # fmt: skip


def new_code() -> str:
    """A code such as 7F3K-9Q2M: 30 signs to the eighth power, about 39 bits.

    Whoever stores it checks that it is free.
    """
    signs = "".join(secrets.choice(SIGNS) for _ in range(8))
    return f"{signs[:4]}-{signs[4:]}"


def told_apart(code: str) -> str:
    """A code with signs of its own behind it, at most 40 together, where erased rows of one year have to stay apart."""
    if not code or "~" in code:
        return code
    return f"{code[:31]}~{new_code().replace('-', '')}"


def typed_code(typed: str) -> str:
    """A code as somebody typed it, made canonical: case, spaces, dashes and look-alike signs do not matter.

    May be no code.
    """
    signs = "".join(c for c in typed.upper() if c.isalnum()).translate(_LOOK_ALIKE)
    return f"{signs[:4]}-{signs[4:]}" if len(signs) == 8 else signs


def new_alias(taken: Collection[str] = ()) -> str:
    """A neutral word to speak of a case by, one that is not in use while there is one; the code tells cases apart."""
    free = [alias for alias in ALIASES if alias not in set(taken)]
    return secrets.choice(free or ALIASES)


def alias_label(alias: str) -> str:
    """The alias in the reader's language."""
    return gettext(alias)

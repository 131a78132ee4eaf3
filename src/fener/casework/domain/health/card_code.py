"""The code on a health card (HE-05): drawn at random, with a sign that catches a slip of the finger."""

from __future__ import annotations

import secrets

SIGNS = "0123456789BCDFGHJKMNPQRSTVWXYZ"  # as for the code of a case: nothing is mistaken, and no word comes out
LENGTH = 12  # 30 signs to the twelfth power, about 58 bits; the thirteenth is the check sign
_LOOK_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_code() -> str:
    """A code as it stands on the card: three groups of four signs, and the check sign."""
    signs = "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
    return f"{signs[:4]}-{signs[4:8]}-{signs[8:]}-{check_sign(signs)}"


def canonical(typed: str) -> str:
    """A code as somebody typed it: case, spaces, dashes and look-alike signs do not matter. Empty: it is no code."""
    signs = "".join(c for c in typed.upper() if c.isalnum()).translate(_LOOK_ALIKE)
    if len(signs) != LENGTH + 1 or set(signs) - set(SIGNS) or check_sign(signs[:-1]) != signs[-1]:
        return ""
    return signs


def check_sign(signs: str) -> str:
    """Luhn's sign to the base of the alphabet: any one wrong sign shows, and most of two that were exchanged."""
    base, total = len(SIGNS), 0
    for place, sign in enumerate(reversed(signs)):
        value = SIGNS.index(sign) * (2 if place % 2 == 0 else 1)
        total += value // base + value % base
    return SIGNS[-total % base]

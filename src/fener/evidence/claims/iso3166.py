"""Shapes of codes of ISO 3166; which countries there are and were stands in the catalogue."""

from __future__ import annotations

import re
from collections.abc import Set

OWN = re.compile(r"AA|Q[M-Z]|X[A-Z]|ZZ")
"""Codes that part 1 of the standard leaves to its users, such as XK."""
SUBDIVISION = re.compile(r"([A-Z]{2})-[A-Z0-9]{1,3}")


def is_code(text: str, countries: Set[str]) -> bool:
    """Whether it is a code (capital letters) of ``countries``, of users' own, or of a subdivision of one, which
    is known by its country and shape."""
    part = SUBDIVISION.fullmatch(text)
    country = part[1] if part else text
    return country in countries or OWN.fullmatch(country) is not None

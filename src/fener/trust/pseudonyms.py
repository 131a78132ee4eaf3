"""A keyed pseudonym of somebody for one purpose: it meets itself again, and tells nothing of who it is.

The key is derived from SECRET_KEY, which is not in the database, and from the purpose: two purposes give two pseudonyms
that no query can join. Names are folded as the search folds them (``names``), so that another script or order of the
words gives the same one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from fener.trust import keys, names
from fener.trust.signing_in.secrets import derived

PSEUDONYM_BYTES = 16


def pseudonym(purpose: str, *, called: Iterable[str], birth_date: date | None) -> bytes | None:
    """The pseudonym of somebody who is called so and was born then. None where either is not known: no guess is made.

    ``purpose``: a code of the purpose, one for each use.
    """
    words = sorted(word for name in called for word in names.words(name))
    if not words or birth_date is None:
        return None
    message = keys.context("fener", "pseudonym", purpose, birth_date.isoformat(), *words)
    return keys.keyed_hash(derived("pseudonym", purpose), message, length=PSEUDONYM_BYTES)

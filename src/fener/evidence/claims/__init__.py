"""Published figures: what they say, where they contradict each other, what may be computed of them.

>>> from fener.evidence import claims
>>> book = claims.read_claims("examples/claims/bulgaria.csv")
>>> {found.kind for found in claims.check(book)} >= {"sum", "denominator"}
True
>>> claims.derive(book, kind="share", inputs=["bg-2002-minor", "bg-2002"])[0].said()
'61.5 %'
"""

from __future__ import annotations

from fener.evidence.claims.book import Book
from fener.evidence.claims.checks import check
from fener.evidence.claims.deriving import derive
from fener.evidence.claims.deriving.values import Value
from fener.evidence.claims.findings import Finding
from fener.evidence.claims.reading import read_claims

__all__ = ["Book", "Finding", "Value", "check", "derive", "read_claims"]

"""Releases with differential privacy: noisy tables that agree, intervals, invented records, a budget that is kept.

From a notebook::

    from fener.evidence.release import private
    made = private.make(data, [["gender"], ["gender", "age"]], epsilon=1, delta="1e-6")
    made.tables[0].count, made.tables[0].low, made.tables[0].high

``publish`` makes the files of a specification. The ledger is charged before any noise is drawn.
"""

from __future__ import annotations

from fener.evidence.release.private.ledger import Account, Budget, Charge
from fener.evidence.release.private.making import PrivateRelease, PrivateTable, make
from fener.evidence.release.private.publishing import publish

__all__ = ["Account", "Budget", "Charge", "PrivateRelease", "PrivateTable", "make", "publish"]

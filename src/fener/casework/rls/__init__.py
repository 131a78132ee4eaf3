"""To whom the rows of casework belong: the sum of the modules beside this file (see ``trust.fence``).

``cases`` holds the words of which rules are made; a chapter of the case brings a module of its own with ``RULES``, and
``EXEMPT`` where a row needs no fence.
"""

from __future__ import annotations

from fener.casework.rls.cases import FUNCTIONS, REACHES
from fener.trust.finding import gathered_map

__all__ = ["EXEMPT", "FUNCTIONS", "REACHES", "RULES"]

RULES = gathered_map(__name__, "RULES")
EXEMPT: dict[str, str] = gathered_map(__name__, "EXEMPT")

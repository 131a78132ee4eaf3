"""To whom the rows of second entries belong; a match across bodies is the node's own work."""

from __future__ import annotations

from fener.casework.rls.cases import of_case

RULES = {"casework.RemovalPseudonym": of_case(), "casework.SecondEntry": of_case()}

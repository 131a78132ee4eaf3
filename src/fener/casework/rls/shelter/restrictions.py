"""To whom the rows of restrictions belong."""

from __future__ import annotations

from fener.casework.rls.cases import of_case

RULES = {"casework.StayRestriction": of_case()}

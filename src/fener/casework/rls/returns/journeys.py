"""To whom the rows of journeys belong."""

from __future__ import annotations

from fener.casework.rls.cases import of_case

RULES = {"casework.Journey": of_case()}

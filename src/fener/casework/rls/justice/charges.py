"""To whom the rows of charges and of outcomes that are owed belong."""

from __future__ import annotations

from fener.casework.rls.cases import of_case

RULES = {"casework.Charge": of_case(), "casework.OwedOutcome": of_case()}

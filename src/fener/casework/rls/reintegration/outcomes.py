"""To whom the rows of outcomes belong."""

from __future__ import annotations

from fener.casework.rls.cases import of_case

RULES = {"casework.Outcome": of_case(), "casework.FailedCase": of_case()}

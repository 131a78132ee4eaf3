"""To whom the rows on developments belong."""

from __future__ import annotations

from fener.casework.rls.cases import of_case

RULES = {"casework.Development": of_case(), "casework.TellingWish": of_case()}

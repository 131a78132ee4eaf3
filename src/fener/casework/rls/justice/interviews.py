"""To whom the rows on interviews belong."""

from __future__ import annotations

from fener.casework.rls.cases import of_case

RULES = {"casework.Interview": of_case()}

"""To whom the rows of papers belong."""

from __future__ import annotations

from fener.casework.rls.cases import of_case

RULES = {"casework.PaperState": of_case()}

"""To whom the rows of permits belong."""

from __future__ import annotations

from fener.casework.rls.cases import of_case

RULES = {"casework.Permit": of_case()}

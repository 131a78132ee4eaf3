"""To whom the rows of detentions belong."""

from __future__ import annotations

from fener.casework.rls.cases import of_case

RULES = {"casework.Detention": of_case()}

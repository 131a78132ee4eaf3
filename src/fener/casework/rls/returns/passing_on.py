"""To whom the rows of what returns pass on belong."""

from __future__ import annotations

from fener.casework.rls.cases import of_case

RULES = {"casework.PassedOn": of_case()}

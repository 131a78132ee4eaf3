"""To whom the rows of conditions belong."""

from __future__ import annotations

from fener.casework.rls.cases import of_case

RULES = {"casework.ImposedCondition": of_case()}

"""To whom the rows belong: searches for the family."""

from __future__ import annotations

from fener.casework.rls.cases import of_case

RULES = {"casework.FamilySearch": of_case()}

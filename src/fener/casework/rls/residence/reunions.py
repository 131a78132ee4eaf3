"""To whom the rows belong: family reunions."""

from __future__ import annotations

from fener.casework.rls.cases import of_case

RULES = {"casework.FamilyReunion": of_case()}

"""To whom the rows belong: types of a case."""

from __future__ import annotations

from fener.casework.rls.cases import of_case

RULES = {"casework.CaseType": of_case()}

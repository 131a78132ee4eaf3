"""To whom the rows of incidents belong."""

from __future__ import annotations

from fener.casework.rls.cases import of_case

RULES = {"casework.Incident": of_case()}

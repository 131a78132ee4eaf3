"""To whom the rows of health cards belong."""

from __future__ import annotations

from fener.casework.rls.cases import of_case

RULES = {"casework.HealthCard": of_case()}

"""To whom the rows of complaints belong."""

from __future__ import annotations

from fener.casework.rls.cases import of_case

RULES = {"casework.Complaint": of_case()}

"""To whom the rows on guardians and parts belong."""

from __future__ import annotations

from fener.casework.rls.cases import of_case

RULES = {"casework.Guardianship": of_case(), "casework.ChildPart": of_case()}

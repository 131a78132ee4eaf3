"""To whom the rows of screenings of returnees belong."""

from __future__ import annotations

from fener.casework.rls.cases import of_case

RULES = {"casework.ReturnScreening": of_case()}

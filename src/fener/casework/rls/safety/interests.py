"""To whom the rows belong: conflicts of interest."""

from __future__ import annotations

from fener.casework.rls.cases import of_case

RULES = {"casework.InterestConflict": of_case()}

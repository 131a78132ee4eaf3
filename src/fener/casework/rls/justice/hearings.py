"""To whom the rows on dates for testimony and measures of a court belong."""

from __future__ import annotations

from fener.casework.rls.cases import of_case

RULES = {"casework.Hearing": of_case(), "casework.CourtMeasure": of_case()}

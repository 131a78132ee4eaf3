"""To whom the rows on case conferences belong."""

from __future__ import annotations

from fener.casework.rls.cases import of_case

RULES = {"casework.Conference": of_case(), "casework.ConferenceMeasure": of_case()}

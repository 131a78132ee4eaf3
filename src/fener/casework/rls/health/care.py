"""To whom the rows of health belong."""

from __future__ import annotations

from fener.casework.rls.cases import of_case

RULES = {"casework.CareOffer": of_case(), "casework.HealthTest": of_case()}

"""To whom the rows of dangers and of protection belong."""

from __future__ import annotations

from fener.casework.rls.cases import of_case

RULES = {"casework.RiskAssessment": of_case(), "casework.ProtectionMeasure": of_case()}

"""To whom the rows of stays belong."""

from __future__ import annotations

from fener.casework.rls.cases import of_case

RULES = {"casework.ShelterStay": of_case(), "casework.StayExtension": of_case()}

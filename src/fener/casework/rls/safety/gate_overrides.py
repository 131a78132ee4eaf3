"""To whom the rows of overrides of a gate belong."""

from __future__ import annotations

from fener.casework.rls.cases import of_case

RULES = {"casework.GateOverride": of_case(), "casework.ClosedGate": of_case()}

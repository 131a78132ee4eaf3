"""To whom the rows about the family belong."""

from __future__ import annotations

from fener.casework.rls.cases import of_case
from fener.trust.fence import through

RULES = {"casework.FamilyAgreement": of_case(), "casework.FamilySupport": through("agreement")}

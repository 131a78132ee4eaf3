"""To whom the rows on legal advice and statements belong."""

from __future__ import annotations

from fener.casework.rls.cases import of_case

RULES = {
    "casework.LegalMandate": of_case(),
    "casework.LegalTold": of_case(),
    "casework.Statement": of_case(),
    "casework.ChildOpinion": of_case(),
    "casework.AdaptedProcedure": of_case(),
}

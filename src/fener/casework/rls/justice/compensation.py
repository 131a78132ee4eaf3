"""To whom the rows of compensation belong."""

from __future__ import annotations

from fener.casework.rls.cases import of_case
from fener.trust.fence import through

RULES = {
    "casework.RoutesTold": of_case(),
    "casework.Claim": of_case(),
    "casework.ClaimPayment": through("claim"),
}

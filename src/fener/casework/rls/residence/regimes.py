"""To whom the rows of residence regimes belong."""

from __future__ import annotations

from fener.casework.rls.cases import of_case
from fener.trust.fence import through

RULES = {
    "casework.RegimeStay": of_case(),
    "casework.PathChange": through("stay"),
    "casework.RegimeFact": of_case(),
}

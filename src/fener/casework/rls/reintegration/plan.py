"""To whom the rows of a reintegration plan belong."""

from __future__ import annotations

from fener.casework.rls.cases import of_case
from fener.trust.fence import through

RULES = {
    "casework.ReintegrationPlan": of_case(),
    "casework.ReintegrationStart": through("plan"),
    "casework.ReintegrationEntry": of_case(),
}

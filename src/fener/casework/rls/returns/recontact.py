"""To whom the rows of agreements to be contacted belong."""

from __future__ import annotations

from fener.casework.rls.cases import of_case
from fener.trust.fence import through

RULES = {"casework.Recontact": of_case(), "casework.FollowUp": through("journey")}

"""To whom the rows of agreements to be contacted belong."""

from __future__ import annotations

from fener.casework.rls.cases import of_case, through

RULES = {"casework.Recontact": of_case(), "casework.FollowUp": through("journey")}

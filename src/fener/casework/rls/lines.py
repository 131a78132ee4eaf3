"""To whom the lines of a case belong, and what somebody left unfinished."""

from __future__ import annotations

from fener.casework.rls.cases import of_case
from fener.trust.fence import user_in

RULES = {
    "casework.CaseLine": of_case(),
    "casework.FormDraft": user_in("user"),
}

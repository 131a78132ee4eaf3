"""To whom the rows on a child's places and on leaving care belong."""

from __future__ import annotations

from fener.casework.rls.cases import of_case

RULES = {
    "casework.ChildPlacement": of_case(),
    "casework.ChildHandOver": of_case(),
    "casework.LeavingCare": of_case(),
    "casework.LeavingFollowUp": of_case(),
}

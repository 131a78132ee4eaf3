"""To whom requests for a place belong: to the house's body and to the one that asked; for whom, to the case."""

from __future__ import annotations

from fener.casework.rls.cases import of_case
from fener.trust.fence import either, keeper_in

RULES = {
    "casework.PlaceRequest": either(keeper_in("organisation"), keeper_in("asked_by")),
    "casework.PlaceSought": of_case(),
}

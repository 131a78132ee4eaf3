"""To whom wishes to enter belong: to the house's body; that one was about a person, to the case."""

from __future__ import annotations

from fener.casework.rls.cases import of_case
from fener.trust.fence import keeper_in

RULES = {
    "casework.ShelterAccessRequest": keeper_in("organisation"),
    "casework.ShelterAccessConcern": of_case(),
}

"""To whom the rows of programmes belong: to the body; a person's way through one, to whoever reaches the case."""

from __future__ import annotations

from fener.casework.rls.cases import of_case
from fener.trust.fence import keeper_in, through

RULES = {
    "casework.Programme": keeper_in("organisation"),
    "casework.Safeguard": through("programme"),
    "casework.Participation": of_case(),
    "casework.ParticipationStep": through("participation"),
}

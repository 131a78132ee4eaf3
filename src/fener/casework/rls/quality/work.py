"""To whom rows on work belong: to the body whose workers they are about."""

from __future__ import annotations

from fener.trust.fence import keeper_in, through

RULES = {
    "casework.Supervision": keeper_in("organisation"),
    "casework.WorkTime": keeper_in("organisation"),
    "casework.WorkLimits": keeper_in("organisation"),
    "casework.LeaveCover": keeper_in("organisation"),
    "casework.LeaveCoverCase": through("leave"),
}

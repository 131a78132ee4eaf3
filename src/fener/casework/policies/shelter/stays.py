"""Who may do what with stays in a shelter (SH-02, SH-04, SH-05). The co-ordinator reads none: a house is a place."""

from __future__ import annotations

from fener.casework.policies.children.common import BROUGHT, HOLDS
from fener.trust.policy import Relationship as R
from fener.trust.policy import Row
from fener.trust.roles import Role

_STAFF = {Role.CASE_MANAGER, Role.SHELTER_WORKER}
# Where the case is kept, each stay; where the person was referred to, those in own houses (selectors.shelter.reach).
LEADS = HOLDS | {R.REFERRED_TO}

ROWS: tuple[Row, ...] = (
    Row("shelter_stay.list", _STAFF, LEADS, note="kind of house, days and marks; the exit plan is sealed"),
    Row("shelter_stay.list", {Role.LAWYER, Role.GUARDIAN}, BROUGHT, note="without the name of the house"),
    *(
        Row(f"shelter_stay.{act}", _STAFF, LEADS, note=note)
        for act, note in (
            ("record", "an admission to a house of the own body"),
            ("extend", "with the reason"),
            ("plan", "where the person will live, on what, who stays in touch"),
            ("end", "own wish is never refused; the time limit needs a plan"),
        )
    ),
    Row("house_stay.list", _STAFF, {R.SAME_ORGANISATION}, note="own houses, consent ended: the house and a day"),
    Row("house_stay.end", _STAFF, {R.SAME_ORGANISATION}, note="that the person left, by their own decision; no more"),
)

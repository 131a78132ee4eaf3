"""Who tells an authority of the country of return, and sees what it was told (rule RT-06)."""

from __future__ import annotations

from fener.casework.policies.safety.promises import by_the_holder
from fener.trust.policy import Relationship as R
from fener.trust.policy import Row
from fener.trust.roles import Role

ROWS: tuple[Row, ...] = (
    *by_the_holder("passed_on.list", note="whom, kinds of data, purpose and day"),
    *by_the_holder("return.demanded", note="a statement was demanded there: an incident"),
    Row(
        "return.pass_on",
        {Role.CASE_MANAGER},
        {R.ASSIGNED, R.SAME_ORGANISATION},
        note="only on a living consent that names the authority, and only the least",
    ),
)

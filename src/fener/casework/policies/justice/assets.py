"""Who reads and writes the ledger of confiscated assets (rule CP-04)."""

from __future__ import annotations

from fener.trust.policy import Relationship as R
from fener.trust.policy import Row
from fener.trust.roles import Role

_KEEPS_ACCOUNT = {Role.LAW_ENFORCEMENT_LIAISON}

ROWS: tuple[Row, ...] = (
    Row("asset.list", _KEEPS_ACCOUNT, {R.SAME_ORGANISATION}, note="the own body's ledger"),
    Row("asset.list", {Role.MECHANISM_COORDINATOR}, {R.NODE}, note="all ledgers: things and sums, nobody"),
    Row("asset.record", _KEEPS_ACCOUNT, {R.SAME_ORGANISATION}, note="in the own body's ledger"),
    Row("asset.advance", _KEEPS_ACCOUNT, {R.SAME_ORGANISATION}, note="confiscated, realised, paid to a fund"),
)

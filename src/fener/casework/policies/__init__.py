"""Who may do what with a case: the sum of the tables beside this file, and of those that chapters bring."""

from __future__ import annotations

from fener.casework.policies import assistance, erasure, files, identification, protection, standard
from fener.trust.finding import gathered
from fener.trust.policy import Row

_FIRST = (identification, assistance, erasure, protection, standard, files)

ROWS: tuple[Row, ...] = (
    *(row for module in _FIRST for row in module.ROWS),
    *gathered(__name__, "ROWS", leave_out=[module.__name__ for module in _FIRST]),
)

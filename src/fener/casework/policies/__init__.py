"""Who may do what with a case: the sum of the tables beside this file."""

from __future__ import annotations

from fener.casework.policies import assistance, erasure, files, identification, protection, standard
from fener.trust.policy import Row

ROWS: tuple[Row, ...] = (
    *identification.ROWS,
    *assistance.ROWS,
    *erasure.ROWS,
    *protection.ROWS,
    *standard.ROWS,
    *files.ROWS,
)

"""Who may do what with a case: the sum of the tables beside this file."""

from __future__ import annotations

from fener.casework.policies import assistance, identification, standard
from fener.trust.policy import Row

ROWS: tuple[Row, ...] = (*identification.ROWS, *assistance.ROWS, *standard.ROWS)

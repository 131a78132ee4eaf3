"""Who may do what with residence regimes (rules RP-04 to RP-10). The co-ordinator does not see them, and who works in a
house sees the right to work alone: a path tells who testifies.
"""

from __future__ import annotations

from fener.casework.policies.children.common import by_the_holder
from fener.casework.policies.justice.common import of_the_law
from fener.trust.policy import Row

ROWS: tuple[Row, ...] = (
    *by_the_holder("regime.list", note="that there is a right to stay, and until when the person may work"),
    *of_the_law("regime.read", note="regimes, phases, conditions and what is known of them; never the co-ordinator"),
    *of_the_law("regime.record", note="that a regime applies"),
    *of_the_law("regime.end", note="that it applies no longer; help goes on"),
    *of_the_law("regime.change_path", note="at the person's own wish"),
    *of_the_law("regime.answer", note="what is known of a condition, and who says so"),
)

"""Who may do what with charges and with outcomes that are owed (rules JU-01 to JU-04).

Nobody who works in a house: proceedings tell who testifies.
"""

from __future__ import annotations

from fener.casework.policies.children.common import for_the_node
from fener.casework.policies.justice.common import of_the_law
from fener.trust.policy import Row

ROWS: tuple[Row, ...] = (
    *of_the_law("charge.list", note="kinds, stages and days; who is accused is sealed"),
    *of_the_law("charge.record", note="as the person knows it"),
    *of_the_law("charge.advance", note="stages, evidence, measures"),
    *of_the_law("charge.decide", note="outcome and sentence"),
    *of_the_law("owed_outcome.list", note="which office owes an outcome, and since when"),
    for_the_node("owed_outcome.list", note="office and days: a missing one shows"),
    *of_the_law("owed_outcome.record", note="an office was given the case"),
    *of_the_law("owed_outcome.answer", note="what the office said"),
)

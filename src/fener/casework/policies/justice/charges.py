"""Who may do what with charges and with outcomes that are owed (rules JU-01 to JU-04)."""

from __future__ import annotations

from fener.casework.policies.children.common import by_the_holder, for_the_node
from fener.trust.policy import Row

ROWS: tuple[Row, ...] = (
    *by_the_holder("charge.list", note="kinds, stages and days; who is accused is sealed"),
    *by_the_holder("charge.record", note="as the person knows it"),
    *by_the_holder("charge.advance", note="stages, evidence, measures"),
    *by_the_holder("charge.decide", note="outcome and sentence"),
    *by_the_holder("owed_outcome.list", note="which office owes an outcome, and since when"),
    for_the_node("owed_outcome.list", note="office and days: a missing one shows"),
    *by_the_holder("owed_outcome.record", note="an office was given the case"),
    *by_the_holder("owed_outcome.answer", note="what the office said"),
)

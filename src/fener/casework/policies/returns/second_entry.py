"""Who learns of a second entry after a removal, and who reads the figures (rules RT-09, RT-10, ID-30)."""

from __future__ import annotations

from fener.casework.policies.children.common import by_the_holder, for_the_node
from fener.trust.policy import Row

ROWS: tuple[Row, ...] = (
    *by_the_holder("second_entry.list", note="an earlier removal to talk about; never which body, case or day it was"),
    for_the_node("second_entry.list", "that somebody was removed before and is here again"),
    *by_the_holder("second_entry.record", note="the person is here again; it was talked about"),
    for_the_node("returns_figures.read", "counts; they name no case"),
)

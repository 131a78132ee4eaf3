"""Answers with three values. Unknown is an answer: it is never read as no."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Answer(StrEnum):
    """What is recorded about one fact."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Finding(StrEnum):
    """What a test makes of the facts."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    UNKNOWN = "unknown"


def any_yes(answers: Iterable[Answer]) -> Finding:
    """Found when one answer is yes; not found only when there are answers and every one is no."""
    seen = set(answers)
    if Answer.YES in seen:
        return Finding.FOUND
    return Finding.NOT_FOUND if seen == {Answer.NO} else Finding.UNKNOWN


def any_found(findings: Iterable[Finding]) -> Finding:
    """Either suffices: found when one is; not found only when all are excluded."""
    seen = set(findings)
    if Finding.FOUND in seen:
        return Finding.FOUND
    return Finding.NOT_FOUND if seen == {Finding.NOT_FOUND} else Finding.UNKNOWN


def all_found(findings: Iterable[Finding]) -> Finding:
    """All are needed: one that is excluded excludes the whole; otherwise one unknown leaves it unknown."""
    seen = set(findings)
    if Finding.NOT_FOUND in seen:
        return Finding.NOT_FOUND
    return Finding.FOUND if seen == {Finding.FOUND} else Finding.UNKNOWN


def as_verdict(finding: Finding) -> str:
    """The word that the contract uses for a whole test: found, not_found or undetermined."""
    return "undetermined" if finding is Finding.UNKNOWN else finding.value

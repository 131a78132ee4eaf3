"""A finding of ``fener check``: what, where, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum


class Severity(StrEnum):
    """``error``: people or data are at risk, or the node does not work. ``warning``: it will come to that."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Finding:
    """``check``: the question; ``message``: what was found; ``remedy``: what to do; ``where``: the file or setting."""

    check: str
    message: str
    remedy: str
    where: str = ""
    severity: Severity = Severity.ERROR

    def to_json(self) -> dict[str, str]:
        return {**asdict(self), "severity": self.severity.value}


Question = Callable[[], Iterator[Finding]]

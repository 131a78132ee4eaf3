"""What the checker says: which class, which figures, in a sentence. It asks; it never corrects."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from fener.evidence.claims.model import Claim

CLASSES = (
    "sum", "conflict", "denominator", "unit", "coincidence", "logic", "identity", "count", "period", "missing",
)  # fmt: skip
ERROR = "error"  # cannot be so
WARNING = "warning"  # contradicts another figure
QUESTION = "question"  # may be right, and needs an answer before the figure is used


@dataclass(frozen=True)
class Finding:
    """``kind`` is one of CLASSES; ``claims`` the ids, those first of which the sentence speaks first."""

    kind: str
    claims: tuple[str, ...]
    message: str
    severity: str
    row: int  # of the first claim: findings are told in the order of the file

    def to_json(self) -> dict[str, Any]:
        """The record of the contract."""
        return {"class": self.kind, "claims": list(self.claims), "message": self.message, "severity": self.severity}


def finding(kind: str, claims: Iterable[Claim], message: str, severity: str = WARNING) -> Finding:
    """A finding about these claims."""
    listed = tuple(claims)
    names = tuple(dict.fromkeys(claim.id for claim in listed))
    return Finding(kind, names, message, severity, min(claim.row for claim in listed))


def listed(claims: Iterable[Claim], most: int = 6) -> str:
    """The figures by name, "a (3), b (5) and c (8)"; more than ``most`` are counted."""
    names = [claim.named() for claim in claims]
    if len(names) > most:
        names = [*names[: most - 1], f"{len(names) - most + 1} others"]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"

"""A flag: something that somebody should look at, with its reason. It refuses nothing and decides nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from fener.norms.why import Step


@dataclass(frozen=True)
class Flag:
    """``code`` names the rule's finding, ``why`` says it in words; ``rule`` is the id under which it is known."""

    code: str
    why: Step
    rule: str = ""

    def to_json(self) -> dict[str, Any]:
        """For ``--json`` and the audit entry; holds codes, dates and counts alone."""
        return {"code": self.code, "why": self.why.to_json(), "rule": self.rule}


def codes_of(flags: Iterable[Flag]) -> tuple[str, ...]:
    """The codes in their order."""
    return tuple(flag.code for flag in flags)

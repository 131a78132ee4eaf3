"""How an answer explains itself: steps of translatable text with their values, and three-valued yes / no / unknown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

Met = bool | None
"""True = yes, False = no, None = unknown."""


def gettext_noop(text: str) -> str:
    """Marks an English text for the translators (makemessages looks for this name); norms itself never translates."""
    return text


def plain(value: Any) -> Any:
    """A value as JSON holds it: dates as ISO 8601 text, tuples as lists, everything else as it is."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [plain(v) for v in value]
    if isinstance(value, Mapping):
        return {k: plain(v) for k, v in value.items()}
    return value


@dataclass(frozen=True)
class Step:
    """One step of a reasoning. ``text`` is a gettext msgid with named %-placeholders; ``params`` are their values.

    Dates stand in ``params`` as date objects, so that a page can print them as its reader does.
    """

    text: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def english(self) -> str:
        """The step in plain English, with ISO dates."""
        return self.text % {k: plain(v) for k, v in self.params.items()} if self.params else self.text

    def to_json(self) -> dict[str, Any]:
        """``{"text": msgid, "params": {...}, "english": rendered}``."""
        return {"text": self.text, "params": plain(self.params), "english": self.english()}


def english(steps: Iterable[Step]) -> str:
    """Steps as one English paragraph."""
    return " ".join(step.english() for step in steps)


def word(met: Met) -> str:
    """The answer as it is written in files: yes, no or unknown."""
    return "unknown" if met is None else "yes" if met else "no"


def met_by(alternatives: Iterable[Iterable[str]], facts: Mapping[str, Met]) -> Met:
    """Whether any of the alternatives holds, each of which needs all of its facts (Kleene's three-valued logic).

    A fact that is not given is unknown. No alternatives at all is never met.
    """
    answers = [_all(facts.get(name) for name in names) for names in alternatives]
    if any(answer is True for answer in answers):
        return True
    return None if any(answer is None for answer in answers) else False


def _all(values: Iterable[Met]) -> Met:
    known = list(values)
    if any(v is False for v in known):
        return False
    return None if any(v is None for v in known) else True

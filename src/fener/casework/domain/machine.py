"""State machines as tables: state × act → state, with the guard and the decision of the person that each step needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from fener.trust.errors import DomainError

if TYPE_CHECKING:
    from fener.trust.errors import Text


@dataclass(frozen=True)
class Step:
    """One allowed step. ``guard`` says what else is checked; ``own_decision`` that the person decides."""

    to: str
    guard: str = ""
    own_decision: bool = False
    consent: bool = False


class NotPossibleNow(DomainError):
    """The thing is in a state from which this step does not lead anywhere. ``state`` and ``act`` are codes."""

    def __init__(self, message: Text, *, state: str, act: str) -> None:
        super().__init__(message)
        self.state, self.act = state, act


@dataclass(frozen=True)
class Machine:
    """A whole table. What it does not name is refused."""

    name: str
    title: str
    start: str
    states: tuple[str, ...]
    acts: tuple[str, ...]
    steps: Mapping[tuple[str, str], Step]
    rules: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for (state, act), step in self.steps.items():
            if state not in self.states or step.to not in self.states or act not in self.acts:
                raise ValueError(f"{self.name}: {state} × {act} → {step.to} names something unknown")

    def step(self, state: str, act: str) -> Step:
        """Where ``act`` leads from ``state``. Raises NotPossibleNow for every pair that is not in the table."""
        try:
            return self.steps[state, act]
        except KeyError:
            message = _("This is not possible any more: it has changed in the meantime. Look at what is recorded now.")
            raise NotPossibleNow(message, state=state, act=act) from None

    def sources(self, act: str) -> tuple[str, ...]:
        """The states in which ``act`` is possible."""
        return tuple(state for state in self.states if (state, act) in self.steps)

    def end_states(self) -> tuple[str, ...]:
        """States that nothing leads out of."""
        return tuple(state for state in self.states if not any(source == state for source, _act in self.steps))

"""Residence on a case, for tests: what is known of a condition, and the phases that follow from it."""

from __future__ import annotations

from datetime import date

from fener.casework.models import Case
from fener.casework.services.residence import regimes, standing
from fener.norms.regimes import Phase
from fener.trust.actor import Actor

START = date(2025, 3, 1)


def known(actor: Actor, case: Case, *facts: str, answer: str = "yes", on: date = date(2026, 3, 1)) -> None:
    """Conditions that are answered since a day."""
    for fact in facts:
        regimes.record_fact(actor=actor, case=case, fact=fact, answer=answer, on=on, says="paper")


def phases(case: Case) -> dict[str, Phase]:
    """The phases of the one regime of a case, by their code."""
    ((_stay, found),) = standing.of_case(case)
    return {phase.phase: phase for phase in found}

"""What stands on a child's case, made by its services."""

from __future__ import annotations

from datetime import date
from typing import Any

from fener.casework.models import Case
from fener.casework.models.children.decision import ChildView
from fener.casework.models.children.guardianship import Guardianship
from fener.casework.services.children.decisions import record_view
from fener.casework.services.children.guardians import GuardianTerms, name_guardian
from fener.casework.services.children.standing import guardian_answers
from fener.trust.actor import Actor
from tests.factories.casework import CaseFactory

DAY = date(2026, 3, 2)


def child(actor: Actor, **more: Any) -> Case:
    """A case of a child of fifteen."""
    return CaseFactory(actor=actor, child=True, **more)


def guardian_terms(**changes: Any) -> GuardianTerms:
    """A guardian named in words, for the whole, from the day of the tests."""
    terms: dict[str, Any] = {
        "kind": "guardian",
        "mandate": "whole",
        "legal_basis": "Family Act, article 124",
        "since": DAY,
        "who": "Jasna Petrović, decision 12/2026",
        **changes,
    }
    return GuardianTerms(**terms)


def guarded(actor: Actor, case: Case, **changes: Any) -> Guardianship:
    """Somebody answers for the child."""
    return name_guardian(actor=actor, case=case, terms=guardian_terms(**changes))


def answered_for(actor: Actor, case: Case, *, about: str, on: date) -> None:
    """Where the person is taken for a child: somebody answers for it that day, and it was heard on the question."""
    if case.treated_as_child:
        if not guardian_answers(case, on):
            guarded(actor, case, since=on)
        heard(actor, case, about=about, on=on)


def heard(actor: Actor, case: Case, **changes: Any) -> ChildView:
    """The child was heard on a question."""
    told: dict[str, Any] = {"heard": True, "on": DAY, "words": "I want to stay where my sister is.", **changes}
    return record_view(actor=actor, case=case, **told)

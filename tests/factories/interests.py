"""Conflicts with the person's interest, things left behind and searches for the family, as the services record them."""

from __future__ import annotations

from typing import Any

from fener.casework.models import Case
from fener.casework.models.justice.belonging import LeftBehind
from fener.casework.models.returns.tracing import FamilySearch
from fener.casework.models.safety.interest import InterestConflict
from fener.casework.services.justice.belongings import LeftTerms, record_left
from fener.casework.services.returns.tracing import SearchTerms, start_search
from fener.casework.services.safety.interests import AgainstTerms, ConflictTerms, record_conflict
from fener.trust.actor import Actor
from tests.factories.returns import days_ago


def conflict(actor: Actor, case: Case, **changes: Any) -> InterestConflict:
    terms = {"aim": "early_interview", "by": "police", "arisen_on": days_ago(6), "words": "She wants to sleep first."}
    return record_conflict(actor=actor, case=case, terms=ConflictTerms(**{**terms, **changes}))


def against(**changes: Any) -> AgainstTerms:
    terms: dict[str, Any] = {
        "decided_by": "prosecutor", "basis": "court_order", "name": "Prosecutor Petrova", "reasons": "Article 12.",
        "on": days_ago(2),
    }  # fmt: skip
    return AgainstTerms(**{**terms, **changes})


def left(actor: Actor, case: Case, ago: int = 10, **changes: Any) -> LeftBehind:
    terms: dict[str, Any] = {"kind": "clothes", "held_by": "employer", "words": "A red bag, in the cellar.", **changes}
    return record_left(actor=actor, case=case, terms=LeftTerms(left_on=days_ago(ago), **terms))


def searched(actor: Actor, case: Case, **changes: Any) -> FamilySearch:
    terms: dict[str, Any] = {
        "relative": "sibling", "by": "red_cross", "asked_on": days_ago(8), "agreed": True, "words": "Ilie, of Cahul.",
    }  # fmt: skip
    return start_search(actor=actor, case=case, terms=SearchTerms(**{**terms, **changes}))

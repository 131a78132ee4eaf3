"""A lawyer, what was told, and statements as the services make them."""

from __future__ import annotations

from typing import Any

from fener.casework.models import Case
from fener.casework.models.justice.advice import LegalMandate, LegalTold
from fener.casework.models.justice.statement import AdaptedProcedure, ChildOpinion, Statement
from fener.casework.services.justice import advice, statements
from fener.trust.actor import Actor
from tests.factories.returns import days_ago

BEFORE = ("legal_advice", "consequences", "right_to_refuse")


def lawyer(actor: Actor, case: Case, **changes: Any) -> LegalMandate:
    terms = {"alone": True, "competent": True, "since": days_ago(40), "words": "Vera Ilić, Main Street 4"}
    return advice.record_mandate(actor=actor, case=case, **{**terms, **changes})


def told(actor: Actor, case: Case, *items: str, by: LegalMandate | None = None, **changes: Any) -> LegalTold:
    terms = {"items": items or BEFORE, "on": days_ago(20), "language": case.language, **changes}
    mandate_id = by.pk if by else None
    return advice.record_told(actor=actor, case=case, terms=advice.ToldTerms(mandate_id=mandate_id, **terms))


def stated(actor: Actor, case: Case, **changes: Any) -> Statement:
    terms = {"kind": "witness", "to": "prosecutor", "on": days_ago(5), "reference": "Kt 14/26", **changes}
    return statements.record_statement(actor=actor, case=case, terms=statements.StatementTerms(**terms))


def opinion(actor: Actor, case: Case, by: str, **changes: Any) -> ChildOpinion:
    terms = {"favours": True, "on": days_ago(15), "words": "She wants to be heard.", **changes}
    return statements.record_opinion(actor=actor, case=case, by=by, **terms)


def procedure(actor: Actor, case: Case, **changes: Any) -> AdaptedProcedure:
    terms = {"asked_by": "court", "times": 1, "recorded_once": True, "on": days_ago(12), "words": "The blue room."}
    return statements.set_procedure(actor=actor, case=case, terms=statements.ProcedureTerms(**{**terms, **changes}))

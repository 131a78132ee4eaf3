"""A person's lawyer, what they were told, and statements, as somebody may read them."""

from __future__ import annotations

from uuid import UUID

from fener.casework import access
from fener.casework.chapters.contract import Reader
from fener.casework.models import Case
from fener.casework.models.justice.advice import LegalMandate, LegalTold
from fener.casework.models.justice.statement import AdaptedProcedure, ChildOpinion, Statement
from fener.trust.actor import Actor
from fener.trust.errors import Refused


def mandates(reader: Reader) -> list[LegalMandate]:
    """The lawyers, who acts now first. One query. Raises Refused."""
    access.require(reader.actor, "legal_advice.list", reader.found)
    rows = LegalMandate.objects.filter(case=reader.case).order_by("-since", "pk")
    return sorted(rows, key=lambda one: one.ended_on is not None)


def told(reader: Reader) -> list[LegalTold]:
    """What was told, the latest first. One query. Raises Refused."""
    access.require(reader.actor, "legal_advice.list", reader.found)
    return list(LegalTold.objects.filter(case=reader.case).order_by("-on", "pk"))


def mandate_of(case: Case, pk: UUID, act: str) -> LegalMandate:
    """One mandate of a case on which ``act`` was allowed. Raises Refused, hidden."""
    found = LegalMandate.objects.filter(case=case, pk=pk).first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found


def lawyers(actor: Actor, case: Case) -> list[LegalMandate]:
    """The lawyers whose advice may be recorded. Raises Refused."""
    access.require_on_case(actor, "legal_advice.list", case)
    return list(LegalMandate.objects.filter(case=case).order_by("-since", "pk"))


def statements(reader: Reader) -> list[Statement]:
    """Statements, the latest first. One query. Raises Refused."""
    access.require(reader.actor, "statement.list", reader.found)
    return list(Statement.objects.filter(case=reader.case).order_by("-on", "pk"))


def weighed(reader: Reader) -> list[ChildOpinion]:
    """Opinions of guardian and prosecutor, the latest first. One query. Raises Refused."""
    access.require(reader.actor, "statement.list", reader.found)
    return list(ChildOpinion.objects.filter(case=reader.case).order_by("-on", "-recorded_at"))


def procedures(reader: Reader) -> list[AdaptedProcedure]:
    """Procedures fit for a child, the latest first. One query. Raises Refused."""
    access.require(reader.actor, "statement.list", reader.found)
    return list(AdaptedProcedure.objects.filter(case=reader.case).order_by("-on", "-recorded_at"))

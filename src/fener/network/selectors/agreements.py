"""Agreements as everybody who signs in may read them: what binds whom, and which clause takes no effect."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from fener.network import access
from fener.network.models import Agreement, AgreementParty, Clause, ReturnTerms, SharingRule
from fener.network.models.agreements import in_force
from fener.trust.actor import Actor
from fener.trust.errors import Refused

READ = "map.read"


def agreements(actor: Actor) -> QuerySet[Agreement]:
    """Every agreement with its parties. Raises Refused."""
    access.require(actor, READ)
    return Agreement.objects.prefetch_related("parties__organisation", "clauses", "sharing_rules", "duties")


def agreement(actor: Actor, pk: int) -> Agreement:
    """One agreement. Raises Refused, the same for one that does not exist."""
    found = agreements(actor).filter(pk=pk).first()
    if found is None:
        raise Refused(act=READ)
    return found


def clause(actor: Actor, agreement: Agreement, pk: int) -> Clause:
    """One of its clauses. Raises Refused."""
    access.require(actor, READ)
    found = agreement.clauses.filter(pk=pk).first()
    if found is None:
        raise Refused(act=READ)
    return found


def rule(actor: Actor, agreement: Agreement, pk: int) -> SharingRule:
    """One of its sharing rules. Raises Refused."""
    access.require(actor, READ)
    found = agreement.sharing_rules.filter(pk=pk).first()
    if found is None:
        raise Refused(act=READ)
    return found


def return_terms(actor: Actor, agreement: Agreement) -> ReturnTerms | None:
    """What it says about return and readmission, if it does. Raises Refused."""
    access.require(actor, READ)
    return ReturnTerms.objects.filter(agreement=agreement).first()


def about_return(actor: Actor) -> QuerySet[ReturnTerms]:
    """Every agreement about return or readmission, by country. Raises Refused."""
    access.require(actor, READ)
    return ReturnTerms.objects.select_related("agreement").order_by("country", "agreement__title", "pk")


def agreements_on_return(actor: Actor) -> QuerySet[Agreement]:
    """The agreements that say something about return and are or were in force. Raises Refused."""
    access.require(actor, READ)
    bound = [Agreement.Status.IN_FORCE, Agreement.Status.ENDED]
    return Agreement.objects.filter(return_terms__isnull=False, status__in=bound).order_by("title", "pk")


def own_party(actor: Actor, agreement: Agreement) -> AgreementParty | None:
    """The actor's body as a party of it, if it is one."""
    return next(
        (one for one in agreement.parties.all() if one.organisation_id == actor.keeper_id and not one.left_on), None
    )


def waiting_for(actor: Actor) -> QuerySet[Agreement]:
    """Agreements that wait for the confirmation of the actor's body. Raises Refused."""
    mine = AgreementParty.objects.filter(organisation_id=actor.keeper_id, confirmed_on=None, left_on=None)
    open_ones = agreements(actor).exclude(status=Agreement.Status.ENDED)
    return open_ones.filter(pk__in=mine.values("agreement_id"))


def between(actor: Actor, one: UUID, other: UUID, on: date) -> list[Agreement]:
    """Agreements in force of which both bodies are parties. Raises Refused."""
    access.require(actor, READ)
    found = Agreement.objects.filter(in_force(on), parties__organisation=one)
    return list(found.filter(pk__in=AgreementParty.objects.filter(organisation=other).values("agreement_id")))

"""The only code that changes the network. Organisations are set up by an administrator, who sees no case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from fener.network.models import Desk, Mandate, Membership, Organisation, Service
from fener.trust import audit, policy
from fener.trust.actor import Actor
from fener.trust.models import Keeper, User
from fener.trust.policy import Relationship
from fener.trust.roles import Role


def _allow(actor: Actor, act: str) -> None:
    policy.require(actor, act, Relationship.NODE)


@transaction.atomic
def create_organisation(*, actor: Actor, keeper: Keeper, **fields: Any) -> Organisation:
    """Register a body under the keys that its first member made. ``fields`` are those of the model."""
    _allow(actor, "network.organisation.create")
    organisation = Organisation(keeper=keeper, **fields)
    organisation.full_clean()
    organisation.save()
    audit.record(
        actor=actor,
        act="network.organisation.create",
        chain=("keeper", keeper.pk),
        subject_type="organisation",
        subject_id=keeper.pk,
        detail={"sector": organisation.sector},
    )
    return organisation


@transaction.atomic
def add_member(
    *, actor: Actor, organisation: Organisation, user: User, roles: Iterable[Role], since: date
) -> Membership:
    """Give somebody a place and roles. The keys are handed over by a member who holds them (trust.accounts)."""
    _allow(actor, "network.member.add")
    membership = Membership(organisation=organisation, user=user, roles=[r.value for r in roles], since=since)
    membership.full_clean()
    membership.save()
    audit.record(
        actor=actor,
        act="network.member.add",
        chain=("keeper", organisation.pk),
        subject_type="user",
        subject_id=user.pk,
        detail={"roles": membership.roles},
    )
    return membership


@transaction.atomic
def give_mandate(
    *, actor: Actor, organisation: Organisation, function: str, legal_basis: str, since: date, until: date | None = None
) -> Mandate:
    """Record a function that the law or an agreement gives, with its basis and period (rule ID-19)."""
    _allow(actor, "network.mandate.give")
    mandate = Mandate(organisation=organisation, function=function, legal_basis=legal_basis, since=since, until=until)
    mandate.full_clean()
    mandate.save()
    audit.record(
        actor=actor,
        act="network.mandate.give",
        chain=("keeper", organisation.pk),
        subject_type="organisation",
        subject_id=organisation.pk,
        detail={"function": function, "since": since.isoformat()},
    )
    return mandate


@transaction.atomic
def create_desk(*, actor: Actor, organisation: Organisation, name: str, receives: list[str]) -> Desk:
    """Open a desk for the kinds that it receives."""
    _allow(actor, "network.desk.create")
    desk = Desk(organisation=organisation, name=name, receives=receives)
    desk.full_clean()
    desk.save()
    audit.record(
        actor=actor,
        act="network.desk.create",
        chain=("keeper", organisation.pk),
        subject_type="organisation",
        subject_id=organisation.pk,
        detail={"receives": receives},
    )
    return desk


@transaction.atomic
def create_service(*, actor: Actor, desk: Desk, kind: str, name: str, **limits: Any) -> Service:
    """Offer a service at a desk. ``limits`` are capacity and eligibility; nationality is no limit (rule AS-05)."""
    _allow(actor, "network.service.create")
    service = Service(organisation=desk.organisation, desk=desk, kind=kind, name=name, **limits)
    service.full_clean()
    service.save()
    audit.record(
        actor=actor,
        act="network.service.create",
        chain=("keeper", desk.organisation_id),
        subject_type="organisation",
        subject_id=desk.organisation_id,
        detail={"kind": kind},
    )
    return service

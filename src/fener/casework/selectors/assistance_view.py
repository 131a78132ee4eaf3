"""Needs, plan, services and referrals of one case, as far as the actor's organisation has to do with them.

The organisation that keeps the file sees all of it. A recipient sees its own work: its referrals, the services that it
gives, and the needs that these answer or that its own people recorded.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q

from fener.casework import access
from fener.casework.models import Case, Need, Plan, PlanItem, Referral, ServiceRecord
from fener.trust.actor import Actor
from fener.trust.models import SealedItem
from fener.trust.policy import Relationship


@dataclass(frozen=True)
class Assistance:
    """What was needed, agreed, offered and asked of others. Sealed words are named and never opened."""

    relationship: Relationship
    holder: bool
    needs: tuple[Need, ...] = ()
    plans: tuple[Plan, ...] = ()  # oldest first
    services: tuple[ServiceRecord, ...] = ()
    referrals: tuple[Referral, ...] = ()  # newest first

    @property
    def asked(self) -> Plan | None:
        """The newest version, while the person has not decided about it."""
        return self.plans[-1] if self.plans and self.plans[-1].agreed is None else None

    @property
    def agreed(self) -> Plan | None:
        """The newest version that the person agreed to, also after they left it."""
        return next((plan for plan in reversed(self.plans) if plan.agreed), None)


def assistance(actor: Actor, case: Case, at: datetime, relationship: Relationship | None = None) -> Assistance | None:
    """At most 8 queries, 5 where the caller knows the ``relationship``. None for whoever may not see the file."""
    found = access.relationships(actor, case, at=at) if relationship is None else frozenset({relationship})
    how = access.allowed(actor, access.READ_FILE, found)
    if how is None:
        return None
    holder = access.holds(actor, case)
    records = case.services.select_related("service", "provider").order_by("offered_on", "pk")
    needs = case.needs.order_by("met_on", "-urgent", "recorded_on", "pk")
    sent = (
        Referral.objects.reachable_by(actor)
        .filter(case=case)
        .select_related("to_organisation", "from_organisation", "service", "desk", "consent")
    )
    if holder:
        return Assistance(
            how, True, tuple(needs), tuple(_plans(case)), tuple(records), tuple(sent.order_by("-offered_at"))
        )
    own_records = tuple(records.filter(provider_id=actor.keeper_id))
    concerns = Q(kind__in={record.kind for record in own_records}) | Q(
        recorded_by__memberships__organisation_id=actor.keeper_id
    )
    own_referrals = sent.filter(to_organisation_id=actor.keeper_id).order_by("-offered_at")
    return Assistance(how, False, tuple(needs.filter(concerns).distinct()), (), own_records, tuple(own_referrals))


def _plans(case: Case) -> list[Plan]:
    items = PlanItem.objects.select_related("need", "service__organisation").order_by("pk")
    return list(case.plans.prefetch_related(Prefetch("items", queryset=items)).order_by("number"))


def parts_written(case: Case) -> set[str]:
    """The compartments in which something is written, or beside which a file lies, without opening any."""
    told = SealedItem.objects.filter(Q(slot="main") | Q(slot__startswith="file:"), subject_id=case.pk)
    return set(told.values_list("compartment", flat=True))

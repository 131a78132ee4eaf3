"""What the database knows that a check asks for: places of services and what one case waits for, in few queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q
from django.utils import timezone

from fener.casework.domain.fitting import Place
from fener.casework.models import Case, Referral, ShutOut
from fener.network.agreements import rules_of
from fener.network.models import Organisation, Service, SharingRule
from fener.network.selectors.directory import Found, entry_or_none
from fener.trust.models import Consent, DisclosureOverride

# A desk that said "full" is believed for a week, or until one of its referrals ends and a place becomes free.
FULL_FOR = timedelta(days=7)


@dataclass(frozen=True)
class Picture:
    """One case and some services as they are at a moment. Seven queries, whatever the number of services."""

    places: Mapping[int, Place]
    # (kind, service or None, body) of each referral of the case that waits or runs
    waiting: frozenset[tuple[str, int | None, UUID]]
    needs: frozenset[str]
    # sharing rules of agreements in force that name the body that keeps the case
    rules: tuple[SharingRule, ...]
    # bodies that some consent or override of this case names: only for these a ground is looked for
    named: frozenset[UUID]
    shut_out: frozenset[UUID]  # bodies that cannot be asked in this case


def picture(case: Case, services: Iterable[Service], at: datetime) -> Picture:
    """Look once, for as many services as a page shows."""
    rows = case.referrals.filter(state__in=[Referral.State.OFFERED, Referral.State.ACCEPTED])
    consents = Consent.objects.filter(subject_id=case.pk, withdrawn_at__isnull=True)
    overrides = DisclosureOverride.objects.filter(subject_id=case.pk, confirmed_at__isnull=False)
    return Picture(
        places=places(services, at),
        waiting=frozenset(rows.order_by().values_list("kind", "service_id", "to_organisation_id")),
        rules=rules_of(case.organisation_id, on=timezone.localdate(at)),
        needs=frozenset(case.needs.values_list("kind", flat=True)),
        named=frozenset(
            [*consents.values_list("recipient_id", flat=True), *overrides.values_list("recipient_id", flat=True)]
        ),
        shut_out=frozenset(
            row.organisation_id
            for row in ShutOut.objects.filter(case=case, organisation__isnull=False, ended_at__isnull=True)
            if row.organisation_id is not None
        ),
    )


def places(services: Iterable[Service], at: datetime) -> dict[int, Place]:
    """The directory's entries, with the places that accepted referrals take now and what each desk said last."""
    chosen = list(services)
    full = Q(state=Referral.State.DECLINED, decline_reason="full", answered_at__gt=at - FULL_FOR)
    accepted = Q(state=Referral.State.ACCEPTED)
    counted: dict[int, dict[str, Any]] = {
        row["service_id"]: row
        for row in Referral.objects.unscoped(reason="counting the places of services; names no case")
        .filter(service__in=chosen)
        .order_by()
        .values("service_id")
        .annotate(
            taken=Count("pk", filter=accepted),
            full=Max("answered_at", filter=full),
            accepted=Max("answered_at", filter=accepted),
            freed=Max("outcome_at", filter=Q(state=Referral.State.ENDED)),
        )
    }
    return {service.pk: _place(service, counted.get(service.pk, {}), at) for service in chosen}


def spoken_at(service: Service | None, organisation: Organisation) -> tuple[str, ...]:
    """Languages of the service, or of its organisation where the service lists none."""
    return tuple((service.languages if service is not None else None) or organisation.languages)


def _place(service: Service, counted: Mapping[str, Any], at: datetime) -> Place:
    said = max((moment for moment in (counted.get("full"), _said_none_free(service, at)) if moment), default=None)
    since = [moment for moment in (counted.get("accepted"), counted.get("freed")) if moment is not None]
    return Place(
        genders=tuple(service.genders),
        min_age=service.min_age,
        max_age=service.max_age,
        languages=spoken_at(service, service.organisation),
        takes_children=service.accepts_children_of_person or not service.capacity,
        capacity=service.capacity,
        taken=int(counted.get("taken") or 0),
        said_full=said is not None and not any(moment > said for moment in since),
    )


def _said_none_free(service: Service, at: datetime) -> datetime | None:
    """When the house itself said in the directory that nothing is free, if it is to be believed still."""
    entry = entry_or_none(service)
    return entry.free_at if entry is not None and Found(service, entry).free(at) == 0 else None

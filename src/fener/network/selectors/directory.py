"""The service directory as people read it: by kind, place, language and hours; and what is missing in it (AS-12)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import QuerySet
from django.utils import timezone

from fener.network import access
from fener.network.hours import Week
from fener.network.models import Service, ServiceEntry
from fener.network.services.directory.checks import is_concealed_kind
from fener.norms.directory import ForbiddenCondition, forbidden_in, gaps, looks_like_address, plain_letters
from fener.norms.services_catalogue import catalogue
from fener.trust.actor import Actor
from fener.trust.errors import Refused
from fener.trust.policy import Relationship

# After half a year nobody knows whether it is still true.
TRUE_FOR = timedelta(days=183)
# A number of free places is believed for a day.
FREE_FOR = timedelta(days=1)


def entry_or_none(service: Service) -> ServiceEntry | None:
    """The entry of a service that came with ``select_related("entry")``; None where nothing was said yet."""
    try:
        return service.entry
    except ObjectDoesNotExist:
        return None


def week_of(entry: ServiceEntry | None) -> Week:
    """The opening hours of an entry. Costs no query where ``hours`` was fetched before."""
    if entry is None:
        return Week()
    return Week(
        rows=tuple(hours.span for hours in entry.hours.all()),
        always=entry.always_open,
        closed=frozenset(date.fromisoformat(one["day"]) for one in entry.closed_days),
        zone=entry.time_zone,
    )


@dataclass(frozen=True)
class Found:
    """A service with what the directory says and does not say about it."""

    service: Service
    entry: ServiceEntry | None

    @cached_property
    def week(self) -> Week:
        return week_of(self.entry)

    @property
    def languages(self) -> list[str]:
        """Its languages, or those of its body where it lists none."""
        return list(self.service.languages or self.service.organisation.languages)

    @property
    def concealed(self) -> bool:
        return self.entry.concealed if self.entry is not None else is_concealed_kind(self.service.kind)

    @property
    def areas(self) -> list[str]:
        return list(self.entry.areas) if self.entry is not None else []

    @property
    def takes_children(self) -> bool:
        """Whether somebody may bring their children, or it is for children."""
        low = self.service.min_age
        kind = catalogue().get(self.service.kind) if self.service.kind in catalogue().codes() else None
        for_children = kind is not None and kind.ages == "child" and (low is None or low < 18)
        return self.service.accepts_children_of_person or for_children

    @cached_property
    def gaps(self) -> tuple[str, ...]:
        """What of eligibility, languages, hours, cost and area is not stated in words (rule AS-12).

        Languages of the body count only where the service itself does not differ: they are said for the whole house.
        """
        entry = self.entry
        if entry is None:
            return gaps({"languages": bool(self.languages)})
        return gaps(
            {
                "eligibility": entry.eligibility,
                "languages": bool(self.languages),
                "hours": self.week.stated or entry.hours_note,
                "cost": bool(entry.cost) or entry.cost_note,
                "area": bool([line for line in entry.areas if line.strip()]),
            }
        )

    @cached_property
    def forbidden(self) -> list[ForbiddenCondition]:
        """Conditions that help may not hang on. They are shown, and never keep anybody from being referred."""
        entry = self.entry
        if entry is None:
            return []
        return forbidden_in([*entry.conditions, *entry.documents, entry.eligibility, entry.apply])

    @property
    def names_a_place(self) -> bool:
        """A concealed service whose name says where it is (it was named before anybody looked)."""
        return self.concealed and looks_like_address(self.service.name)

    def unverified(self, today: date) -> bool:
        """Whether nobody has checked it within half a year."""
        checked = self.entry.verified_on if self.entry is not None else None
        return checked is None or today - checked > TRUE_FOR

    def free(self, now: datetime) -> int | None:
        """Free places as the house said within the last day."""
        entry = self.entry
        if entry is None or entry.free_now is None or entry.free_at is None or now - entry.free_at > FREE_FOR:
            return None
        return entry.free_now


def with_entries(services: QuerySet[Service]) -> QuerySet[Service]:
    """The same services with all that the directory says about them: three queries in all."""
    return services.select_related("organisation", "desk", "entry").prefetch_related("entry__hours", "entry__phones")


def _found(services: Iterable[Service]) -> list[Found]:
    return [Found(service, entry_or_none(service)) for service in services]


def directory(actor: Actor, asked: Mapping[str, Any] | None = None, *, at: datetime | None = None) -> list[Found]:
    """Running services that fit what was asked: ``kind`` (a kind or a group of the catalogue), ``place``, ``language``,
    ``open`` ("now" or "night"), ``children``. What is not stated does not fit a filter on it. Raises Refused.
    """
    access.require(actor, "directory.read")
    asked, at = asked or {}, at or timezone.now()
    rows = Service.objects.filter(active=True, desk__open=True).order_by("kind", "organisation__name", "name")
    if kind := asked.get("kind"):
        rows = rows.filter(kind__in=_kinds(str(kind)))
    return [one for one in _found(with_entries(rows)) if _fits(one, asked, at)]


def _kinds(asked: str) -> list[str]:
    known = catalogue()
    return [service.code for service in known.services if asked in (service.code, service.group)]


def _fits(one: Found, asked: Mapping[str, Any], at: datetime) -> bool:
    if (language := asked.get("language")) and language not in one.languages:
        return False
    if (place := str(asked.get("place") or "").strip()) and not _is_there(one, place):
        return False
    if asked.get("open") == "now" and not one.week.open_at(at):
        return False
    if asked.get("open") == "night" and not one.week.at_night:
        return False
    return not asked.get("children") or one.takes_children


def _is_there(one: Found, place: str) -> bool:
    wanted = plain_letters(place)
    entry = one.entry
    said = [*one.areas, entry.town, entry.province] if entry is not None else []
    return any(wanted in plain_letters(text) for text in said)


def service(actor: Actor, pk: int) -> Found:
    """One service, also one that has ended, for whoever may read the directory. Raises Refused."""
    access.require(actor, "directory.read")
    found = with_entries(Service.objects.filter(pk=pk)).first()
    if found is None:
        raise Refused(act="directory.read")
    return Found(found, entry_or_none(found))


def with_findings(actor: Actor, *, today: date | None = None) -> list[Found]:
    """Running services with a gap, a forbidden condition, a name that tells the place, or not checked for long.

    Of the whole country for whoever works for it, of the own body otherwise. Raises Refused.
    """
    how = access.require(actor, "directory_gap.list", actor.keeper_id)
    today = today or timezone.localdate()
    rows = Service.objects.filter(active=True).order_by("organisation__name", "name")
    if how is Relationship.SAME_ORGANISATION and not access.may(actor, "directory_gap.list"):
        rows = rows.filter(organisation_id=actor.keeper_id)
    return [
        one
        for one in _found(with_entries(rows))
        if one.gaps or one.forbidden or one.names_a_place or one.unverified(today)
    ]


def public() -> list[Found]:
    """What stands in the public list: services that their body put there, none of them concealed. Needs no account."""
    rows = Service.objects.filter(active=True, desk__open=True, entry__public=True, entry__concealed=False)
    return _found(with_entries(rows.order_by("kind", "organisation__name", "name")))

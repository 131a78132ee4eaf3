"""The only code that changes what the directory says about a service. Each body writes its own entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.network import access
from fener.network.hours import Span
from fener.network.models import OpeningHours, Service, ServiceEntry, ServicePhone
from fener.network.services.bodies import check, keep
from fener.network.services.directory.checks import FIELDS, MOST_ROWS, check_entry, is_concealed_kind
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput

__all__ = ["describe_service", "entry_of", "say_free_places"]

Row = tuple[Span, UUID | None, str]  # when, the id that a file gave it, a note


def entry_of(service: Service) -> ServiceEntry:
    """The entry of a service; a new one, not saved, where nothing was said yet."""
    found = ServiceEntry.objects.filter(pk=service.pk).first()
    return found or ServiceEntry(service=service, concealed=is_concealed_kind(service.kind))


@transaction.atomic
def describe_service(
    *,
    actor: Actor,
    service: Service,
    fields: Mapping[str, Any],
    hours: Sequence[Row] | None = None,
    phones: Sequence[tuple[str, str, UUID | None]] | None = None,
    checked: bool = False,
    ids: Mapping[str, str] | None = None,
    standard_id: UUID | None = None,
    verified_on: date | None = None,
) -> ServiceEntry:
    """Say in words what a service is. ``fields`` are those of ServiceEntry; ``hours`` and ``phones`` replace what is
    there (None leaves it). ``checked``: somebody looked today whether all of it is true; ``verified_on``: a file says
    when they did.

    Raises Refused; InvalidInput by field, also for anything that looks like an address on a concealed service.
    """
    access.require(actor, "directory.change", service.organisation_id)
    if strange := set(fields) - FIELDS:
        raise TypeError(f"an entry has no {', '.join(sorted(strange))} to change")
    Service.objects.select_for_update().get(pk=service.pk)  # two people write one after the other
    entry = entry_of(service)
    is_new, was_concealed = entry._state.adding, entry.concealed
    for name, value in fields.items():
        setattr(entry, name, value)
    if ids is not None:
        entry.ids = dict(ids)
    if standard_id is not None and is_new:
        entry.standard_id = standard_id
    if checked:
        entry.verified_on, entry.verified_by_id = timezone.localdate(), actor.user_id
    elif verified_on is not None and (entry.verified_on is None or entry.verified_on < verified_on):
        entry.verified_on, entry.verified_by_id = min(verified_on, timezone.localdate()), None
    told = [(number, note) for number, note, _id in phones] if phones is not None else _told(entry, is_new)
    check_entry(entry, service, told)
    check(entry)
    entry.save(force_insert=is_new)
    if hours is not None:
        _replace_hours(entry, hours)
    if phones is not None:
        _replace_phones(entry, phones)
    detail = {"service": service.pk, "concealed": entry.concealed, "public": entry.public, "checked": checked}
    if was_concealed and not entry.concealed:
        detail["no_longer_concealed"] = True
    keep(actor, "directory.change", service.organisation_id, detail)
    return entry


@transaction.atomic
def say_free_places(*, actor: Actor, service: Service, free: int | None, at: datetime | None = None) -> ServiceEntry:
    """How many places are free now, with the moment; None: nobody says. Raises Refused, InvalidInput."""
    access.require(actor, "directory.say_places", service.organisation_id)
    service = Service.objects.select_for_update().get(pk=service.pk)
    if free is not None and (free < 0 or (service.capacity is not None and free > service.capacity)):
        raise InvalidInput({"free": _("There are not so many places. Correct the number.")})
    entry = entry_of(service)
    entry.free_now, entry.free_at = free, None if free is None else at or timezone.now()
    check(entry)
    entry.save()
    keep(actor, "directory.say_places", service.organisation_id, {"service": service.pk, "free": free})
    return entry


def _told(entry: ServiceEntry, is_new: bool) -> list[tuple[str, str]]:
    return [] if is_new else [(phone.number, phone.note) for phone in entry.phones.all()]


def _replace_hours(entry: ServiceEntry, rows: Sequence[Row]) -> None:
    if len(rows) > MOST_ROWS:
        raise InvalidInput({"": _("These are more opening times than a week can have.")})
    known = {hours.span: hours.pk for hours in entry.hours.all()}
    entry.hours.all().delete()
    _refuse_taken([given for _span, given, _note in rows], OpeningHours, "schedules")
    OpeningHours.objects.bulk_create(
        OpeningHours(
            pk=given or known.get(span) or uuid4(),
            entry=entry, weekday=span[0], opens=span[1], closes=span[2], note=note,
        )
        for span, given, note in rows
    )  # fmt: skip


def _replace_phones(entry: ServiceEntry, phones: Sequence[tuple[str, str, UUID | None]]) -> None:
    known = {phone.number: phone.pk for phone in entry.phones.all()}
    entry.phones.all().delete()
    _refuse_taken([given for _number, _note, given in phones], ServicePhone, "phones")
    ServicePhone.objects.bulk_create(
        ServicePhone(pk=given or known.get(number) or uuid4(), entry=entry, number=number, note=note, place=place)
        for place, (number, note, given) in enumerate(phones)
    )


def _refuse_taken(given: Iterable[UUID | None], rows: type[OpeningHours] | type[ServicePhone], field: str) -> None:
    """An id is used once: a file that gives that of another service's row is wrong. Raises InvalidInput."""
    ids = [pk for pk in given if pk is not None]
    if len(set(ids)) != len(ids) or rows._default_manager.filter(pk__in=ids).exists():
        raise InvalidInput({field: _("An id stands at two places. Each row has an id of its own.")})

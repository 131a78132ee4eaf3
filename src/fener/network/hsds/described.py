"""A service as both sides know it: what the directory holds, and what a file of the standard can carry of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from fener.network.hours import Span
from fener.network.selectors.directory import Found

TAXONOMY = "Fener services"  # the taxonomy whose terms are the kinds of the catalogue
# What the standard has no field for goes as attributes under these names.
MARK = "fener:"
# Fields of ServiceEntry and their names in the standard's table ``service``.
TEXTS = {
    "description": "description",
    "eligibility": "eligibility_description",
    "apply": "application_process",
    "interpretation": "interpretation_services",
    "cost_note": "fees_description",
    "email": "email",
    "website": "url",
}
LIMITS = ("capacity", "genders", "accepts_children_of_person")


@dataclass
class Described:
    """One service. In ``fields`` and ``limits`` stands only what was said: what a file leaves out stays as it is."""

    standard_id: UUID
    name: str
    organisation_id: UUID | None = None
    organisation_name: str = ""
    kind: str = ""
    active: bool = True
    concealed: bool | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    limits: dict[str, Any] = field(default_factory=dict)
    hours: list[tuple[Span, UUID | None, str]] | None = None
    phones: list[tuple[str, str, UUID | None]] | None = None
    verified_on: date | None = None
    free: tuple[int, datetime] | None = None
    ids: dict[str, str] = field(default_factory=dict)
    has_place: bool = False  # the file says where it is, by an address or a point on a map
    not_kept: list[str] = field(default_factory=list)  # what of the file is not kept, by its place


ENTRY_FIELDS = (
    *TEXTS, "areas", "always_open", "hours_note", "closed_days", "time_zone", "cost", "conditions", "documents",
    "accessibility", "contact_name", "contact_role", "address", "postal_code", "town", "province",
)  # fmt: skip


def of(one: Found) -> Described:
    """What this node's directory says about a service. Of a concealed one nothing that tells where it is."""
    service, entry = one.service, one.entry
    if entry is None:
        raise ValueError("a service without an entry has no id in the standard")
    fields = {name: getattr(entry, name) for name in ENTRY_FIELDS}
    if one.concealed:
        fields |= {"address": "", "postal_code": "", "town": ""}
    return Described(
        standard_id=entry.standard_id,
        name=service.name,
        organisation_id=service.organisation_id,
        organisation_name=service.organisation.name,
        kind=service.kind,
        active=service.active,
        concealed=entry.concealed,
        fields=fields,
        limits={
            "min_age": service.min_age,
            "max_age": service.max_age,
            "languages": list(service.languages),
            **{name: getattr(service, name) for name in LIMITS},
        },
        hours=[(hours.span, hours.pk, hours.note) for hours in entry.hours.all()],
        phones=[(phone.number, phone.note, phone.pk) for phone in entry.phones.all()],
        verified_on=entry.verified_on,
        free=(entry.free_now, entry.free_at) if entry.free_now is not None and entry.free_at is not None else None,
        ids=dict(entry.ids),
    )

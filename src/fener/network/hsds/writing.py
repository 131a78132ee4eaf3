"""From the directory to the standard: one service with its organisation, hours, languages, phones and places inside."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from fener.network.hsds.described import MARK, TAXONOMY, TEXTS, Described
from fener.norms.services_catalogue import catalogue
from fener.norms.vocab import vocabulary

BYDAY = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# Where the ids of what this program itself defines come from: the same on every node.
NAMESPACE = UUID("6f1f2a1e-5c52-5f0c-9d0c-3a3f2f0f6f10")
WITH_FORMAT = {"email", "url"}  # an empty text is none of these


def to_hsds(one: Described, *, sector: str = "", country: str = "") -> dict[str, Any]:
    """A service as the standard's ``service`` with all that belongs to it. ``sector``: what its organisation is."""
    made: dict[str, Any] = {"id": str(one.standard_id), "name": one.name}
    made["status"] = "active" if one.active else "inactive"
    if one.organisation_id is not None:
        made["organization_id"] = str(one.organisation_id)
        made["organization"] = {
            "id": str(one.organisation_id),
            "name": one.organisation_name,
            "description": sector or one.organisation_name,
        }
    for ours, theirs in TEXTS.items():
        value = one.fields.get(ours)
        if value or (value == "" and theirs not in WITH_FORMAT):
            made[theirs] = value
    for ours, theirs in (("min_age", "minimum_age"), ("max_age", "maximum_age")):
        if one.limits.get(ours) is not None:
            made[theirs] = one.limits[ours]
    if one.verified_on is not None:
        made["assured_date"] = one.verified_on.isoformat()
    made["schedules"] = list(_schedules(one))
    made["phones"] = [
        {"id": str(pk or _id(one, f"phone:{number}")), "service_id": made["id"], "number": number,
         **({"description": note} if note else {})}
        for number, note, pk in one.phones or []
    ]  # fmt: skip
    made["languages"] = [
        {"id": _id(one, f"language:{code}"), "service_id": made["id"], "name": _language(code), "code": code}
        for code in one.limits.get("languages") or []
    ]
    made["service_areas"] = _named(one, "areas", "area", "name")
    made["required_documents"] = _named(one, "documents", "document", "document")
    made["cost_options"] = list(_cost(one))
    made["contacts"] = list(_contact(one))
    made["service_at_locations"] = [] if one.concealed else list(_location(one, country))
    made["attributes"] = list(_attributes(one))
    return made


def _id(one: Described, part: str) -> str:
    return one.ids.get(part) or str(uuid5(one.standard_id, part))


def _language(code: str) -> str:
    listed = vocabulary("languages")
    return listed.label(code) if code in listed else code


def _named(one: Described, field: str, part: str, name: str) -> list[dict[str, Any]]:
    return [
        {"id": _id(one, f"{part}:{text}"), "service_id": str(one.standard_id), name: text}
        for text in one.fields.get(field) or []
    ]


def _schedules(one: Described) -> Iterator[dict[str, Any]]:
    service = {"service_id": str(one.standard_id)}
    weekly = {"freq": "WEEKLY", "interval": 1, "timezone": _offset(one.fields.get("time_zone") or "UTC")}
    if one.fields.get("always_open"):
        yield {
            "id": _id(one, "always"), **service, **weekly, "byday": ",".join(BYDAY),
            "opens_at": "00:00", "closes_at": "24:00",
        }  # fmt: skip
    for (day, opens, closes), pk, note in one.hours or []:
        yield {
            "id": str(pk or _id(one, f"hours:{day}:{opens}:{closes}")), **service, **weekly, "byday": BYDAY[day],
            "opens_at": f"{opens:%H:%M}", "closes_at": f"{closes:%H:%M}", **({"notes": note} if note else {}),
        }  # fmt: skip
    for closed in one.fields.get("closed_days") or []:
        day = closed["day"]
        why = {"description": closed["note"]} if closed.get("note") else {}
        yield {"id": _id(one, f"closed:{day}"), **service, "valid_from": day, "valid_to": day, **why}
    if note_of_hours := one.fields.get("hours_note"):
        yield {"id": _id(one, "hours_note"), **service, "description": note_of_hours}


def _offset(zone: str) -> float:
    """The zone's hours from UTC in winter, as the standard's number; the name of the zone goes as an attribute."""
    shift = datetime(2026, 1, 15, tzinfo=ZoneInfo(zone)).utcoffset()
    hours = (shift.total_seconds() if shift is not None else 0) / 3600
    return int(hours) if hours == int(hours) else hours


def _cost(one: Described) -> Iterator[dict[str, Any]]:
    kind = one.fields.get("cost")
    if kind:
        free: dict[str, Any] = {"amount": 0} if kind == "free" else {}
        yield {"id": _id(one, "cost"), "service_id": str(one.standard_id), "option": kind, **free}


def _contact(one: Described) -> Iterator[dict[str, Any]]:
    name, role = one.fields.get("contact_name"), one.fields.get("contact_role")
    if name or role:
        told = {**({"name": name} if name else {}), **({"title": role} if role else {})}
        yield {"id": _id(one, "contact"), "service_id": str(one.standard_id), **told}


def _location(one: Described, country: str) -> Iterator[dict[str, Any]]:
    """Where it is: one place. Never called for a concealed service."""
    where = {name: one.fields.get(name) or "" for name in ("address", "town", "province", "postal_code")}
    if not any(where.values()):
        return
    location = _id(one, "location")
    yield {
        "id": _id(one, "service_at_location"),
        "service_id": str(one.standard_id),
        "location_id": location,
        "location": {
            "id": location,
            "location_type": "physical",
            "addresses": [
                {
                    "id": _id(one, "address"), "location_id": location, "address_type": "physical",
                    "address_1": where["address"], "city": where["town"], "state_province": where["province"],
                    "postal_code": where["postal_code"], "country": country,
                }
            ],
        },
    }  # fmt: skip


def _attributes(one: Described) -> Iterator[dict[str, Any]]:
    """The kind as a term of a taxonomy, and what the standard has no field for."""
    service = str(one.standard_id)
    if one.kind:
        known = catalogue()
        label = known.label(one.kind) if one.kind in known.codes() else one.kind
        term = str(uuid5(NAMESPACE, one.kind))
        yield {
            "id": _id(one, "kind"), "link_id": service, "link_type": f"{MARK}kind", "link_entity": "service",
            "taxonomy_term_id": term,
            "taxonomy_term": {
                "id": term, "code": one.kind, "name": label, "description": label, "taxonomy": TAXONOMY,
                "language": "en",
            },
        }  # fmt: skip
    for name, value in _marks(one):
        yield {
            "id": _id(one, f"{name}:{value}"), "link_id": service, "link_type": f"{MARK}{name}",
            "link_entity": "service", "value": value,
        }  # fmt: skip


def _marks(one: Described) -> Iterator[tuple[str, str]]:
    yield "concealed", "true" if one.concealed else "false"
    if zone := one.fields.get("time_zone"):
        yield "time_zone", zone
    if one.limits.get("capacity") is not None:
        yield "capacity", str(one.limits["capacity"])
    for gender in one.limits.get("genders") or []:
        yield "gender", gender
    if one.limits.get("accepts_children_of_person"):
        yield "accepts_children", "true"
    for text in one.fields.get("conditions") or []:
        yield "condition", text
    if text := one.fields.get("accessibility"):
        yield "accessibility", text
    if one.free is not None:
        yield "free_places", f"{one.free[0]} at {one.free[1].isoformat()}"
    if one.concealed and (province := one.fields.get("province")):
        yield "region", province

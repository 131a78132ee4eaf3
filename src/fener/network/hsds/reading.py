"""From the standard to the directory: what of a valid service is kept, and what is not, by its place in the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from fener.network.hours import Span
from fener.network.hsds.described import MARK, TAXONOMY, TEXTS, Described
from fener.network.hsds.standard import BadFile, Problem
from fener.network.hsds.writing import BYDAY
from fener.norms.services_catalogue import catalogue
from fener.norms.vocab import vocabulary

KNOWN = frozenset(
    {
        *TEXTS.values(), "id", "name", "status", "organization_id", "organization", "minimum_age", "maximum_age",
        "assured_date", "schedules", "phones", "languages", "service_areas", "required_documents", "cost_options",
        "contacts", "service_at_locations", "attributes",
    }
)  # fmt: skip
_TIME = re.compile(r"(\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?")


def from_hsds(raw: Mapping[str, Any], *, where: str, zone: str) -> Described:
    """A service of a file that the schema accepted. ``zone``: the node's time zone. Raises BadFile.

    What the directory has no place for is named in ``not_kept``; nothing of it is stored.
    """
    one = Described(standard_id=UUID(raw["id"]), name=raw["name"].strip(), active=raw["status"] == "active")
    if raw["status"] not in ("active", "inactive"):
        one.not_kept.append(f"{where}.status")
    one.not_kept += [f"{where}.{name}" for name in raw if name not in KNOWN]
    _organisation(one, raw, where)
    for ours, theirs in TEXTS.items():
        if theirs in raw:
            one.fields[ours] = raw[theirs].strip()
    for ours, theirs in (("min_age", "minimum_age"), ("max_age", "maximum_age")):
        if theirs in raw:
            one.limits[ours] = _whole(raw[theirs], f"{where}.{theirs}", most=120)
    if "assured_date" in raw:
        one.verified_on = _date(raw["assured_date"], f"{where}.assured_date")
    for part, read in _PARTS.items():
        if part in raw:
            read(one, raw[part], f"{where}.{part}")
    if "schedules" in raw:
        _schedules(one, raw["schedules"], f"{where}.schedules", zone)
    return one


def _organisation(one: Described, raw: Mapping[str, Any], where: str) -> None:
    inner = raw.get("organization") or {}
    found = raw.get("organization_id") or inner.get("id")
    if found and inner.get("id") and found.lower() != inner["id"].lower():
        raise BadFile([Problem(f"{where}.organization.id", "is not the organization_id of the service")])
    one.organisation_id = UUID(found) if found else None
    one.organisation_name = str(inner.get("name", "")).strip()
    one.not_kept += [f"{where}.organization.{name}" for name in inner if name not in ("id", "name", "description")]


def _attributes(one: Described, rows: Iterable[Mapping[str, Any]], where: str) -> None:
    marks: dict[str, list[str]] = {}
    for index, row in enumerate(rows):
        here, term = f"{where}[{index}]", row.get("taxonomy_term") or {}
        if term.get("taxonomy") == TAXONOMY:
            if term.get("code") not in catalogue().codes():
                raise BadFile([Problem(f"{here}.taxonomy_term.code", "is no kind of service of the catalogue")])
            one.kind = term["code"]
            one.ids["kind"] = row["id"]
        elif str(row.get("link_type", "")).startswith(MARK) and isinstance(row.get("value"), str):
            marks.setdefault(row["link_type"].removeprefix(MARK), []).append(row["value"].strip())
        else:
            one.not_kept.append(here)
    _marks(one, marks, where)


def _marks(one: Described, marks: Mapping[str, list[str]], where: str) -> None:
    first = {name: values[0] for name, values in marks.items()}
    if "concealed" in first:
        # Two that contradict each other: the one that protects counts.
        one.concealed = any(value != "false" for value in marks["concealed"])
    if "capacity" in first:
        one.limits["capacity"] = _whole(first["capacity"], f"{where} (capacity)", most=100_000)
    known = vocabulary("gender")
    if strange := [code for code in marks.get("gender", []) if code not in known]:
        raise BadFile([Problem(f"{where} (gender)", f"{strange[0][:40]!r} is no gender of the list")])
    one.limits["genders"] = marks.get("gender", [])
    one.limits["accepts_children_of_person"] = first.get("accepts_children") == "true"
    one.fields["conditions"] = marks.get("condition", [])
    one.fields["accessibility"] = first.get("accessibility", "")
    if "time_zone" in first:
        one.fields["time_zone"] = first["time_zone"]
    if "region" in first:
        one.fields["province"] = first["region"]
    if "free_places" in first:
        one.free = _free(first["free_places"], f"{where} (free_places)")


def _free(value: str, where: str) -> tuple[int, datetime]:
    number, _at, moment = value.partition(" at ")
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise BadFile([Problem(where, "has to be a number, then “at”, then a moment with its zone")])
    return _whole(number, where, most=100_000), at


def _phones(one: Described, rows: Iterable[Mapping[str, Any]], where: str) -> None:
    one.phones = []
    for index, row in enumerate(rows):
        one.phones.append((row["number"].strip(), str(row.get("description", "")).strip(), UUID(row["id"])))
        _leave(one, row, f"{where}[{index}]", {"id", "service_id", "number", "description"})


def _languages(one: Described, rows: Iterable[Mapping[str, Any]], where: str) -> None:
    found: list[str] = []
    for index, row in enumerate(rows):
        code = _language_code(row)
        if not code:
            one.not_kept.append(f"{where}[{index}]")
            continue
        if code not in found:
            found.append(code)
            one.ids[f"language:{code}"] = row["id"]
        _leave(one, row, f"{where}[{index}]", {"id", "service_id", "name", "code"})
    one.limits["languages"] = found


def _language_code(row: Mapping[str, Any]) -> str:
    listed = vocabulary("languages")
    for value in (str(row.get("code", "")), str(row.get("name", ""))):
        if value.strip():
            if value in listed:
                return value
            try:
                return listed.from_htcds(value.strip())
            except ValueError:
                continue
    return ""


def _texts(field: str, part: str, name: str) -> Callable[[Described, Iterable[Mapping[str, Any]], str], None]:
    """A reader for rows that are one text each."""

    def read(one: Described, rows: Iterable[Mapping[str, Any]], where: str) -> None:
        found = []
        for index, row in enumerate(rows):
            text = str(row.get(name, "")).strip()
            if not text:
                one.not_kept.append(f"{where}[{index}]")
                continue
            if text not in found:
                found.append(text)
                one.ids[f"{part}:{text}"] = row["id"]
            _leave(one, row, f"{where}[{index}]", {"id", "service_id", name})
        one.fields[field] = found

    return read


def _cost(one: Described, rows: Iterable[Mapping[str, Any]], where: str) -> None:
    listed = list(rows)
    if not listed:
        one.fields["cost"] = ""
        return
    free = [row.get("option", "").casefold() == "free" or row.get("amount") == 0 for row in listed]
    one.fields["cost"] = "free" if all(free) else "costs"
    one.ids["cost"] = listed[0]["id"]
    if one.fields["cost"] == "costs" and not one.fields.get("cost_note"):
        one.fields["cost_note"] = "; ".join(filter(None, (_price(row) for row in listed)))
    for index, row in enumerate(listed[1:], start=1):
        one.not_kept.append(f"{where}[{index}].id")
        _leave(
            one, row, f"{where}[{index}]", {"id", "service_id", "option", "amount", "currency", "amount_description"}
        )
    _leave(one, listed[0], f"{where}[0]", {"id", "service_id", "option", "amount", "currency", "amount_description"})


def _price(row: Mapping[str, Any]) -> str:
    amount = f"{row['amount']} {row.get('currency', '')}".strip() if "amount" in row else ""
    said = row.get("option", "") if row.get("option") != "costs" else ""
    return ", ".join(part for part in (said, amount, row.get("amount_description", "")) if part)


def _contacts(one: Described, rows: Iterable[Mapping[str, Any]], where: str) -> None:
    one.fields |= {"contact_name": "", "contact_role": ""}
    for index, row in enumerate(rows):
        if index:
            one.not_kept.append(f"{where}[{index}]")
            continue
        one.fields |= {"contact_name": row.get("name", "").strip(), "contact_role": row.get("title", "").strip()}
        one.ids["contact"] = row["id"]
        _leave(one, row, f"{where}[0]", {"id", "service_id", "name", "title"})


def _places(one: Described, rows: Iterable[Mapping[str, Any]], where: str) -> None:
    """The first physical address; whatever else is said about places is not kept. Any place at all is noted, so that
    none comes in for a concealed service."""
    one.fields |= {"address": "", "town": "", "province": one.fields.get("province", ""), "postal_code": ""}
    for index, row in enumerate(rows):
        here, location = f"{where}[{index}]", row.get("location") or {}
        addresses = location.get("addresses") or []
        one.has_place = True
        if index or not addresses or location.get("location_type") != "physical":
            one.not_kept.append(here)
            continue
        _address(one, addresses[0])
        one.ids |= {"service_at_location": row["id"], "location": location["id"], "address": addresses[0]["id"]}
        _leave(one, row, here, {"id", "service_id", "location_id", "location"})
        _leave(one, location, f"{here}.location", {"id", "location_type", "addresses"})
        used = {"id", "location_id", "address_type", "address_1", "city", "state_province", "postal_code", "country"}
        _leave(one, addresses[0], f"{here}.location.addresses[0]", used)
        one.not_kept += [f"{here}.location.addresses[{extra}]" for extra in range(1, len(addresses))]


def _address(one: Described, row: Mapping[str, Any]) -> None:
    names = {"address": "address_1", "town": "city", "province": "state_province", "postal_code": "postal_code"}
    one.fields |= {ours: str(row[theirs]).strip() for ours, theirs in names.items()}


_PARTS: dict[str, Callable[[Described, Any, str], None]] = {
    "attributes": _attributes,
    "phones": _phones,
    "languages": _languages,
    "service_areas": _texts("areas", "area", "name"),
    "required_documents": _texts("documents", "document", "document"),
    "cost_options": _cost,
    "contacts": _contacts,
    "service_at_locations": _places,
}


# -- opening hours ----------------------------------------------------------------------------------------------------


def _schedules(one: Described, rows: Iterable[Mapping[str, Any]], where: str, zone: str) -> None:
    one.hours, one.fields["always_open"] = [], False
    one.fields["closed_days"], notes, offsets = [], [], set()
    for index, row in enumerate(rows):
        here = f"{where}[{index}]"
        if "opens_at" in row or "closes_at" in row:
            offsets |= _weekly(one, row, here)
        elif row.get("valid_from") and row.get("valid_from") == row.get("valid_to"):
            day = _date(row["valid_from"], f"{here}.valid_from").isoformat()
            one.fields["closed_days"].append({"day": day, "note": row.get("description", "").strip()})
            one.ids[f"closed:{day}"] = row["id"]
            _leave(one, row, here, {"id", "service_id", "valid_from", "valid_to", "description"})
        elif text := row.get("description", "").strip():
            notes.append(text)
            one.ids["hours_note"] = row["id"]
            _leave(one, row, here, {"id", "service_id", "description"})
        else:
            one.not_kept.append(here)
    one.fields["hours_note"] = "; ".join(notes)
    _zone(one, offsets, where, zone)


def _weekly(one: Described, row: Mapping[str, Any], where: str) -> set[float]:
    """Rows of a week. What comes once in a while, or for some months, has no place in the directory: not kept."""
    hours = one.hours if one.hours is not None else []
    plain = row.get("freq", "WEEKLY") == "WEEKLY" and row.get("interval", 1) in (0, 1)
    if not plain or not row.get("byday") or row.get("valid_from") or row.get("valid_to") or "until" in row:
        one.not_kept.append(where)
        return set()
    if "opens_at" not in row or "closes_at" not in row:
        raise BadFile([Problem(where, "opens_at and closes_at belong together")])
    opens, first = _time(row["opens_at"], f"{where}.opens_at")
    closes, second = _time(row["closes_at"], f"{where}.closes_at")
    days = [day.strip() for day in row["byday"].split(",")]
    if strange := [day for day in days if day not in BYDAY]:
        raise BadFile([Problem(f"{where}.byday", f"{strange[0][:20]!r} is no day such as MO")])
    used = {"id", "service_id", "freq", "interval", "byday", "opens_at", "closes_at", "timezone", "notes"}
    _leave(one, row, where, used)
    if len(set(days)) == len(BYDAY) and opens == time(0) and closes in (time(0), time(23, 59)):
        one.fields["always_open"], one.ids["always"] = True, row["id"]
        return {row["timezone"]} if "timezone" in row else set()
    for position, day in enumerate(dict.fromkeys(days)):
        span: Span = (BYDAY.index(day), opens, closes)
        pk = UUID(row["id"])
        hours.append((span, pk if position == 0 else uuid5(pk, day), row.get("notes", "").strip()))
    return {offset for offset in (first, second, row.get("timezone")) if offset is not None}


def _time(value: str, where: str) -> tuple[time, float | None]:
    match = _TIME.fullmatch(value.strip())
    try:
        if match is None:
            raise ValueError
        hours, minutes = int(match[1]), int(match[2])
        moment = time(0) if (hours, minutes) == (24, 0) else time(hours, minutes)
    except ValueError:
        raise BadFile([Problem(where, f"{value[:20]!r} is no time of day such as 09:00")]) from None
    if not match[3]:
        return moment, None
    if match[3] == "Z":
        return moment, 0.0
    sign = -1 if match[3][0] == "-" else 1
    return moment, sign * (int(match[3][1:3]) + int(match[3][-2:]) / 60)


def _zone(one: Described, offsets: set[float], where: str, node: str) -> None:
    """The zone of the hours: as the file names it; else the node's if its offset fits, else the offset itself."""
    if one.fields.get("time_zone") or not offsets:
        return
    ours = {_offset_of(node, month) for month in (1, 7)}
    strange = offsets - ours
    if not strange:
        one.fields["time_zone"] = node
    elif len(offsets) == 1 and float(next(iter(offsets))).is_integer() and -14 <= next(iter(offsets)) <= 12:
        one.fields["time_zone"] = f"Etc/GMT{-int(next(iter(offsets))):+d}"
    else:
        raise BadFile([Problem(where, "the times are in several time zones, or in one of part of an hour")])


def _offset_of(zone: str, month: int) -> float:
    shift = datetime(2026, month, 15, tzinfo=ZoneInfo(zone)).utcoffset()
    return (shift.total_seconds() if shift is not None else 0) / 3600


# -- values -----------------------------------------------------------------------------------------------------------


def _leave(one: Described, row: Mapping[str, Any], where: str, used: set[str]) -> None:
    one.not_kept += [f"{where}.{name}" for name in row if name not in used]


def _whole(value: Any, where: str, *, most: int) -> int:
    try:
        number = int(value)
        if float(value) != number or not 0 <= number <= most:
            raise ValueError
    except (ValueError, OverflowError):
        raise BadFile([Problem(where, f"has to be a whole number from 0 to {most}")]) from None
    return number


def _date(value: str, where: str) -> date:
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        raise BadFile([Problem(where, f"{value[:20]!r} is no day such as 2026-05-01")]) from None

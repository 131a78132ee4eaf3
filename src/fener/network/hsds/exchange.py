"""Whole files: all services out to one file, and a file in, all of it or nothing, with what it would change first."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from fener.network import access
from fener.network.hsds.described import Described, of
from fener.network.hsds.reading import from_hsds
from fener.network.hsds.standard import MOST_PROBLEMS, BadFile, Problem, check_services
from fener.network.hsds.writing import to_hsds
from fener.network.models import Desk, Organisation, Service, ServiceEntry
from fener.network.selectors.directory import Found, entry_or_none, with_entries
from fener.network.services.directory import describe_service, say_free_places
from fener.network.services.directory.checks import is_concealed_kind
from fener.network.services.services import change_service, create_service
from fener.trust import audit
from fener.trust.actor import Actor
from fener.trust.errors import DomainError, InvalidInput


@transaction.atomic
def services_as_hsds(*, actor: Actor) -> list[dict[str, Any]]:
    """Every service that has an entry, in a stable order, as the standard has it. Raises Refused."""
    access.require(actor, "directory.export")
    rows = with_entries(Service.objects.exclude(entry=None).order_by("organisation__name", "name", "pk"))
    made = [as_hsds(Found(service, entry_or_none(service))) for service in rows]
    audit.record(
        actor=actor, act="directory.export", subject_type="directory", subject_id=None, detail={"services": len(made)}
    )
    return made


def as_hsds(one: Found) -> dict[str, Any]:
    """One service of the directory as the standard's ``service``."""
    body = one.service.organisation
    return to_hsds(
        of(one), sector=Organisation.Sector(body.sector).name.lower().replace("_", " "), country=body.country
    )


def export(*, actor: Actor, file: Path) -> int:
    """Write the directory to a file as the standard's page of services; how many. Nothing half-written stays.

    Raises Refused; BadFile if what would be written is not valid by the standard (a mistake of this program).
    """
    services = services_as_hsds(actor=actor)
    if problems := list(check_services(services)):
        raise BadFile(problems[:MOST_PROBLEMS])
    count = len(services)
    page = {
        "total_items": count, "total_pages": 1, "page_number": 1, "size": count, "first_page": True, "last_page": True,
        "empty": not count, "contents": services,
    }  # fmt: skip
    scratch = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        with scratch.open("x", encoding="utf-8") as out:
            json.dump(page, out, ensure_ascii=False, indent=1)
            out.write("\n")
        scratch.replace(file)
    finally:
        scratch.unlink(missing_ok=True)
    return count


@dataclass
class Report:
    """What a file changes: names of new services, names and changed parts of others, and what is not kept."""

    new: list[str] = field(default_factory=list)
    changed: list[tuple[str, list[str]]] = field(default_factory=list)
    same: int = 0
    not_kept: list[str] = field(default_factory=list)


class _TakeBack(Exception):
    """Leaves the transaction of a preview."""


def bring_in(*, actor: Actor, services: Iterable[Mapping[str, Any]], dry_run: bool = False) -> Report:
    """Services of a valid file: new ones are added, known ones (by id) changed; nobody is taken away.

    All or none; ``dry_run`` does the same and takes it back. Raises BadFile with every problem, Refused.
    """
    access.require(actor, "directory.change")
    report, problems = Report(), []
    try:
        with transaction.atomic():
            for index, raw in enumerate(services):
                try:
                    with transaction.atomic():
                        _one(actor, raw, f"services[{index}]", report)
                except BadFile as bad:
                    problems += bad.problems
                except InvalidInput as wrong:
                    problems += [
                        Problem(f"services[{index}].{name or 'name'}", str(text)) for name, text in wrong.errors.items()
                    ]
                except DomainError as refused:
                    problems.append(Problem(f"services[{index}]", str(refused)))
            if problems or dry_run:
                raise _TakeBack
    except _TakeBack:
        pass
    if problems:
        raise BadFile(problems[:MOST_PROBLEMS])
    return report


def _one(actor: Actor, raw: Mapping[str, Any], where: str, report: Report) -> None:
    told = from_hsds(raw, where=where, zone=settings.TIME_ZONE)
    entry = (
        ServiceEntry.objects.select_related("service__organisation", "service__desk")
        .filter(standard_id=told.standard_id)
        .first()
    )
    before = _now(entry.service) if entry is not None else None
    service = _new(actor, told, where) if entry is None else _known(actor, told, entry, where)
    _describe(actor, told, service, entry, where)
    label = f"{service.name} ({service.organisation.short_name})"
    report.not_kept += told.not_kept
    if before is None:
        report.new.append(label)
        return
    after = _now(service)
    changed = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    if changed:
        report.changed.append((label, changed))
    else:
        report.same += 1


def _now(service: Service) -> dict[str, Any]:
    found = with_entries(Service.objects.filter(pk=service.pk)).get()
    return as_hsds(Found(found, entry_or_none(found)))


def _new(actor: Actor, told: Described, where: str) -> Service:
    body = _body(told, where)
    desk = next((desk for desk in Desk.objects.filter(organisation=body, open=True).order_by("pk")
                 if Desk.Receives.SERVICE in desk.receives), None)  # fmt: skip
    if desk is None:
        raise BadFile([Problem(f"{where}.organization", "has no open desk that receives referrals; open one first")])
    if not told.kind:
        raise BadFile(
            [Problem(f"{where}.attributes", "say no kind of the catalogue of services; a new service needs one")]
        )
    limits = {**told.limits, "active": told.active}
    return create_service(actor=actor, desk=desk, kind=told.kind, name=told.name, **limits)


def _body(told: Described, where: str) -> Organisation:
    """The organisation by its id, else by its name. A file makes no organisation: that needs keys and a person."""
    found = Organisation.objects.filter(pk=told.organisation_id).first() if told.organisation_id else None
    if found is None and told.organisation_name:
        named = list(Organisation.objects.filter(name=told.organisation_name)[:2])
        found = named[0] if len(named) == 1 else None
    if found is None:
        raise BadFile(
            [Problem(f"{where}.organization", "is no body of this node by its id or name; add the body first")]
        )
    return found


def _known(actor: Actor, told: Described, entry: ServiceEntry, where: str) -> Service:
    service = entry.service
    if _names_another_body(told, service.organisation):
        raise BadFile([Problem(f"{where}.organization", "is another body than that of the service with this id")])
    if told.kind and told.kind != service.kind:
        raise BadFile([Problem(f"{where}.attributes", "say another kind than the service with this id has")])
    if entry.concealed and told.concealed is False:
        raise BadFile([Problem(where, "is concealed here; only its body can say that it is not, on its page")])
    return change_service(actor=actor, service=service, name=told.name, active=told.active, **told.limits)


def _names_another_body(told: Described, body: Organisation) -> bool:
    if told.organisation_id is None and not told.organisation_name:
        return False
    return told.organisation_id != body.pk and told.organisation_name != body.name


def _describe(actor: Actor, told: Described, service: Service, entry: ServiceEntry | None, where: str) -> None:
    concealed = told.concealed
    if concealed is None:
        concealed = entry.concealed if entry is not None else is_concealed_kind(service.kind)
    if concealed and told.has_place:
        text = "is the place of a concealed service; take it out of the file, it is kept nowhere"
        raise BadFile([Problem(f"{where}.service_at_locations", text)])
    publishing = {"public": False} if concealed else {}
    describe_service(
        actor=actor,
        service=service,
        fields={**told.fields, "concealed": concealed, **publishing},
        hours=told.hours,
        phones=told.phones,
        ids={**(entry.ids if entry is not None else {}), **told.ids},
        standard_id=told.standard_id,
        verified_on=told.verified_on,
    )
    if told.free is not None and _is_newer(told, entry):
        say_free_places(actor=actor, service=service, free=told.free[0], at=told.free[1])


def _is_newer(told: Described, entry: ServiceEntry | None) -> bool:
    known = entry.free_at if entry is not None else None
    return told.free is not None and (known is None or told.free[1] > known)

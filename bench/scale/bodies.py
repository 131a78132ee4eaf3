"""The bodies of a large node and the people at work in them. All invented; passwords are drawn anew for each node."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from fener.network import services as network
from fener.network.models import Desk, Organisation, Service
from fener.trust.actor import SYSTEM
from fener.trust.roles import Role
from fener.web.demo import mechanism
from fener.web.demo.mechanism import Body, Mechanism

# User names without the signs of a password (0-9a-f), of which too little would be left without them.
ACCOUNTS = "bench-accounts.json"
MANAGERS = 4  # case managers of each body that keeps cases; beside them a lawyer
EACH_CLINIC_SERVES = 5  # bodies
COORDINATORS = 6


@dataclass(frozen=True)
class Worker:
    """Somebody who can sign in. ``body``: its number among its kind."""

    username: str
    password: str
    role: str
    kind: str  # keeper, clinic, coordinator
    body: int


def make(made: Mechanism, bodies: int) -> list[Worker]:
    """``bodies`` that keep cases, the clinics that they ask, and co-ordinators; through the services of every other."""
    workers: list[Worker] = []
    with mechanism._hardly_stretched():
        for number in range(bodies):
            with transaction.atomic():
                workers += _make_keeper(made, number)
        for number in range(_clinics(bodies)):
            with transaction.atomic():
                workers += _make_clinic(made, number)
        people = tuple(_person(f"co{n}", "Co-ordinator", Role.MECHANISM_COORDINATOR) for n in range(COORDINATORS))
        with transaction.atomic():
            workers += _make(made, Body("regions", "Regional Offices", "Regions", "mechanism", people=people),
                             "coordinator", 0)  # fmt: skip
    return workers


def _clinics(bodies: int) -> int:
    return -(-bodies // EACH_CLINIC_SERVES)


def _person(username: str, what: str, role: Role) -> tuple[str, str, str, tuple[Role, ...]]:
    return username, f"{what} {username}", what, (role,)


def _make(made: Mechanism, body: Body, kind: str, number: int) -> list[Worker]:
    before = len(made.accounts)
    mechanism._make_body(body, made)
    roles = {username: roles[0] for username, _name, _does, roles in body.people}
    return [
        Worker(each.username, each.password, roles[each.username].value, kind, number)
        for each in made.accounts[before:]
    ]


def _make_keeper(made: Mechanism, number: int) -> list[Worker]:
    people = [_person(f"k{number}-m{n}", "Case manager", Role.CASE_MANAGER) for n in range(MANAGERS)]
    people.append(_person(f"k{number}-l", "Lawyer", Role.LAWYER))
    body = Body(
        f"keeper{number}", f"Help in Place {number}", f"Place {number}", "ngo", ("refer", "assess"), True,
        ("sr", "sq", "en", "uk"), tuple(people),
    )  # fmt: skip
    workers = _make(made, body, "keeper", number)
    desk = network.create_desk(
        actor=SYSTEM, organisation=made.organisations[body.key], name="Reception", receives=["intake", "service"]
    )
    for kind, name in (("psychological_care", "Counselling"), ("legal_advice", "Legal advice")):
        network.create_service(actor=SYSTEM, desk=desk, kind=kind, name=name, languages=["sr", "en"])
    return workers


def _make_clinic(made: Mechanism, number: int) -> list[Worker]:
    people = tuple(_person(f"h{number}-z{n}", "Doctor", Role.HEALTH_WORKER) for n in range(2))
    body = Body(
        f"clinic{number}", f"Clinic {number}", f"Clinic {number}", "health", ("refer", "assess"), True, ("sr", "en"),
        people,
    )  # fmt: skip
    workers = _make(made, body, "clinic", number)
    desk = network.create_desk(
        actor=SYSTEM, organisation=made.organisations[body.key], name="Social service", receives=["service"]
    )
    network.create_service(actor=SYSTEM, desk=desk, kind="medical_care", name="Medical care", languages=["sr", "en"])
    return workers


def places(organisation: Organisation) -> dict[str, Any]:
    """Its one desk, and its services by kind."""
    return {
        "desk": Desk.objects.get(organisation=organisation),
        **{service.kind: service for service in Service.objects.filter(organisation=organisation)},
    }


def shares(bodies: int) -> list[float]:
    """Which part of all cases each body keeps: some much, most little; together 1."""
    weights = [(number + bodies / 20) ** -0.5 for number in range(1, bodies + 1)]
    return [weight / sum(weights) for weight in weights]


def write(home: Path, workers: list[Worker]) -> None:
    """Where the driver finds who can sign in; readable by the owner alone."""
    handle = os.open(home / ACCOUNTS, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        json.dump([asdict(worker) for worker in workers], out, indent=1)


def read(home: Path) -> list[Worker]:
    """Who can sign in on this node."""
    return [Worker(**each) for each in json.loads((home / ACCOUNTS).read_text(encoding="utf-8"))]

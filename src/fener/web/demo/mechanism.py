"""The bodies of the demonstration and the accounts that one can sign in with."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from fener.network import services as network
from fener.network.models import Desk, Organisation, Service
from fener.network.selectors import actor_for
from fener.trust import accounts
from fener.trust.actor import SYSTEM, Actor
from fener.trust.custody import custodians
from fener.trust.installation import DEMONSTRATION
from fener.trust.models import User
from fener.trust.roles import Role
from fener.web.demo import directory, network_map

SINCE = date(2024, 1, 1)


@dataclass(frozen=True)
class Account:
    """What the sign-in page of a demonstration shows."""

    username: str
    full_name: str
    organisation: str
    does: str
    password: str


@dataclass(frozen=True)
class Body:
    """One invented body: sector, mandates, languages, and the people at work in it (name, what they do, roles)."""

    key: str
    name: str
    short: str
    sector: str
    mandates: tuple[str, ...] = ()
    trained: bool = False
    languages: tuple[str, ...] = ("sr",)
    people: tuple[tuple[str, str, str, tuple[Role, ...]], ...] = ()


BODIES = (
    Body(
        "inspection", "Labour Inspectorate of Novi Brod", "Inspectorate", "labour_inspection", ("refer", "assess"),
        people=(
            (
                "inspector", "Milan Orah", "Labour inspector: screens, and sees nothing afterwards",
                (Role.FRONTLINE_OFFICER,),
            ),
        ),
    ),
    Body(
        "police", "Police Directorate of Kamenovo", "Police", "police", ("refer", "assess"),
        people=(
            (
                "officer", "Jelena Smrča", "Police officer: screens, assesses when asked",
                (Role.FRONTLINE_OFFICER, Role.LAW_ENFORCEMENT_LIAISON),
            ),
        ),
    ),
    Body(
        "lanterna", "Lanterna, Centre for Help", "Lanterna", "ngo", ("refer", "assess"), True, ("sr", "sq", "en", "uk"),
        people=(
            ("manager", "Ana Breza", "Case manager of an NGO", (Role.CASE_MANAGER,)),
            ("manager2", "Бојан Јела", "Case manager of the same NGO", (Role.CASE_MANAGER,)),
            ("helpline", "Sara Dren", "Help-line operator", (Role.HELPLINE_OPERATOR,)),
            ("lawyer", "Luka Bor", "Lawyer: sees the persons assigned", (Role.LAWYER,)),
        ),
    ),
    Body(
        "pristan", "Pristan Shelter", "Pristan", "shelter", ("refer",), True, ("sr", "en"),
        people=(("shelter", "Nada Jasika", "Shelter worker: answers referrals", (Role.SHELTER_WORKER,)),),
    ),
    Body(
        "gnezdo", "Gnezdo, House for Children", "Gnezdo", "shelter", ("refer",), True, ("sr",),
        people=(("shelter2", "Rada Vrba", "Shelter worker of a second shelter", (Role.SHELTER_WORKER,)),),
    ),
    Body(
        "centre", "Centre for Protection of Trafficked Persons", "Centre", "social_work",
        ("refer", "assess", "identify", "register", "decide_status"), True, ("sr", "en"),
        people=(
            ("decider", "Vera Klen", "Social worker of the body that decides on status", (Role.CASE_MANAGER,)),
            ("decider2", "Stojan Grab", "Colleague, who answers reviews", (Role.CASE_MANAGER,)),
        ),
    ),
    Body(
        "clinic", "Health Centre of Stara Lipa", "Health Centre", "health", ("refer", "assess"), True, ("sr", "en"),
        people=(("doctor", "Dr Mira Jela", "Health worker: raises a suspicion on one page", (Role.HEALTH_WORKER,)),),
    ),
    Body(
        "mechanism", "Office of the National Co-ordinator", "Co-ordinator", "mechanism", (), False, ("sr", "en"),
        people=(
            (
                "coordinator", "Dušan Javor", "Co-ordinator: the country's worklist, no names",
                (Role.MECHANISM_COORDINATOR,),
            ),
            ("auditor", "Olga Lipa", "Auditor: the acts, no cases", (Role.AUDITOR,)),
            ("statistics", "Petar Cer", "Statistician: tables only", (Role.STATISTICIAN,)),
            ("admin", "Goran Tisa", "Runs the server: accounts and network, no cases", (Role.SYSTEM_ADMIN,)),
        ),
    ),
)  # fmt: skip


@dataclass
class Mechanism:
    """What was made: organisations, desks and services by key, an unlocked actor for each account."""

    organisations: dict[str, Organisation]
    desks: dict[str, Desk]
    services: dict[str, Service]
    actors: dict[str, Actor]
    accounts: list[Account]


def _make_body(body: Body, made: Mechanism) -> None:
    founder: Actor | None = None
    for username, full_name, does, roles in body.people:
        password = "-".join(secrets.token_hex(2) for _ in range(4))
        user = accounts.create_user(actor=SYSTEM, username=username, full_name=full_name, password=password).user
        if founder is None:
            keeper = accounts.create_keeper(actor=SYSTEM, first_member=user)
            organisation = network.create_organisation(
                actor=SYSTEM,
                keeper=keeper,
                name=body.name,
                short_name=body.short,
                sector=body.sector,
                country=settings.FENER_JURISDICTION,
                languages=list(body.languages),
                trained_assessor=body.trained,
            )
            made.organisations[body.key] = organisation
            for function in body.mandates:
                network.give_mandate(
                    actor=SYSTEM,
                    organisation=organisation,
                    function=function,
                    legal_basis="Invented rulebook of the demonstration, article 4",
                    since=SINCE,
                )
        else:
            accounts.add_member_key(actor=founder, keeper_id=made.organisations[body.key].pk, user=user)
        network.add_member(actor=SYSTEM, organisation=made.organisations[body.key], user=user, roles=roles, since=SINCE)
        actor = _unlocked(user, password)
        founder = founder or actor
        made.actors[username] = actor
        if len(body.people) > 1:
            custodians.set_up_custodian(actor=SYSTEM, keeper_id=made.organisations[body.key].pk, user=user)
        made.accounts.append(Account(username, full_name, body.name, does, password))


def _unlocked(user: User, password: str) -> Actor:
    return actor_for(user=user, keyring=accounts.open_keyring(user, password), on=date.today())  # noqa: DTZ011


# desk -> (body, name, what it receives)
DESKS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "lanterna": ("lanterna", "Help-line and reception", ("intake", "service", "assessment")),
    "pristan": ("pristan", "Admission", ("service",)),
    "pristan_head": ("pristan", "Head of the shelter", ("service",)),
    "gnezdo": ("gnezdo", "Admission", ("service",)),
    "police": ("police", "Unit for trafficking", ("assessment",)),
    "centre": ("centre", "Reception", ("intake", "assessment", "decision", "service")),
    "clinic": ("clinic", "Social service of the clinic", ("service", "assessment")),
}
# service -> (desk, kind of the catalogue, name, limits)
SERVICES: dict[str, tuple[str, str, str, dict[str, Any]]] = {
    "pristan": ("pristan", "shelter", "Places for adults", {"capacity": 8, "min_age": 18, "languages": ["sr", "en"]}),
    "gnezdo": ("gnezdo", "child_shelter", "Places for children", {"capacity": 4, "max_age": 17, "languages": ["sr"]}),
    "counselling": ("lanterna", "psychological_care", "Counselling", {"languages": ["sr", "sq", "en", "uk"]}),
    "legal": ("lanterna", "legal_advice", "Legal advice", {"languages": ["sr", "en"]}),
    "medical": ("clinic", "medical_care", "Medical care", {"languages": ["sr", "en"]}),
}


def _make_desks(made: Mechanism) -> None:
    for key, (body, name, receives) in DESKS.items():
        made.desks[key] = network.create_desk(
            actor=SYSTEM, organisation=made.organisations[body], name=name, receives=list(receives)
        )
    first = made.desks["pristan"]
    first.escalates_to = made.desks["pristan_head"]
    first.save(update_fields=["escalates_to"])


def _make_services(made: Mechanism) -> None:
    for key, (desk, kind, name, limits) in SERVICES.items():
        made.services[key] = network.create_service(actor=SYSTEM, desk=made.desks[desk], kind=kind, name=name, **limits)
    directory.describe(made.services)


@contextmanager
def _hardly_stretched() -> Iterator[None]:
    """Passwords of 64 random bits that stand on the sign-in page gain nothing by Argon2, and it would take 10 s."""
    usual = settings.FENER_ARGON2
    settings.FENER_ARGON2 = {"time_cost": 1, "memory_cost": 1024, "parallelism": 1}
    try:
        yield
    finally:
        settings.FENER_ARGON2 = usual


def make() -> Mechanism:
    """Bodies, people with keys, desks and services, in the caller's transaction."""
    made = Mechanism({}, {}, {}, {}, [])
    with _hardly_stretched():
        for body in BODIES:
            _make_body(body, made)
    _make_desks(made)
    _make_services(made)
    network_map.draw(made)
    return made


def open_again() -> Mechanism:
    """A demonstration that was made before, with an unlocked actor for each account (to add cases to it)."""
    made = Mechanism({}, {}, {}, {}, read_accounts())
    passwords = {account.username: account.password for account in made.accounts}
    for body in BODIES:
        made.organisations[body.key] = Organisation.objects.get(name=body.name)
        for username, *_rest in body.people:
            made.actors[username] = _unlocked(User.objects.get(username=username), passwords[username])
    for key, (body_key, name, _receives) in DESKS.items():
        made.desks[key] = Desk.objects.get(organisation=made.organisations[body_key], name=name)
    for key, (desk_key, _kind, name, _limits) in SERVICES.items():
        made.services[key] = Service.objects.get(desk=made.desks[desk_key], name=name)
    return made


def accounts_file() -> Path:
    """Where a demonstration keeps what its sign-in page shows. A real node has no such file."""
    return Path(settings.FENER_HOME) / DEMONSTRATION


def write_accounts(accounts_made: list[Account]) -> None:
    """Passwords of invented people, drawn anew for each demonstration; readable by the owner alone."""
    handle = os.open(accounts_file(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        json.dump([asdict(account) for account in accounts_made], out, ensure_ascii=False, indent=1)


def read_accounts() -> list[Account]:
    """The accounts of this demonstration; empty on a real node."""
    if not settings.FENER_DEMO or not accounts_file().exists():
        return []
    return [Account(**raw) for raw in json.loads(accounts_file().read_text(encoding="utf-8"))]

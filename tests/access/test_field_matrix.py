"""Role × field × place: what the declaration and the policy say is seen, against what pages and files really hold.

Every sealed field that can hold words holds a word of its own. A role walks through the list, the file, each part that
it opens, the search, the audit, the workbook, the copy for the person on page, as data and as PDF, and the API.
Nothing is written down by hand per field: a new field, or a new place that shows one, is held to its declaration.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from fener.casework.htcds import exporter
from fener.casework.models import Case
from fener.casework.person_copy import paper
from fener.casework.services.cases import assign
from fener.casework.services.compartments import save_compartment
from fener.norms.fields import compartment_fields
from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.compartments import EXPORTABLE_COMPARTMENTS, Compartment
from fener.trust.errors import DomainError
from fener.trust.models import User
from fener.trust.policy import Relationship
from fener.trust.privacy import registry
from fener.trust.privacy.declaration import Mask
from fener.trust.roles import FOR_THE_NODE, MEETS_PEOPLE, Role
from tests.casework.paths import accepted, need_of
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism

pytestmark = pytest.mark.django_db
SignIn = Callable[[Actor], Client]

SPECS = {
    f"{s.compartment}.{s.code}": s for s in compartment_fields() if s.type in ("text", "longtext", "phone", "email")
}
NAMES = list(SPECS)
SHARED = (Compartment.IDENTITY, Compartment.CONTACT)
FAMILY = "identity.second_name"


def word(name: str) -> str:
    """The planted value of a field: found nowhere else, and in the form that its kind asks for."""
    number = NAMES.index(name)
    match SPECS[name].type:
        case "phone":
            return f"+38160555{number:04d}"
        case "email":
            return f"qz{number:03d}zq@example.org"
        case _:
            return f"Qz{number:03d}zq"


@dataclass
class World:
    """The planted case, kept by the NGO, with an accepted referral of two parts to the shelter."""

    mechanism: Mechanism
    manager: Actor
    case: Case


@pytest.fixture
def world(mechanism: Mechanism) -> World:
    manager = mechanism.ngo.actor(Role.CASE_MANAGER)
    planted = {part: {n.split(".")[1]: word(n) for n in NAMES if n.startswith(f"{part}.")} for part in Compartment}
    case = CaseFactory(actor=manager, compartments={p: c for p, c in planted.items() if p is not Compartment.HEALTH})
    health = {"actor": manager, "case": case, "compartment": Compartment.HEALTH, "version": 0}
    save_compartment(**health, content=planted[Compartment.HEALTH])
    need_of(manager, case)
    accepted(manager, mechanism.shelter, case, compartments=SHARED)
    return World(mechanism, manager, case)


# Who sits at the screen: the role, where they work, and how they stand to the case by that.
HERE, THERE = "ngo", "shelter"
SEATS = [(role, HERE, role in MEETS_PEOPLE) for role in Role if role not in FOR_THE_NODE]
SEATS += [(role, "co_ordination", False) for role in Role if role in FOR_THE_NODE]
SEATS += [
    (Role.CASE_MANAGER, THERE, False),
    (Role.SHELTER_WORKER, THERE, False),
    (Role.CASE_MANAGER, "social_work", False),
]


def standing(body: str, assigned: bool) -> set[Relationship]:
    """The relationships that the world gives to somebody in that seat."""
    if body == HERE:
        return {Relationship.SAME_ORGANISATION, Relationship.ASSIGNED} if assigned else {Relationship.SAME_ORGANISATION}
    return {Relationship.REFERRED_TO} if body == THERE else {Relationship.NODE}


def may(actor: Actor, act: str, found: set[Relationship], part: Compartment | None = None) -> bool:
    return any(policy.decide(actor, act, how, compartment=part) for how in found)


def expected(actor: Actor, body: str, assigned: bool) -> set[tuple[str, str]]:
    """(place, field) of everything that this seat is to see: from declaration and policy alone."""
    found, seen = standing(body, assigned), set()
    for name, one in registry.pack_fields().items():
        if name not in SPECS:
            continue
        part = Compartment(name.split(".")[0])
        opens = may(actor, "compartment.open", found, part) and (body != THERE or part in SHARED)
        assert one.mask in (Mask.SEALED, Mask.COVERED), "no sealed field is shown without being opened"
        if opens and one.mask is Mask.SEALED:
            seen |= {("opened", name), ("api opened", name)}
        leaves = opens and part in EXPORTABLE_COMPARTMENTS
        if leaves and one.exported and may(actor, "person_copy.export", found):
            seen |= {("copy", name), ("page", name), ("pdf", name)}
        own = {Relationship.SAME_ORGANISATION} if body == HERE else set()
        if leaves and may(actor, "case.export", own):  # the standard's columns, and a second sheet for the rest
            seen.add(("workbook", name))
    return seen


def found_in(text: str) -> Iterator[str]:
    return (name for name in NAMES if word(name) in text)


def pages(client: Client, world: World, purpose: str) -> Iterator[tuple[str, str]]:
    """(place, text) of everything that the seat gets to see, refused pages too."""
    code = world.case.code
    own = {"list": "casework:cases", "audit": "web:audit", "today": "web:today", "erasures": "casework:erasures"}
    for place, route in own.items():
        yield place, client.get(reverse(route)).content.decode()
    yield "detail", client.get(reverse("casework:case", args=[code])).content.decode()
    yield "known", client.get(reverse("casework:who_knows", args=[code])).content.decode()
    # What is typed comes back in the form; a hit is a row with a link, so only the table is read.
    hit = client.post(reverse("web:search"), {"text": word(FAMILY)}).content.decode()
    yield "hit", hit.replace(f'value="{word(FAMILY)}"', "")
    for part in Compartment:
        address = reverse("casework:compartment_open", args=[code, part.value])
        yield "opened", client.post(address, {"purpose": purpose}).content.decode()
    for form, place in (("json", "copy"), ("page", "page")):
        data = {"once": str(uuid4()), "form": form, "language": "en"}
        answer = client.post(reverse("casework:person_copy", args=[code]), data)
        yield place, answer.content.decode() if answer.status_code == 200 else ""


def by_api(client: Client, world: World, purpose: str) -> Iterator[tuple[str, str]]:
    """(place, text) of what a program gets that works for this seat."""
    base, case = "/api/v1", f"/api/v1/cases/{world.case.code}"
    for path in (f"{base}/cases", f"{base}/today", f"{base}/acts", f"{base}/referrals", case, f"{case}/known",
                 f"{case}/needs"):  # fmt: skip
        yield "api", str(client.get(path).json())
    yield "api hit", str(client.post(f"{base}/search", {"text": word(FAMILY)}, "application/json").json())
    for part in Compartment:
        answer = client.post(f"{case}/sealed/{part.value}/open", {"purpose": purpose}, "application/json")
        yield "api opened", str(answer.json())


def on_paper(client: Client, world: World, monkeypatch: pytest.MonkeyPatch) -> str:
    """What goes into the PDF: the letters in it are drawn, so what the program hands over is looked at."""
    handed: list[Any] = []

    def instead(_page: bytes, *, sys_inputs: dict[str, str]) -> bytes:
        handed.append(json.loads(sys_inputs["copy"]))
        return b"%PDF"

    monkeypatch.setattr(paper.typst, "compile", instead)
    data = {"once": str(uuid4()), "form": "pdf", "language": "en"}
    client.post(reverse("casework:person_copy", args=[world.case.code]), data)
    return str(handed)


def in_workbook(actor: Actor, folder: Path) -> str:
    """Every cell of the case data standard's workbook, as far as this actor may write one."""
    file = folder / "cases.xlsx"
    try:
        exporter.export(file, actor=actor)
    except DomainError:
        return ""
    return str([list(row) for sheet in load_workbook(file) for row in sheet.values])


@pytest.mark.parametrize(("role", "body", "assigned"), SEATS, ids=lambda value: str(value))
def test_what_is_seen_is_what_was_declared(
    world: World,
    signed_in: SignIn,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    role: Role,
    body: str,
    assigned: bool,
) -> None:
    actor = getattr(world.mechanism, body).actor(role)
    if assigned:
        user = User.objects.get(pk=actor.user_id)
        try:
            assign(actor=world.manager, case=world.case, user=user)
        except DomainError:
            assigned = False  # the role does not work on files
    client = signed_in(actor)
    purpose = "share_service" if body == THERE else "keep"  # what a recipient was given it for
    seen = {(place, name) for place, text in pages(client, world, purpose) for name in found_in(text)}
    seen |= {(place, name) for place, text in by_api(client, world, purpose) for name in found_in(text)}
    seen |= {("workbook", name) for name in found_in(in_workbook(actor, tmp_path))}
    seen |= {("pdf", name) for name in found_in(on_paper(client, world, monkeypatch))}
    assert seen == expected(actor, body, assigned)


def test_the_matrix_has_something_to_see_in_every_place(mechanism: Mechanism) -> None:
    """So that a place that went blank is not taken for a discreet one."""
    manager = mechanism.ngo.actor(Role.CASE_MANAGER)
    places = {place for place, _name in expected(manager, HERE, True)}
    assert places == {"opened", "api opened", "copy", "page", "pdf", "workbook"}
    assert len(NAMES) > 50

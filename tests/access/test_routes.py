"""Every address of the node, asked for as every role: about one's own things, and about somebody else's.

``routes.csv`` is the reviewed answer, a row a route and a column a role; a new route without a row fails the build.
To write it anew: set FENER_WRITE_MATRIX=1 for a run of this file, and review the difference.
"""

from __future__ import annotations

import csv
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from fener.casework.chapters.finding import chapters
from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.policy import Relationship
from fener.trust.roles import Role
from tests.access.conftest import Worlds
from tests.access.world import PUBLIC, Route, Things, routes
from tests.casework.browsing import read
from tests.conftest import begin_session
from tests.factories.contact import started
from tests.factories.network import PASSWORD, Mechanism

pytestmark = [pytest.mark.django_db]
FILE = Path(__file__).with_name("routes.csv")
WRITE = bool(os.environ.get("FENER_WRITE_MATRIX"))
NOBODY = "nobody"
WHO = [NOBODY, *(role.value for role in Role)]
# They work for the mechanism as a whole and hold no file of anybody.
NODE = {
    Role.MECHANISM_COORDINATOR,
    Role.STATISTICIAN,
    Role.PLAN_OFFICER,
    Role.EXCHANGE_OFFICER,
    Role.AUDITOR,
    Role.SYSTEM_ADMIN,
}
# Signing out, and what changes the session itself, would end the crawl.
LEAVES = {"account_logout", "set_language"}
SOMEBODYS = ("casework", "contact")
# What the co-ordinator reads of every case: its code, its clocks and what is overdue, without anything that is sealed.
# An override of a gate that names the co-ordinator (rule AC-01): kinds and days, and a yes or no.
ANSWERS_A_GATE = "casework:gate_override_answer"
# Of the own body: what was taken from traffickers (rule CP-04) and operations (ID-29), in registers that know no case;
# how a colleague works, in numbers without a case (QM-01, QM-02).
OF_OWN_BODY = {
    Role.LAW_ENFORCEMENT_LIAISON: {"casework:asset_step", "casework:operation", "casework:operation_part"},
    Role.ORGANISATION_ADMIN: {"casework:team_member", "casework:supervision_record"},
}
# Every body's, for the co-ordinator: numbers and what is missing.
REGISTER = "casework:operation"
SHOW_CODES = {"casework:case", "casework:chapter"}


def expected() -> dict[tuple[str, str], str]:
    if not FILE.exists():
        return {}
    with FILE.open(encoding="utf-8", newline="") as lines:
        return {(line["route"], who): line[who] for line in csv.DictReader(lines) for who in WHO}


def code(client: Client, address: str, method: str) -> str:
    """The status of an answer; whatever it changed is taken back."""
    mark = transaction.savepoint()
    try:
        answer = client.get(address) if method == "get" else client.post(address, {})
    finally:
        transaction.savepoint_rollback(mark)
    if answer.status_code == 302:
        return "sign-in" if answer.headers["Location"].startswith("/account/login/") else "302"
    return str(answer.status_code)


def cell(client: Client, route: Route, own: Things, foreign: Things) -> str:
    """ "GET/POST" about one's own, then about somebody else's where the address names a thing."""
    answers = []
    for of in (own, foreign) if route.has_object else (own,):
        address = reverse(route.name, kwargs=of.arguments(route)) if route.name else f"/{route.pattern}"
        answers.append("/".join(code(client, address, method) for method in ("get", "post")))
    return " ".join(answers)


def somebody(mechanism: Mechanism, own: Things, role: Role) -> Actor:
    return mechanism.co_ordination.actor(role) if role in NODE else own.body.actor(role)


def crawl(worlds: Worlds, who: str) -> dict[str, str]:
    cache.clear()
    client = Client()
    if who != NOBODY:
        actor = somebody(worlds.mechanism, worlds.own, Role(who))
        answer = client.post("/account/login/", {"login": actor.username, "password": PASSWORD})
        assert answer.status_code == 302
        if actor.elevation is not None:  # what administers is asked for as it answers in a session
            begin_session(client)
        if policy.decide(actor, "screening.start", Relationship.OWN):  # one's own is one that oneself began
            worlds.own.pks["screening"] = started(actor)
    asked = [route for route in routes() if route.name not in LEAVES]
    return {route.name or "favicon": cell(client, route, worlds.own, worlds.foreign) for route in asked}


# On the second engine those whose standing the database itself tells apart; all of them in the long form.
SECOND = {NOBODY, Role.CASE_MANAGER, Role.SHELTER_WORKER, Role.MECHANISM_COORDINATOR, Role.SYSTEM_ADMIN}
ALL_HERE = connection.vendor == "sqlite" or os.environ.get("FENER_PROOF") == "long"


@pytest.mark.parametrize("who", [who for who in WHO if ALL_HERE or who in SECOND])
def test_every_route_answers_each_role_as_it_was_reviewed(who: str, worlds: Worlds) -> None:
    found = crawl(worlds, who)
    if WRITE:
        write(who, found)
    known = expected()
    assert {name: answer for name, answer in found.items() if known.get((name, who)) != answer} == {}
    assert not [name for name, answer in found.items() if "500" in answer]
    invariants(who, found)


def invariants(who: str, found: dict[str, str]) -> None:
    """What holds whatever the reviewed file says, so that a careless review cannot open a door."""
    for route in routes():
        if route.name in LEAVES | PUBLIC or route.name.startswith("mfa_"):
            continue
        own, _, foreign = found[route.name].partition(" ")
        answers = {*own.split("/"), *(foreign.split("/") if foreign else ())}
        if who == NOBODY:
            assert answers <= {"sign-in", "405", "401"} or route.name == "api:api-root", route
            continue
        if route.room == "api" and route.has_object:
            # A body that cannot be read is said to be that before anybody looks whether the thing is there.
            allowed = {"404", "405", "400", "422"}
            knows = who == Role.MECHANISM_COORDINATOR
            assert set(foreign.split("/")) <= allowed | ({"200", "403"} if knows else set()), (who, route)
            if who in NODE | {Role.ORGANISATION_ADMIN, Role.LAW_ENFORCEMENT_LIAISON} and not knows:
                assert set(own.split("/")) <= allowed | {"403"}, (who, route)
        if route.room in SOMEBODYS and route.has_object:
            # The co-ordinator knows every code; what may be done with a case is refused in words, not hidden.
            knows = who == Role.MECHANISM_COORDINATOR and route.room == "casework"
            sees_codes = knows and route.name in SHOW_CODES | {ANSWERS_A_GATE, REGISTER}
            closed = {"404", "405", "403"} if knows else {"404", "405"}
            assert set(foreign.split("/")) <= closed or sees_codes, (who, route)
            keeps_account = route.name in OF_OWN_BODY.get(Role(who), set())
            if who in NODE | {Role.ORGANISATION_ADMIN, Role.LAW_ENFORCEMENT_LIAISON} and not (
                sees_codes or keeps_account
            ):
                assert set(own.split("/")) <= {"404", "403", "405"}, (who, route)


def test_the_file_has_a_row_for_every_route_and_no_other() -> None:
    named = {route.name or "favicon" for route in routes() if route.name not in LEAVES}
    assert {name for name, _who in expected()} == named


def test_the_co_ordinator_sees_codes_of_every_case_and_no_name(worlds: Worlds, signed_in: Any) -> None:
    client = signed_in(worlds.mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR))
    for of in (worlds.own, worlds.foreign):
        words = read(client, reverse("casework:case", args=[of.case.code]))
        assert of.case.code in words
        for chapter in chapters():
            answer = client.get(reverse("casework:chapter", args=[of.case.code, chapter.code]))
            words += answer.content.decode() if answer.status_code == 200 else ""
        assert "Ilić" not in words
        assert "Đorđe" not in words


def write(who: str, found: dict[str, str]) -> None:
    """Bring the file up to date for one role. Review what changed before it is kept."""
    known = expected()
    known.update({(name, who): answer for name, answer in found.items()})
    names = sorted(found)
    with FILE.open("w", encoding="utf-8", newline="") as out:
        lines = csv.writer(out, lineterminator="\n")
        lines.writerow(["route", *WHO])
        lines.writerows([name, *(known.get((name, w), "") for w in WHO)] for name in names)

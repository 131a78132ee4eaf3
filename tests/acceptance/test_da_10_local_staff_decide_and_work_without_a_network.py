"""DA-10: local staff read, enter and decide their own cases without central approval and through a network failure."""

from __future__ import annotations

import ast
import re
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from fener.casework.models import Case
from fener.casework.policies import ROWS
from fener.casework.selectors import cases
from fener.casework.services import cases as services
from fener.casework.services import compartments
from fener.casework.services.needs import record_need
from fener.norms.packs import load_packs
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.policy import Relationship, is_reading
from fener.trust.purposes import Purpose
from fener.trust.roles import FOR_THE_NODE, Role
from tests.factories.assessing import assess
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism

SOURCE = Path(__file__).resolve().parents[2] / "src" / "fener"
ASKS_THE_NETWORK = {"socket", "http", "urllib.request", "requests", "smtplib", "ftplib", "httpx", "aiohttp",
                    "django.core.mail"}  # fmt: skip
# Outside casework, what may look beyond this machine, and why no case waits for it.
BEYOND = {
    "trust/cli.py": "whether the port is free",
    "trust/files/scanning.py": "a scanner on the same machine; without one a file waits and the case goes on",
    "trust/signing_in/organisations.py": "sign-in at a body's own account service, beside passwords and passkeys",
}
# The yes or no to an override (rule AC-01). No work waits for it: what the gate asks for opens the gate as well.
PASSES_A_GATE = "gate_override.agree"


def imported(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, node.module.split(".")[0]}
        elif isinstance(node, ast.Import):
            found |= {part for each in node.names for part in (each.name, each.name.split(".")[0])}
    return found


def test_da_10_no_module_of_the_work_with_people_asks_the_network() -> None:
    files = [
        file
        for room in ("casework", "contact", "norms", "network", "trust", "web")
        for file in sorted((SOURCE / room).rglob("*.py"))
        if imported(file) & ASKS_THE_NETWORK
    ]
    assert {str(file.relative_to(SOURCE)) for file in files} <= set(BEYOND)


def test_da_10_no_act_that_changes_a_case_needs_or_belongs_to_somebody_of_the_node() -> None:
    changing = [row for row in ROWS if not is_reading(row.act)]
    assert changing
    for row in changing:
        if row.act == PASSES_A_GATE:
            continue
        assert not set(row.roles) & FOR_THE_NODE, row.act
        assert Relationship.NODE not in set(row.relationships), row.act


def test_da_10_no_gate_waits_for_an_approval_from_above() -> None:
    above = re.compile(r"central|coordinator|co_ordinator|ministry|headquarter|approv|licen[cs]e|node", re.IGNORECASE)
    gates: Any = load_packs().get("gates", "gates").data
    conditions = re.findall(r"'code': '([a-z_]+)'", str(gates))
    assert len(conditions) > 30
    assert [code for code in conditions if above.search(code)] == []


@pytest.fixture
def cut_off(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """No way out of this machine: every attempt is kept and fails."""
    tried: list[Any] = []

    def refuse(_self: socket.socket, address: Any, *_args: Any) -> None:
        if not isinstance(address, str):  # a path is a socket on this machine
            tried.append(address)
        raise OSError("the network is down")

    def unknown(*args: Any, **_kwargs: Any) -> None:
        tried.append(args[:1])
        raise socket.gaierror("no names are found")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    return tried


def test_da_10_a_case_is_opened_read_assessed_and_closed_with_the_cable_out(
    mechanism: Mechanism, case_manager: Actor, signed_in: Callable[..., Client], request: pytest.FixtureRequest
) -> None:
    mechanism.decider  # noqa: B018 (the body exists before the network fails)
    browser = signed_in(case_manager)
    tried: list[Any] = request.getfixturevalue("cut_off")
    case = CaseFactory(actor=case_manager)
    record_need(actor=case_manager, case=case, kind="shelter", urgent=True)
    assess(case_manager, case)
    compartments.open_compartment(actor=case_manager, case=case, compartment=Compartment.IDENTITY, purpose=Purpose.KEEP)
    assert cases.search(case_manager, "Ilić") == [case]
    for path in ("/", "/cases/", f"/cases/{case.code}/", f"/cases/{case.code}/needs/new/", "/referrals/"):
        assert browser.get(path).status_code in {200, 301, 302}, path
    found = Case.objects.for_actor(case_manager).get(pk=case.pk)
    services.close_case(actor=case_manager, case=found, version=found.version, reason="goals_reached")
    assert tried == []


def test_da_10_nobody_of_the_node_is_asked_before_a_decision(case_manager: Actor, mechanism: Mechanism) -> None:
    """There is no co-ordinator, no auditor and no administrator at all in this mechanism, and the work goes on."""
    assert not {Role.MECHANISM_COORDINATOR, Role.AUDITOR, Role.SYSTEM_ADMIN} & case_manager.roles
    case = CaseFactory(actor=case_manager)
    assert cases.get(case_manager, case.code)[0] == case

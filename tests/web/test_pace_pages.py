"""What somebody sees who goes through very many cases, searches or codes in a short time, and what others see of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from fener.casework.htcds import exporter
from fener.casework.models import Case
from fener.trust.actor import Actor
from fener.trust.errors import TooFast
from fener.trust.models import AuditEntry, Custodian
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism

pytestmark = pytest.mark.django_db
SignedIn = Callable[..., Client]


@pytest.fixture(autouse=True)
def low_limits(settings: Any) -> None:
    settings.FENER_PACE_CASES = settings.FENER_PACE_SEARCHES = settings.FENER_PACE_REFUSALS = 2
    settings.FENER_PACE_NEW_CASES = settings.FENER_PACE_EXPORTS = 2


@pytest.fixture
def files(case_manager: Actor, settings: Any) -> list[Case]:
    settings.FENER_PACE_NEW_CASES = 100
    return [CaseFactory(actor=case_manager) for _each in range(3)]


def look(client: Client, case: Case) -> str:
    answer = client.get(f"/cases/{case.code}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_says_that_it_was_much_and_who_is_told_and_stays_open(
    signed_in: SignedIn, mechanism: Mechanism, case_manager: Actor, files: list[Case]
) -> None:
    watcher = mechanism.ngo.actor(Role.CASE_MANAGER)
    assert mechanism.ngo.organisation is not None
    Custodian.objects.create(
        keeper_id=str(watcher.keeper_id), user_id=str(watcher.user_id), since=timezone.now() - timedelta(days=1)
    )
    client = signed_in(case_manager)
    assert "very many different cases" not in look(client, files[0])
    assert "very many different cases" not in look(client, files[0])
    for case in files[1:]:
        said = look(client, case)
        assert "very many different cases" in said
        assert "custodians are told" in said
    assert "very many different cases" not in look(client, files[0])
    assert "looked at unusually many different cases" in signed_in(watcher).get("/").content.decode()


def test_the_auditor_finds_it_under_its_name(
    signed_in: SignedIn, mechanism: Mechanism, case_manager: Actor, files: list[Case]
) -> None:
    client = signed_in(case_manager)
    for case in files:
        look(client, case)
    auditor = signed_in(mechanism.ngo.actor(Role.AUDITOR))
    page = auditor.get("/acts/", {"act": "pace.cases"}).content.decode()
    assert page.count("pace.cases") > 2  # in the list to choose from, and in the table


def test_a_search_too_many_says_how_long_it_waits_and_what_else_to_do(
    signed_in: SignedIn, case_manager: Actor, files: list[Case]
) -> None:
    client = signed_in(case_manager)
    for _each in range(2):
        assert client.post("/search/", {"text": "Ana"}).status_code == 200
    answer = client.post("/search/", {"text": "Ana"})
    assert answer.status_code == 429
    assert "open the case by its code" in answer.content.decode()
    told = client.post("/api/v1/search", {"text": "Ana"}, "application/json")
    assert (told.status_code, told.json()["error"]) == (429, "too_fast")
    look(client, files[0])  # a case opens all the same


def test_programs_are_counted_like_people_and_leave_nothing_to_be_said_on_a_page(
    signed_in: SignedIn, case_manager: Actor, files: list[Case]
) -> None:
    client = signed_in(case_manager)
    for case in files:
        assert client.get(f"/api/v1/cases/{case.code}").status_code == 200
    assert AuditEntry.objects.filter(act="pace.cases").count() == 1
    assert "very many" not in client.get("/account/sessions/").content.decode()


def test_codes_that_are_tried_out_are_told_to_those_who_watch_and_look_like_nothing(
    signed_in: SignedIn, mechanism: Mechanism, case_manager: Actor, files: list[Case]
) -> None:
    stranger = mechanism.shelter.actor(Role.CASE_MANAGER)
    client = signed_in(stranger)
    for case in files:
        answer = client.get(f"/cases/{case.code}/")
        assert answer.status_code == 404
        assert "audit" not in answer.content.decode()
    entry = AuditEntry.objects.get(act="pace.refusals")
    assert (entry.actor_id, entry.detail["count"]) == (stranger.user_id, 2)


def test_new_cases_are_never_stopped(case_manager: Actor) -> None:
    for _each in range(5):
        CaseFactory(actor=case_manager)
    told = AuditEntry.objects.filter(act="pace.new_cases").order_by("pk")
    assert [entry.detail["count"] for entry in told] == [2, 4]


def test_an_export_too_many_leaves_no_file(case_manager: Actor, files: list[Case], tmp_path: Any) -> None:
    for number in range(2):
        exporter.export(tmp_path / f"{number}.xlsx", actor=case_manager)
    with pytest.raises(TooFast):
        exporter.export(tmp_path / "2.xlsx", actor=case_manager)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["0.xlsx", "1.xlsx"]
    assert AuditEntry.objects.filter(act="pace.exports").count() == 1

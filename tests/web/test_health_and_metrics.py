"""Probes and figures: a word about the node, counts by route; never an address, an id or a name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from fener.casework.models import Case
from fener.trust import installation, runs
from fener.trust.actor import Actor
from fener.web import health
from tests.casework.paths import offered
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism

pytestmark = [pytest.mark.django_db]
TOKEN = "0123456789abcdef0123456789abcdef"
BRINGS = {"HTTP_AUTHORIZATION": f"Bearer {TOKEN}"}


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    health._Migrations.forget()
    yield
    health._Migrations.forget()


# -- health ------------------------------------------------------------------------------------------------------------


def test_a_node_that_works_says_so_and_nothing_else(client: Client) -> None:
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


@pytest.mark.parametrize(
    "asking",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"REMOTE_ADDR": ""},
        {"HTTP_X_FORWARDED_FOR": "192.0.2.7"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
    ],
)
def test_it_is_not_there_for_others_unless_the_operator_wants_it(
    asking: dict[str, str], client: Client, settings: Any
) -> None:
    assert client.get("/health/", **asking).status_code == 404
    settings.FENER_HEALTH_PUBLIC = True
    assert client.get("/health/", **asking).status_code == 200


def test_a_database_that_cannot_be_reached_is_told_in_a_word(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: Any) -> Any:
        raise OperationalError("disk I/O error at /var/lib/fener/fener.db")

    monkeypatch.setattr(connection, "cursor", broken)
    monkeypatch.setattr(connection, "close", lambda: None)
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()) == (503, {"status": "unavailable", "missing": "database"})


def test_a_database_behind_its_program_is_told_in_a_word(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installation, "waiting_migrations", lambda: (3, True))
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()["missing"]) == (503, "migrations")


def test_only_reading_is_answered(client: Client) -> None:
    assert client.post("/health/").status_code == 405


# -- figures -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("token", ["", TOKEN])
@pytest.mark.parametrize("brought", ["", "Bearer ", "Bearer nonsense", f"Basic {TOKEN}", TOKEN, "Bearer žđ"])
def test_figures_are_not_there_for_whoever_brings_no_token(
    token: str, brought: str, client: Client, settings: Any
) -> None:
    settings.FENER_METRICS_TOKEN = token
    answer = client.get("/metrics", HTTP_AUTHORIZATION=brought)
    assert answer.status_code == 404
    assert b"fener_requests" not in answer.content


def figures(client: Client) -> str:
    answer = client.get("/metrics", **BRINGS)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_requests_are_counted_by_the_name_of_their_route(
    settings: Any, case_manager: Actor, signed_in: Callable[..., Client]
) -> None:
    settings.FENER_METRICS_TOKEN = TOKEN
    case: Case = CaseFactory(actor=case_manager)
    browser = signed_in(case_manager)
    browser.get(f"/cases/{case.code}/")
    browser.get("/nowhere/Милица/")
    browser.generic("BREW", "/help/")
    told = figures(browser)
    assert 'fener_requests_total{method="GET",route="casework:case",status="200"}' in told
    assert 'fener_requests_total{method="GET",route="none",status="404"}' in told
    assert 'method="other"' in told
    assert 'fener_request_seconds_bucket{le="0.15",route="casework:case"}' in told
    for hidden in (
        case.code,
        str(case.pk),
        case_manager.username,
        "Милица",
        "nowhere",
        "BREW",
        str(case_manager.user_id),
    ):
        assert hidden not in told


def test_queues_and_the_work_of_timers_are_told_as_counts_and_times(
    settings: Any, client: Client, mechanism: Mechanism, case_manager: Actor
) -> None:
    settings.FENER_METRICS_TOKEN = TOKEN
    assert 'fener_waiting{queue="referrals_offered"} 0.0' in figures(client)
    offered(case_manager, mechanism.shelter)
    runs.run_done(name=runs.BACKUP, at=timezone.now())
    told = figures(client)
    assert 'fener_waiting{queue="referrals_offered"} 1.0' in told
    assert 'fener_waiting{queue="referrals_overdue"} 0.0' in told
    assert 'fener_last_run_timestamp_seconds{job="backup"}' in told
    assert 'job="tick"' not in told  # it never ran, and the node does not make up a time


# -- the number of a request -------------------------------------------------------------------------------------------


def test_every_answer_carries_a_number_of_its_own(client: Client) -> None:
    first, second = (client.get("/help/")["X-Request-ID"] for _time in range(2))
    assert len(first) == 32
    assert first != second


@pytest.mark.parametrize(
    "behind, brought, taken", [(True, "ab12-" * 4, True), (True, "<b>Milica", False), (False, "ab12" * 4, False)]
)
def test_a_number_from_outside_is_taken_on_only_from_a_known_proxy(
    behind: bool, brought: str, taken: bool, client: Client, settings: Any
) -> None:
    settings.FENER_BEHIND_PROXY = behind
    assert (client.get("/help/", HTTP_X_REQUEST_ID=brought)["X-Request-ID"] == brought) is taken

"""What every test may ask for: a fixed day, an invented mechanism, and people at work in it."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client

from fener.casework.domain import codes
from fener.trust import standing
from fener.trust.actor import Actor
from fener.trust.roles import Role
from tests import audit_flush, fenced
from tests.factories.network import PASSWORD, Body, Mechanism

audit_flush.allow_flush()
# What a test itself looks up it looks up for the node; requests stand for whoever signed in, as everywhere.
standing.take(standing.NODE)
if connection.vendor == "postgresql":
    fenced.stand_for_actors()

# A word that names an invented body too would make "it is not shown here" a matter of chance.
codes.ALIASES = tuple(alias for alias in codes.ALIASES if alias not in {"Harbour", "Lantern"})


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first (real browsers, real processes), so that the last minutes keep every core at work."""
    items.sort(
        key=lambda item: not ("e2e" in item.path.parts or "browser" in item.path.stem or "proofs" in item.path.parts)
    )


def pytest_collection_finish(session: pytest.Session) -> None:
    """What stands until the end is looked through for garbage no more, and what is new less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


# A Monday without a holiday near it.
NOW = datetime(2026, 3, 2, 10, 0, tzinfo=ZoneInfo("Europe/Belgrade"))


@pytest.fixture
def today() -> Iterator[date]:
    """The day stands still: Monday, 2 March 2026, ten o'clock."""
    with time_machine.travel(NOW, tick=False):
        yield NOW.date()


@pytest.fixture
def mechanism(db: None, today: date) -> Mechanism:
    """An invented country's mechanism. Bodies come into being when a test names them: ``mechanism.ngo``, ``.shelter``,
    ``.police``, ``.inspection``, ``.social_work``, ``.decider``, ``.co_ordination``, ``.health``."""
    return Mechanism(since=date(2020, 1, 1))


@pytest.fixture
def case_manager(mechanism: Mechanism) -> Actor:
    """A case manager of the NGO, unlocked."""
    return mechanism.ngo.actor(Role.CASE_MANAGER)


@pytest.fixture
def ngo(mechanism: Mechanism) -> Body:
    return mechanism.ngo


def begin_session(client: Client) -> None:
    """The administration session that this browser's person needs before changing anything."""
    told = {"reason": "what the test is about", "minutes": "30", "proof": PASSWORD}
    answer = client.post("/administration/begin/", {"once": str(uuid4()), **told})
    assert answer.status_code == 302, "no administration session began"


@pytest.fixture
def signed_in(mechanism: Mechanism) -> Callable[..., Client]:
    """``signed_in(actor)``: a browser in which that person of the mechanism has signed in and unlocked."""

    def browser(actor: Actor, **options: Any) -> Client:
        cache.clear()  # attempts to sign in are counted
        client = Client(**options)
        answer = client.post("/account/login/", {"login": actor.username, "password": PASSWORD})
        assert answer.status_code == 302, "nobody was signed in"
        if actor.elevation is not None:
            begin_session(client)
        return client

    return browser

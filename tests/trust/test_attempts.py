"""Guessing is slow, a colleague cannot be shut out by it, and nobody learns who has an account."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from fener.trust import keys
from fener.trust.models import Attempts
from fener.trust.signing_in import attempts
from fener.trust.signing_in.hashing import LimitedArgon2PasswordHasher
from tests.trust.people import PASSWORD, Person
from tests.trust.test_session import seen

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.trust.urls")]
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HERE, ELSEWHERE = "192.0.2.7", "198.51.100.9"


@pytest.fixture
def node(request: pytest.FixtureRequest) -> Any:
    """The settings of the node."""
    return request.getfixturevalue("settings")


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as moment:
        yield moment


def sign_in(client: Client, username: str = "mira", password: str = PASSWORD, at: str = HERE) -> Any:
    return client.post("/account/login/", {"login": username, "password": password}, REMOTE_ADDR=at)


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_the_sixth_attempt_waits_and_is_not_looked_at(client: Client, mira: Person, clock: Any) -> None:
    for _attempt in range(5):
        assert "is not right" in words(sign_in(client, password="wrong"))
    right = sign_in(client)
    assert right.status_code == 200
    assert "looked at in 5 seconds" in words(right)
    clock.shift(6)
    assert sign_in(client).status_code == 302


def test_each_further_failure_waits_longer_up_to_a_quarter_of_an_hour(mira: Person) -> None:
    waits, at = [], NOW
    for _attempt in range(20):
        assert not attempts.begin(name="mira", source=HERE, at=at)
        wait = attempts.begin(name="mira", source=HERE, at=at)
        waits.append(wait)
        at += wait or timedelta(seconds=1)
    assert not waits[0]
    grown = [one for one in waits if one]
    assert grown == sorted(grown)
    assert grown[-1] == timedelta(minutes=15)


def test_an_attempt_during_a_wait_lengthens_nothing(mira: Person) -> None:
    for _attempt in range(attempts.FREE):
        attempts.begin(name="mira", source=HERE, at=NOW)
    first = attempts.begin(name="mira", source=HERE, at=NOW)
    for _attempt in range(50):
        assert attempts.begin(name="mira", source=HERE, at=NOW) == first


def test_a_stranger_who_guesses_for_ever_does_not_shut_the_holder_out(client: Client, mira: Person, clock: Any) -> None:
    assert sign_in(client).status_code == 302
    stranger = Client()
    for _attempt in range(12):
        sign_in(stranger, password="wrong", at=ELSEWHERE)
        clock.shift(timedelta(minutes=16))
    sign_in(stranger, password="wrong", at=ELSEWHERE)
    assert "looked at in" in words(sign_in(stranger, at=ELSEWHERE))
    assert sign_in(Client()).status_code == 302  # from where they signed in before: no wait


def test_the_holder_reads_how_many_attempts_failed_since_the_last_time(
    client: Client, mira: Person, clock: Any
) -> None:
    assert sign_in(client).status_code == 302
    for _attempt in range(3):
        sign_in(Client(), password="wrong", at=ELSEWHERE)
    later = Client()
    sign_in(later)
    told = [str(one) for one in list(later.get("/account/sessions/").context["messages"])]
    assert any("3 failed attempts" in one for one in told)
    again = Client()
    sign_in(again)
    assert not any("failed attempt" in str(one) for one in list(again.get("/account/sessions/").context["messages"]))


def test_names_that_nobody_has_wait_in_the_same_way_and_with_the_same_words(
    client: Client, mira: Person, clock: Any
) -> None:
    told: dict[str, list[str]] = {}
    for name in ("mira", "nobody"):
        page = [words(sign_in(Client(), name, "wrong", at=f"203.0.113.{len(told) + 1}")) for _attempt in range(7)]
        told[name] = [text.partition("csrfmiddlewaretoken")[0] for text in page]
    assert told["mira"] == told["nobody"]


def test_a_source_that_tries_many_names_waits(mira: Person) -> None:
    waits = [attempts.begin(name=f"name{n}", source=ELSEWHERE, at=NOW) for n in range(attempts.FREE_FROM_A_SOURCE + 1)]
    assert [bool(wait) for wait in waits] == [False] * attempts.FREE_FROM_A_SOURCE + [True]
    assert not attempts.begin(name="mira", source=HERE, at=NOW)


def test_the_recovery_code_is_counted_as_the_password_is(client: Client, mira: Person, clock: Any) -> None:
    told = {
        "username": "mira",
        "code": "wrong",
        "new_password": "another-long-one-1",
        "new_password_again": "another-long-one-1",
    }
    for _attempt in range(5):
        assert "do not fit together" in words(client.post("/account/recover/", told, REMOTE_ADDR=HERE))
    right = {**told, "code": mira.recovery_code}
    assert "looked at in" in words(client.post("/account/recover/", right, REMOTE_ADDR=HERE))
    unknown = {**told, "username": "nobody"}
    assert "do not fit together" in words(client.post("/account/recover/", unknown, REMOTE_ADDR=ELSEWHERE))


def test_a_day_without_a_failure_is_forgotten_and_old_counts_are_deleted(mira: Person) -> None:
    for _attempt in range(attempts.FREE):
        attempts.begin(name="mira", source=HERE, at=NOW)
    tomorrow = NOW + timedelta(hours=25)
    assert not attempts.begin(name="mira", source=HERE, at=tomorrow)
    assert not attempts.begin(name="mira", source=HERE, at=tomorrow)
    assert attempts.forget(at=NOW + timedelta(days=89)) == 0
    assert attempts.forget(at=NOW + timedelta(days=100)) > 0


def test_neither_names_nor_addresses_are_stored(client: Client, mira: Person) -> None:
    sign_in(client, password="wrong")
    stored = str(list(Attempts.objects.values_list()))
    assert len(Attempts.objects.all()) == 3
    for word in ("mira", HERE):
        assert word not in stored


@settings(deadline=None)
@given(right=st.lists(st.booleans(), min_size=1, max_size=30))
def test_right_attempts_in_between_hide_no_wrong_ones(right: list[bool]) -> None:
    Attempts.objects.all().delete()
    wrong = 0
    for good in right:
        if attempts.begin(name="mira", source="", at=NOW):
            break
        if good:
            attempts.passed(name="mira", source="")
        else:
            wrong += 1
    assert Attempts.objects.get().failures == wrong <= attempts.FREE


@pytest.mark.django_db(transaction=True)
def test_many_attempts_at_once_gain_nothing() -> None:
    """Each with a connection of its own, as workers have: the count is in the database."""
    waits: list[timedelta] = []

    def attempt() -> None:
        waits.append(attempts.begin(name="mira", source=HERE, at=NOW))
        connection.close()

    threads = [threading.Thread(target=attempt) for _n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(bool(wait) for wait in waits) == [False] * attempts.FREE + [True] * (12 - attempts.FREE)


def test_an_unknown_name_costs_as_many_runs_of_argon2_as_a_wrong_password(
    client: Client, mira: Person, node: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    node.PASSWORD_HASHERS = ["fener.trust.signing_in.hashing.LimitedArgon2PasswordHasher"]
    monkeypatch.setattr(LimitedArgon2PasswordHasher, "memory_cost", 128)
    monkeypatch.setattr(LimitedArgon2PasswordHasher, "time_cost", 1)
    mira.user.set_password(PASSWORD)
    mira.user.save()
    runs: list[str] = []

    class Counted:
        def __enter__(self) -> None:
            runs.append("run")

        def __exit__(self, *_error: Any) -> None:
            pass

    monkeypatch.setattr(keys, "ARGON2_RUNS", Counted())
    cost = {}
    for name in ("mira", "nobody"):
        runs.clear()
        sign_in(Client(), name, "wrong")
        cost[name] = len(runs)
    assert cost["mira"] == cost["nobody"] == 1
    told = {"code": "wrong", "new_password": "another-long-one-1", "new_password_again": "another-long-one-1"}
    for name in ("mira", "nobody"):
        runs.clear()
        client.post("/account/recover/", {**told, "username": name})
        cost[name] = len(runs)
    assert cost["mira"] == cost["nobody"] == 1


def test_no_more_than_two_runs_of_argon2_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    running, most, lock = 0, 0, threading.Lock()

    def slow(*_given: Any, **_named: Any) -> bytes:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.01)
        with lock:
            running -= 1
        return bytes(32)

    monkeypatch.setattr(keys.argon2, "hash_secret_raw", slow)
    threads = [threading.Thread(target=keys.wrap, args=("x", b""), kwargs={"bound_to": b""}) for _n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 2


def test_a_wrong_second_step_is_told_to_the_holder(client: Client, mira: Person, clock: Any) -> None:
    from tests.trust.test_session import activate_totp, code_of

    secret = activate_totp(mira.user)
    sign_in(client)
    assert client.post("/account/2fa/authenticate/", {"code": "000000"}).status_code == 200
    assert seen(client)["user"] == "None"
    client.post("/account/2fa/authenticate/", {"code": code_of(secret)})
    told = [str(one) for one in list(client.get("/account/sessions/").context["messages"])]
    assert any("1 failed attempt " in one for one in told)

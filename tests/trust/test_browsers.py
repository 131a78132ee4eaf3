"""Where one is signed in: listed in plain words, ended within one request, however many people are signed in."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fener.trust import accounts
from fener.trust.models import BrowserSession
from fener.trust.signing_in import browsers
from tests.trust.people import PASSWORD, Person
from tests.trust.test_session import NEW, seen

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.trust.urls")]
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"
PHONE = (
    "Mozilla/5.0 (Linux; Android 14; SM-G991B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/125.0.0.0 Safari/537.36"
)
SAFARI = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15"
)
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/125.0.0.0 Safari/537.36 Edg/125.0.0.0"


def browser(username: str = "mira", agent: str = FIREFOX) -> Client:
    client = Client(HTTP_USER_AGENT=agent)
    answer = client.post("/account/login/", {"login": username, "password": PASSWORD})
    assert answer.status_code == 302
    return client


@pytest.mark.parametrize(
    "agent, told",
    [
        (FIREFOX, "Firefox / Windows"),
        (PHONE, "Chrome / Android"),
        (SAFARI, "Safari / macOS"),
        (EDGE, "Edge / Windows"),
        ("curl/8.0", ""),
        ("", ""),
    ],
)
def test_a_device_is_told_coarsely(agent: str, told: str) -> None:
    assert browsers.device(agent) == told


def test_the_list_shows_each_browser_and_which_is_this_one(mira: Person, arben: Person) -> None:
    desk, phone = browser(), browser(agent=PHONE)
    browser("arben")
    page = " ".join(desk.get("/account/sessions/").content.decode().split())
    assert page.count("Signed in since") == 2
    assert page.index("Firefox / Windows") < page.index("this browser") < page.index("Chrome / Android")
    assert "Last used about" in page
    assert phone.get("/account/sessions/").status_code == 200


def test_another_browser_is_signed_out_at_its_next_request(mira: Person) -> None:
    here, there, third = browser(), browser(agent=PHONE), browser(agent=SAFARI)
    row = BrowserSession.objects.get(device="Chrome / Android")
    assert here.post(f"/account/sessions/{row.pk}/end/").status_code == 302
    assert seen(there) == {"user": "None", "unlocked": False, "opened": []}
    assert seen(third)["unlocked"] is True
    assert here.post("/account/sessions/end-others/").status_code == 302
    assert seen(third)["user"] == "None"
    assert seen(here)["unlocked"] is True


def test_nobody_ends_somebody_elses_session(mira: Person, arben: Person) -> None:
    mine, theirs = browser(), browser("arben")
    row = BrowserSession.objects.get(user=arben.user)
    mine.post(f"/account/sessions/{row.pk}/end/")
    assert seen(theirs)["unlocked"] is True


def test_a_request_that_runs_while_its_session_is_ended_does_not_bring_it_back(mira: Person) -> None:
    client = browser()
    session = client.session
    assert session.get("fener_browser")  # read, as a slow request has it in hand
    accounts.end_sessions(mira.user)
    session["late"] = True
    with pytest.raises(UpdateError):
        session.save()
    assert seen(client)["user"] == "None"


def test_signing_out_and_a_new_password_keep_the_register_true(mira: Person) -> None:
    here, there = browser(), browser(agent=PHONE)
    form = {"old_password": PASSWORD, "new_password": NEW, "new_password_again": NEW}
    assert here.post("/account/password/", form).status_code == 302
    assert seen(there)["user"] == "None"
    kept = set(BrowserSession.objects.values_list("session_key", flat=True))
    assert kept == {here.session.session_key}
    here.post("/account/logout/")
    assert not BrowserSession.objects.exists()


def test_the_recovery_code_signs_everybody_else_out(mira: Person) -> None:
    somewhere = browser()
    told = {"username": "mira", "code": mira.recovery_code, "new_password": NEW, "new_password_again": NEW}
    assert Client().post("/account/recover/", told).status_code == 200
    assert seen(somewhere)["user"] == "None"


def test_ending_one_persons_sessions_does_not_walk_everybodys(mira: Person, arben: Person) -> None:
    later = timezone.now() + timedelta(hours=8)
    keys = [secrets.token_hex(16) for _n in range(10_000)]
    Session.objects.bulk_create([Session(session_key=key, session_data="x", expire_date=later) for key in keys])
    BrowserSession.objects.bulk_create(
        [BrowserSession(session_key=key, user=arben.user, since=timezone.now()) for key in keys[:-3]]
        + [BrowserSession(session_key=key, user=mira.user, since=timezone.now()) for key in keys[-3:]]
    )
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert accounts.end_sessions(mira.user) == 3
    assert len(asked) < 12
    assert Session.objects.count() == 9_997
    assert accounts.end_sessions(arben.user) == 9_997
    assert not Session.objects.exists()


def test_what_is_kept_of_a_browser_is_neither_its_address_nor_its_version(mira: Person) -> None:
    client = browser()
    stored = str(list(BrowserSession.objects.values())) + str([one.get_decoded() for one in Session.objects.all()])
    for word in ("127.0.0.1", "128.0", "Gecko", "Win64"):
        assert word not in stored
    assert "Neither its address" in client.get("/account/sessions/").content.decode()


def test_sessions_that_ran_out_are_forgotten(mira: Person) -> None:
    with time_machine.travel("2026-03-02 09:00:00+00:00", tick=False) as clock:
        browser()
        clock.shift(timedelta(hours=7))
        assert browsers.forget(at=timezone.now()) == 0
        clock.shift(timedelta(hours=2))
        assert browsers.forget(at=timezone.now()) == 1
        assert not Session.objects.exists()


def test_signing_out_clears_what_the_browser_keeps_of_the_pages(mira: Person) -> None:
    client = browser()
    answer: Any = client.post("/account/logout/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert client.cookies["fener_session"].value == ""
    assert client.cookies["fener_key"].value == ""
    assert "Clear-Site-Data" not in client.get("/account/login/").headers

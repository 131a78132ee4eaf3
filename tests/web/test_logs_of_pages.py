"""Every page is called with names in it, with all logging on, also where it fails: no line keeps any of them."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from fener.trust import logs
from fener.trust.models import User
from fener.trust.roles import Role
from tests.access.world import routes, things
from tests.factories.network import Mechanism

pytestmark = [pytest.mark.django_db]
NAME = "Милица-Ђорђевић"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Everything that any logger of the process says, as the product writes it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.JsonLines())
    root, before = logging.getLogger(), logging.getLogger().level
    levels = {name: logging.getLogger(name).level for name in ("fener.requests", "django.request", "django.security")}
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    for name in levels:
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(before)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def test_no_page_leaves_a_name_a_code_or_an_id_in_the_log(
    mechanism: Mechanism, signed_in: Callable[..., Client], written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = things(mechanism, mechanism.ngo)
    browser = signed_in(own.body.actor(Role.CASE_MANAGER), raise_request_exception=False)
    for route in routes():
        if route.name == "account_logout":
            continue
        try:
            address = reverse(route.name, kwargs=own.arguments(route)) if route.name else f"/{route.pattern}"
        except (KeyError, NoReverseMatch):  # a page whose thing the access matrix asks for first
            continue
        browser.get(address, {"q": NAME, "next": f"/cases/{own.case.code}/"})
        browser.post(address, {"words": NAME, "text": NAME, "once": NAME})
    browser.get(f"/nowhere/{NAME}/")

    def fails(*_given: object, **_named: object) -> None:
        raise ValueError(f"{NAME} of {own.case.code}")

    monkeypatch.setattr("fener.web.views.public.render", fails)
    assert browser.get("/help/", {"q": NAME}).status_code == 500
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    assert len([line for line in lines if line.get("route")]) > 100
    failed = [line for line in lines if line.get("errors")]
    assert any(error["class"] == "builtins.ValueError" for line in failed for error in line["errors"])
    assert {line["request_id"] for line in failed} - {""}
    staff = [word for user in User.objects.all() for word in (user.username, user.full_name, str(user.pk))]
    things_of = [own.case.code, str(own.case.pk), *(str(thing.pk) for thing in own.pks.values())]
    kept = written.getvalue() + json.dumps(lines, ensure_ascii=False)
    assert [hidden for hidden in (NAME, *staff, *things_of) if len(hidden) > 4 and hidden in kept] == []

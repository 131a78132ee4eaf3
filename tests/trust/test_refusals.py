"""From a domain error to the page: a refused read looks like an absent thing, everything else says what to do next."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from fener.trust.actor import Actor
from fener.trust.errors import (
    AlreadyDone,
    DomainError,
    GateClosed,
    InvalidInput,
    Locked,
    NeedsConsent,
    NotGranted,
    Refused,
    StaleEdit,
)
from fener.trust.models import AuditEntry
from fener.trust.refusals import RefusalMiddleware

pytestmark = pytest.mark.django_db

SOMEBODY = Actor(user_id=uuid4(), keeper_id=uuid4(), username="mira")
raised: list[Exception] = []


def view(request: HttpRequest, code: str) -> HttpResponse:
    raise raised[0]


def plain_404(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse("There is nothing here.", status=404)


urlpatterns = [path("thing/<str:code>/", view)]
handler404 = plain_404


class WithActor:
    """Stands for the network's middleware, which knows who acts."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> Any:
        request.actor = SOMEBODY
        return self.get_response(request)


@pytest.fixture
def client(settings: Any) -> Client:
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = [f"{__name__}.WithActor", "fener.trust.refusals.RefusalMiddleware"]
    settings.TEMPLATES = [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": False,
            "DIRS": [],
            "OPTIONS": {
                "loaders": [
                    (
                        "django.template.loaders.locmem.Loader",
                        {"trust/refused.html": "{{ message }}", "web/stale_edit.html": "stale: {{ message }}"},
                    )
                ]
            },
        }
    ]
    return Client()


def answer(client: Client, error: Exception, method: str = "get") -> HttpResponse:
    raised[:] = [error]
    response: HttpResponse = getattr(client, method)("/thing/1/")
    return response


@pytest.mark.parametrize("error", [NotGranted(), Refused(act="case.read", hidden=True)])
def test_a_refused_read_is_the_same_page_as_an_absent_thing(client: Client, error: DomainError) -> None:
    absent, refused = answer(client, Http404("No Case matches the given query.")), answer(client, error)
    assert (refused.status_code, refused.content) == (absent.status_code, absent.content) == (404, absent.content)
    assert dict(refused.items()) == dict(absent.items())


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Refused(act="case.close", hidden=False), 403),
        (Locked(), 403),
        (NeedsConsent(), 409),
        (GateClosed(None), 409),
        (StaleEdit(), 409),
        (AlreadyDone(), 409),
        (InvalidInput({"name": "Too long."}), 422),
        (DomainError("Something of a room's own."), 409),
    ],
)
def test_every_other_refusal_says_what_to_do_next(client: Client, error: DomainError, status: int) -> None:
    response = answer(client, error, "post")
    assert response.status_code == status
    assert str(error.message) in response.content.decode().replace("&#x27;", "'")


def test_the_shell_s_own_page_comes_first(client: Client) -> None:
    assert answer(client, StaleEdit()).content.startswith(b"stale: ")


def test_what_was_done_already_leads_to_where_it_led_but_never_to_another_site(client: Client) -> None:
    assert answer(client, AlreadyDone("/cases/7/"), "post").headers["Location"] == "/cases/7/"
    for elsewhere in ("//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "7"):
        assert answer(client, AlreadyDone(elsewhere), "post").status_code == 409


@pytest.mark.parametrize(
    ("error", "kept"),
    [
        (Refused(act="case.read"), True),
        (NotGranted(), True),
        (NeedsConsent(), True),
        (GateClosed(None), True),
        (Locked(), False),
        (InvalidInput(), False),
        (StaleEdit(), False),
    ],
)
def test_an_attempt_on_what_somebody_may_not_have_is_kept(client: Client, error: DomainError, kept: bool) -> None:
    answer(client, error)
    entries = list(AuditEntry.objects.all())
    assert bool(entries) is kept
    if kept:
        assert (entries[0].actor_id, entries[0].outcome) == (SOMEBODY.user_id, "refused")
        assert entries[0].detail["route"] == "thing/<str:code>/", "the route and not the address with its ids"


def test_other_exceptions_are_left_to_django() -> None:
    assert RefusalMiddleware(lambda r: HttpResponse()).process_exception(HttpRequest(), ValueError()) is None

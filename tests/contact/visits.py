"""People at their browsers: signed in, going from page to page as the pages lead them."""

from __future__ import annotations

import re
from typing import Any

from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from fener.contact.models import Screening
from fener.trust.actor import Actor
from tests.factories.network import PASSWORD


def signed_in(actor: Actor) -> Client:
    """A browser in which this actor signed in, unlocked."""
    cache.clear()  # the fence against guessing counts every test of a run
    client = Client()
    answer = client.post("/account/login/", {"login": actor.username, "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    return client


def token(page: Any) -> str:
    """The mark by which the page's form is carried out once."""
    found = re.search(r'name="once" value="([^"]+)"', page.content.decode())
    assert found, page.content.decode()
    return found[1]


def fill(client: Client, address: str, data: dict[str, Any] | None = None, *, form_at: str = "") -> HttpResponse:
    """Open the page of a form and send it filled in."""
    page = client.get(form_at or address)
    assert page.status_code == 200, (page.status_code, page.get("Location"))
    answer: HttpResponse = client.post(address, {"once": token(page), **(data or {})})
    return answer


def to(name: str, screening: Screening, **more: Any) -> str:
    return reverse(f"contact:{name}", kwargs={"pk": screening.pk, **more})

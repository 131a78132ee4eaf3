"""What tests of pages do with a browser: open, fill in, send, read."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

from tests.web.pages import words

_ONCE = re.compile(r'name="once" value="([^"]+)"')


def token(html: str) -> str:
    """The page's token against sending twice."""
    found = _ONCE.search(html)
    assert found, "the page has no form that is sent once"
    return found.group(1)


def page(client: Client, address: str, status: int = 200) -> str:
    """The HTML of a page."""
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return answer.content.decode()


def read(client: Client, address: str, status: int = 200) -> str:
    """The words of a page."""
    return words(page(client, address, status))


def send(client: Client, address: str, *, shown: str = "", **data: Any) -> Any:
    """Open the page (or ``shown``, which has the form), fill in, send."""
    once = token(page(client, shown or address))
    return client.post(address, {"once": once, **data})


def sent(client: Client, address: str, *, shown: str = "", **data: Any) -> str:
    """As :func:`send`, and it has to succeed; where it led."""
    answer = send(client, address, shown=shown, **data)
    assert answer.status_code == 302, words(answer.content.decode())
    return str(answer.headers["Location"])

"""A browser as small as a measurement needs it: cookies, forms, one kept connection. Nothing is rendered."""

from __future__ import annotations

import http.client
import re
import select
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*>')
ATTRIBUTE = re.compile(r'\b(name|value)="([^"]*)"')


@dataclass
class Answer:
    """What came back, and how long it took from the first byte sent to the last byte read."""

    status: int
    text: str
    location: str
    seconds: float


@dataclass
class Browser:
    """One signed-in person at 127.0.0.1:``port``."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    _connection: http.client.HTTPConnection | None = None

    def get(self, path: str) -> Answer:
        """One page."""
        return self._ask("GET", path, None)

    def post(self, path: str, data: dict[str, str | list[str]]) -> Answer:
        """One form, as a browser sends it."""
        return self._ask("POST", path, urlencode(data, doseq=True))

    def sign_in(self, username: str, password: str) -> None:
        """Through the sign-in page. Raises RuntimeError where it is refused."""
        page = self.get("/account/login/")
        answer = self.post("/account/login/", {**hidden(page.text), "login": username, "password": password})
        if answer.status != 302:
            raise RuntimeError(f"{username} could not sign in: {answer.status}")

    def _ask(self, method: str, path: str, body: str | None) -> Answer:
        if self._connection is None or _closed(self._connection):
            self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Origin"] = f"http://127.0.0.1:{self.port}"
        started = time.perf_counter()
        self._connection.request(method, path, body, headers)
        response = self._connection.getresponse()
        text = response.read().decode("utf-8")
        seconds = time.perf_counter() - started
        for cookie in response.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        return Answer(response.status, text, response.headers.get("Location", ""), seconds)


def _closed(connection: http.client.HTTPConnection) -> bool:
    """Whether the server has closed a kept connection: a browser opens another, and nobody sees an error."""
    return connection.sock is not None and bool(select.select([connection.sock], [], [], 0)[0])


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of a page: the token against forgery and the one against a double click."""
    found = (dict(ATTRIBUTE.findall(tag)) for tag in HIDDEN.findall(page))
    return {each["name"]: each.get("value", "") for each in found if "name" in each}

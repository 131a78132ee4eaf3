"""What a node that others reach does otherwise than a demonstration: cookies, transport, what it does not answer."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib import messages
from django.contrib.messages.storage.session import SessionStorage
from django.test import Client, RequestFactory
from django.urls import reverse

from fener.trust import account_forms
from fener.trust.roles import Role
from fener.trust.signing_in import attempts
from tests.access.world import routes, things
from tests.factories.network import Mechanism

pytestmark = [pytest.mark.django_db]
ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "fener"
TOLD = """
import json, django
from django.conf import settings
django.setup()
from fener.trust import session
names = [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME, session.COOKIE]
secure = [settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.LANGUAGE_COOKIE_SECURE]
hsts = [settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS]
print(json.dumps({"names": names, "secure": secure, "hsts": hsts, "debug": settings.DEBUG}))
"""


def settings_of(home: Path, **environment: str) -> dict[str, Any]:
    """As the program itself reads them, in a process of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FENER_")}
    kept |= {"DJANGO_SETTINGS_MODULE": "fener.settings", "FENER_HOME": str(home), **environment}
    told = subprocess.run([sys.executable, "-c", TOLD], env=kept, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(told.stdout)
    return found


def test_cookies_belong_to_this_host_and_to_tls_alone(tmp_path: Path) -> None:
    told = settings_of(tmp_path)
    assert [name for name in told["names"] if not name.startswith("__Host-")] == []
    assert told["secure"] == [True, True, True]
    assert told["debug"] is False
    demonstration = settings_of(tmp_path, FENER_DEMO="1")  # on one's own machine, without TLS
    assert [name for name in demonstration["names"] if name.startswith("__")] == []


def test_browsers_are_told_to_come_by_tls_for_a_year_and_more_and_to_every_name_below(
    tmp_path: Path, settings: Any
) -> None:
    seconds, below = settings_of(tmp_path)["hsts"]
    assert seconds >= 365 * 24 * 60 * 60
    assert below is True
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = seconds, below
    for address in ("/help/", "/nowhere/", "/static/web/fener.css"):
        answer = Client().get(address, secure=True)
        assert answer["Strict-Transport-Security"] == f"max-age={seconds}; includeSubDomains", address


def test_every_cookie_is_out_of_reach_of_scripts(mechanism: Mechanism, signed_in: Callable[..., Client]) -> None:
    browser = signed_in(mechanism.ngo.actor(Role.CASE_MANAGER))
    browser.post(reverse("set_language"), {"language": "sr", "next": "/"})
    browser.get("/account/")
    assert "fener_language" in browser.cookies
    for name, cookie in browser.cookies.items():
        assert cookie["httponly"], name
        assert cookie["samesite"] == "Strict", name
        assert cookie["path"] == "/", name
        assert not cookie["domain"], name


def test_what_a_page_says_after_an_act_lies_in_no_cookie(client: Client) -> None:
    request = RequestFactory().get("/")
    request.session = client.session
    assert isinstance(messages.storage.default_storage(request), SessionStorage)


@pytest.mark.parametrize("address", ["/help/", "/account/login/", "/static/web/fener.css", "/nowhere/"])
def test_nothing_answers_to_trace(address: str, client: Client) -> None:
    answer = client.trace(address)
    assert answer.status_code == 405
    assert b"Cookie" not in answer.content


@pytest.mark.parametrize(
    "address", ["/static/", "/static/web/", "/media/", "/.git/config", "/static/../settings/base.py", "/admin/"]
)
def test_no_folder_is_listed_and_nothing_of_the_program_is_handed_out(address: str, client: Client) -> None:
    assert client.get(address).status_code == 404


def test_every_answer_says_what_it_is_and_in_which_signs(
    mechanism: Mechanism, signed_in: Callable[..., Client]
) -> None:
    own = things(mechanism, mechanism.ngo)
    browser = signed_in(own.body.actor(Role.CASE_MANAGER))
    found = []
    for route in routes():
        address = reverse(route.name, kwargs=own.arguments(route)) if route.name else f"/{route.pattern}"
        answer = browser.get(address, headers={"origin": "https://elsewhere.example"})
        kind = answer.get("Content-Type", "")
        if answer.content and kind.startswith("text/") and "charset=utf-8" not in kind.lower():
            found.append(f"{address}: {kind}")
        if answer.content and not kind:
            found.append(f"{address}: nothing said")
        found += [f"{address}: {name}" for name in answer.headers if name.startswith("Access-Control-")]
    assert found == []


def test_passwords_are_masked_and_known_to_password_managers() -> None:
    forms = (account_forms.UnlockForm(), account_forms.ChangePasswordForm(), account_forms.RecoverForm())
    fields = [str(form[name]) for form in forms for name in form.fields if "password" in name]
    assert len(fields) == 6
    for field in fields:
        assert 'type="password"' in field
        assert re.search(r'autocomplete="(current|new)-password"', field)
        assert 'maxlength="1000"' in field


# Ways in which a script runs or shows words of others, writes past the page, or speaks to strangers.
NOT_IN_SCRIPTS = re.compile(
    r"\beval\b|new Function|innerHTML|outerHTML|insertAdjacentHTML|document\.write|postMessage|WebSocket|localStorage"
    r"|indexedDB|document\.cookie|__proto__|onpaste|[\"']paste[\"']|https?://(?!www\.w3\.org)"
)


def test_own_scripts_show_words_as_text_and_speak_to_this_node_alone() -> None:
    scripts = [file for file in sorted(SOURCE.glob("*/static/**/*.js")) if "vendor" not in file.parts]
    assert len(scripts) >= 4
    found = [
        f"{file.name}:{number}: {hit.group()}"
        for file in scripts
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if (hit := NOT_IN_SCRIPTS.search(line))
    ]
    assert found == []


def test_no_code_is_made_of_words_at_run_time() -> None:
    made = re.compile(
        r"(?<![\w.])(eval|exec)\(|shell=True|os\.system\(|import (pickle|marshal|shelve)\b"
        r"|yaml\.load\((?!.*Loader=_PlainLoader)"
    )
    found = [
        f"{file.relative_to(SOURCE)}:{number}"
        for file in sorted(SOURCE.rglob("*.py"))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if made.search(line)
    ]
    assert found == []


@pytest.mark.parametrize("brought", ["192.0.2.9", "192.0.2.1, 192.0.2.9", "10.0.0.1, 127.0.0.1, 192.0.2.9"])
def test_behind_a_proxy_the_last_address_counts_and_no_other(brought: str, settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    asked = RequestFactory().get("/", HTTP_X_FORWARDED_FOR=brought, REMOTE_ADDR="127.0.0.1")
    assert attempts.source_of(asked) == "192.0.2.9"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0  # no proxy: what somebody says of themselves is not believed
    assert attempts.source_of(asked) == "127.0.0.1"


def test_a_program_that_forgot_tls_is_not_led_on(client: Client) -> None:
    nginx = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    plain = nginx.partition("listen 443")[0]
    assert "location /api/ { return 403; }" in plain
    caddy = (ROOT / "deploy" / "Caddyfile").read_text(encoding="utf-8").partition("http://fener.example.org")[2]
    assert re.search(r"handle /api/\* \{\s+respond 403", caddy)
    assert client.get("/api/v1/me", secure=False).status_code != 301  # the node itself leads nobody on


def test_the_example_of_a_proxy_offers_modern_tls_alone() -> None:
    nginx = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    assert re.findall(r"ssl_protocols (.+);", nginx) == ["TLSv1.2 TLSv1.3"]
    [offered] = re.findall(r"ssl_ciphers (.+);", nginx)
    known = re.compile(r"ECDHE-(ECDSA|RSA)-(AES256-GCM-SHA384|AES128-GCM-SHA256|CHACHA20-POLY1305)")
    assert [one for one in offered.split(":") if not known.fullmatch(one)] == []
    assert "AES256" in offered.split(":")[0]


@pytest.mark.parametrize("unit", sorted((ROOT / "deploy").glob("*.service")), ids=lambda unit: unit.name)
def test_the_unit_lets_the_node_reach_its_own_machine_alone(unit: Path) -> None:
    lines = unit.read_text(encoding="utf-8").splitlines()
    assert "IPAddressDeny=any" in lines
    assert [line for line in lines if line.startswith("IPAddressAllow=")] == ["IPAddressAllow=localhost"]

"""The API keeps to its own description, whoever asks and whatever is sent: no server error, no undescribed answer.

Requests are made from the description by schemathesis, as each role, about real and invented things. A short run goes
with the suite; ``FENER_PROOF=long`` (``make prove``) makes more than 10,000.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import checks
from schemathesis.specs.openapi import checks as openapi

from fener.trust.roles import Role
from fener.web.api import api
from fener.web.wsgi import application
from tests.access.conftest import Worlds
from tests.access.test_routes import somebody
from tests.access.world import Things
from tests.proofs.figures import LONG, counted

pytestmark = [pytest.mark.django_db, pytest.mark.proof]
EXAMPLES = 26 if LONG else 1
CHECKS = [
    checks.not_a_server_error,
    openapi.status_code_conformance,
    openapi.content_type_conformance,
    openapi.response_headers_conformance,
    openapi.response_schema_conformance,
]
SignedIn = Callable[..., Client]


@contextmanager
def one_connection() -> Iterator[None]:
    """As Django's own test client does: a request does not close the connection in whose transaction the test is."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def description() -> Any:
    described = api.get_openapi_schema(path_prefix="/api/v1/")
    schema = schemathesis.openapi.from_dict(dict(described))
    schema.app = application
    return schema


def signed(client: Client) -> dict[str, Any]:
    """What a browser in which this person has signed in sends along."""
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    token = cookies.setdefault("fener_csrf", "a" * 32)
    return {"cookies": cookies, "headers": {"X-CSRFToken": token}}


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_every_operation_keeps_to_its_description(role: str, worlds: Worlds, signed_in: SignedIn) -> None:
    own, foreign = worlds.own, worlds.foreign
    sent = signed(signed_in(somebody(worlds.mechanism, own, Role(role))))
    answers: Counter[int] = Counter()
    operations = 0
    for result in description().get_all_operations():
        operation = result.ok()

        @seed(len(operation.path))
        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            phases=[Phase.generate],
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(), about=st.sampled_from([own, own, foreign, None]))
        def ask(case: Any, about: Things | None) -> None:
            if about is not None:
                real(case, about)
            # The description names the session's cookie: an invented one would sign out.
            case.cookies, case.headers = dict(sent["cookies"]), {**(case.headers or {}), **sent["headers"]}
            with transaction.atomic():
                response = case.call()
                transaction.set_rollback(True)
            answers[response.status_code] += 1
            case.validate_response(response, checks=CHECKS)

        with one_connection():
            ask()
        operations += 1
    assert set(answers) & {200, 201, 404, 409, 422}, "the requests reach the operations"
    assert 401 not in answers, "whoever asks is signed in"
    counted("API contract", operations=operations, requests=answers.total(), **{str(n): answers[n] for n in answers})


def real(case: Any, about: Things) -> None:
    """Put a code or an id that exists in the place of an invented one."""
    path = case.path_parameters or {}
    if "code" in path:
        path["code"] = about.case.code
    if "pk" in path:
        kind = "consent" if "consents" in case.path else "referral"
        path["pk"] = str(about.pks[kind].pk if hasattr(about.pks[kind], "pk") else about.pks[kind])

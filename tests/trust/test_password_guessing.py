"""Whoever has a session and not the password cannot guess it where a password is changed."""

from __future__ import annotations

import pytest
from django.test import Client

from fener.trust.models import User
from fener.trust.roles import Role
from fener.trust.signing_in import attempts
from tests.factories.network import PASSWORD, Mechanism

pytestmark = pytest.mark.django_db
NEW = "seven-herons-by-the-lake"


def tries(client: Client, old: str, new: str = NEW) -> int:
    form = {"old_password": old, "new_password": new, "new_password_again": new}
    return client.post("/account/password/", form).status_code


def test_wrong_old_passwords_are_counted_and_make_wait(mechanism: Mechanism) -> None:
    worker, client = mechanism.ngo.actor(Role.CASE_MANAGER), Client()
    client.post("/account/login/", {"login": worker.username, "password": PASSWORD})
    for guess in range(attempts.FREE):
        assert tries(client, f"a guess of mine, number {guess}") == 422
    assert tries(client, PASSWORD) == 422  # not looked at
    assert User.objects.get(pk=worker.user_id).check_password(PASSWORD)


def test_a_new_password_that_is_not_good_enough_is_no_guess(mechanism: Mechanism) -> None:
    worker, client = mechanism.ngo.actor(Role.CASE_MANAGER), Client()
    client.post("/account/login/", {"login": worker.username, "password": PASSWORD})
    for _each in range(attempts.FREE + 1):
        assert tries(client, PASSWORD, "short") == 422
    assert tries(client, PASSWORD) == 302

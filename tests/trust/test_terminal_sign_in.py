"""At a command one signs in as on a page: attempts are counted, and the second step is asked for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

from fener.trust.models import AuditEntry
from fener.trust.signing_in import attempts, terminal
from tests.trust.people import PASSWORD, Person
from tests.trust.test_session import activate_totp, code_of

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def enter(person: Person, *codes: str, password: str = PASSWORD) -> int:
    given = iter(codes)
    return terminal.sign_in(name=person.user.username, password=password, ask_code=lambda: next(given))[2]


def test_the_password_alone_is_enough_where_the_node_asks_for_no_second_step_and_is_kept(mira: Person) -> None:
    assert enter(mira) == 0
    entry = AuditEntry.objects.get(act="account.sign_in")
    assert (entry.actor_id, entry.detail) == (mira.user.pk, {"failed_before": 0, "at": "terminal"})


def test_a_code_of_the_app_or_a_recovery_code_is_asked_for_and_works_once(mira: Person) -> None:
    with time_machine.travel(NOON, tick=False):
        secret = activate_totp(mira.user)
        spare = RecoveryCodes.activate(mira.user).get_unused_codes()[0]
        code = code_of(secret)
        enter(mira, code)
        enter(mira, spare)
        for used in (code, spare, "000000", ""):
            with pytest.raises(terminal.NotSignedIn, match="the code is not right"):
                enter(mira, used)


def test_codes_cannot_be_tried_out_with_the_right_password(mira: Person) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        secret = activate_totp(mira.user)
        for _each in range(attempts.FREE):
            with pytest.raises(terminal.NotSignedIn, match="the code is not right"):
                enter(mira, "000000")
        with pytest.raises(terminal.NotSignedIn, match="5 seconds"):
            enter(mira, code_of(secret))
        clock.shift(timedelta(seconds=6))
        assert enter(mira, code_of(secret)) == attempts.FREE  # and the holder learns of them


def test_passwords_cannot_be_tried_out(mira: Person) -> None:
    with time_machine.travel(NOON, tick=False):
        for _each in range(attempts.FREE):
            with pytest.raises(terminal.NotSignedIn, match="user name or password is wrong"):
                enter(mira, password="another-lantern-here")
        with pytest.raises(terminal.NotSignedIn, match="5 seconds"):
            enter(mira)


def test_passkeys_alone_are_refused_with_what_to_do(mira: Person) -> None:
    Authenticator.objects.create(user=mira.user, type=Authenticator.Type.WEBAUTHN, data={})
    with pytest.raises(terminal.NotSignedIn, match="passkeys alone"):
        enter(mira)


def test_where_the_node_asks_for_a_second_step_nobody_comes_in_without(
    mira: Person, settings: pytest.FixtureRequest
) -> None:
    settings.FENER_REQUIRE_MFA = True  # type: ignore[attr-defined]
    with pytest.raises(terminal.NotSignedIn, match="no second step yet"):
        enter(mira)


def test_the_password_is_looked_at_before_anybody_is_asked_for_a_code(mira: Person) -> None:
    activate_totp(mira.user)
    with pytest.raises(terminal.NotSignedIn, match="user name or password is wrong"):
        enter(mira, password="another-lantern-here")  # no code is taken: the iterator is empty

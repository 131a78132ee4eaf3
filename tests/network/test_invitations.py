"""An invitation works once, for a few days, for whoever has its code, and tells a stranger nothing."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fener.network import selectors, services
from fener.network.models import Invitation, Membership, Organisation
from fener.network.services import invitations
from fener.trust import accounts
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput, NotGranted, Refused
from fener.trust.models import AuditEntry, KeeperMember, User
from fener.trust.roles import Role
from fener.trust.signing_in import attempts
from tests.factories.network import Body, Mechanism

Browser = Callable[..., Client]
OWN = "a-sentence-of-my-own-9"
CHOSEN = {"new_password": OWN, "new_password_again": OWN}
_sources = itertools.count(1)


@pytest.fixture
def looks_after(ngo: Body) -> Actor:
    return ngo.actor(Role.ORGANISATION_ADMIN)


@pytest.fixture
def clock(today: date) -> Iterator[Any]:
    with time_machine.travel(f"{today} 09:00:00+00:00", tick=False) as moment:
        yield moment


def invited(by: Actor, body: Body, *roles: Role) -> services.Invited:
    return services.invite(
        actor=by,
        organisation=body.organisation,
        full_name="Nada Bor",
        roles=roles or [Role.CASE_MANAGER],
        since=timezone.localdate(),
    )


def types(code: str, client: Client | None = None) -> Any:
    """Somebody types a code, from a place where nobody tried yet."""
    return (client or Client()).post("/invitation/", {"code": code}, REMOTE_ADDR=f"192.0.2.{next(_sources)}")


def told(answer: Any) -> str:
    return " ".join(answer.content.decode().partition("csrfmiddlewaretoken")[0].split())


def test_the_code_is_typed_in_any_form_and_stored_nowhere(looks_after: Actor, ngo: Body) -> None:
    made = invited(looks_after, ngo)
    assert len(made.code.replace("-", "")) == 16
    for form in (made.code, made.code.lower(), made.code.replace("-", " "), made.code.replace("-", "")):
        assert types(form).headers["Location"] == "/invitation/account/"
    stored = str(list(Invitation.objects.values())) + repr(made)
    assert made.code not in stored
    assert made.code.replace("-", "") not in stored


def test_who_takes_it_up_has_an_account_a_place_and_no_key(looks_after: Actor, ngo: Body) -> None:
    made = invited(looks_after, ngo, Role.CASE_MANAGER)
    client = Client()
    types(made.code, client)
    answer = client.post("/invitation/account/", {"username": "nada", **CHOSEN})
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    user = User.objects.get(username="nada")
    code = answer.context["taken"].recovery_code
    assert code in answer.content.decode()
    assert client.get("/").status_code == 200  # signed in
    assert client.get("/invitation/account/").status_code == 302  # and not shown again
    assert Membership.objects.get(user=user).roles == ["case_manager"]
    assert not KeeperMember.objects.filter(user=user).exists()
    (waiting,) = [one for one in selectors.colleagues(looks_after, ngo.organisation) if one.waits_for_key]
    assert waiting.user == user
    assert accounts.reset_with_recovery_code(username="nada", code=code, new_password=OWN + "x").user == user


def test_whoever_made_it_never_learns_the_password_or_the_recovery_code(looks_after: Actor, ngo: Body) -> None:
    made = invited(looks_after, ngo)
    taken = services.take_up(invitation_id=made.invitation.pk, username="nada", password=OWN)
    for secret in (OWN, taken.recovery_code):
        assert secret not in str(vars(made)) + str(list(Invitation.objects.values()))
        assert secret not in str(list(AuditEntry.objects.values()))


def _used(made: services.Invited, by: Actor) -> None:
    services.take_up(invitation_id=made.invitation.pk, username="nada", password=OWN)


def _revoked(made: services.Invited, by: Actor) -> None:
    services.revoke(actor=by, invitation=made.invitation)


def _ran_out(made: services.Invited, by: Actor) -> None:
    Invitation.objects.update(expires_at=timezone.now())


@pytest.mark.parametrize("end", [_used, _revoked, _ran_out])
def test_a_code_that_is_over_gets_the_same_answer_as_one_that_never_was(
    end: Callable[..., None], looks_after: Actor, ngo: Body
) -> None:
    made = invited(looks_after, ngo)
    assert types(made.code).status_code == 302
    end(made, looks_after)
    over, never = types(made.code), types("0000-0000-0000-0000")
    assert (over.status_code, told(over)) == (never.status_code, told(never))
    assert over.status_code == 422
    with pytest.raises(InvalidInput):
        services.take_up(invitation_id=made.invitation.pk, username="other", password=OWN)
    assert not User.objects.filter(username="other").exists()


def test_it_lives_seven_days(looks_after: Actor, ngo: Body, clock: Any) -> None:
    made = invited(looks_after, ngo)
    clock.shift(timedelta(days=7, seconds=-1))
    assert types(made.code).status_code == 302
    clock.shift(timedelta(seconds=1))
    assert types(made.code).status_code == 422


def test_an_invitation_that_is_taken_back_stops_whoever_is_on_the_next_page(looks_after: Actor, ngo: Body) -> None:
    made = invited(looks_after, ngo)
    client = Client()
    types(made.code, client)
    services.revoke(actor=looks_after, invitation=made.invitation)
    assert client.post("/invitation/account/", {"username": "nada", **CHOSEN}).status_code == 302
    assert not User.objects.filter(username="nada").exists()


def test_the_next_page_closes_after_half_an_hour(looks_after: Actor, ngo: Body, clock: Any) -> None:
    client = Client()
    types(invited(looks_after, ngo).code, client)
    clock.shift(timedelta(minutes=31))
    assert client.get("/invitation/account/").headers["Location"] == "/invitation/"


def test_codes_cannot_be_tried_out(looks_after: Actor, ngo: Body) -> None:
    made = invited(looks_after, ngo)
    client = Client()
    for _attempt in range(attempts.FREE_FROM_A_SOURCE):
        assert client.post("/invitation/", {"code": "wrong"}).status_code == 422
    right = client.post("/invitation/", {"code": made.code})
    assert right.status_code == 422
    assert "looked at in" in right.content.decode()


def test_a_mistake_is_said_beside_its_field_and_uses_nothing_up(looks_after: Actor, ngo: Body) -> None:
    made = invited(looks_after, ngo)
    client = Client()
    types(made.code, client)
    for wrong in ({"username": "Мира!"}, {"username": looks_after.username}, {"new_password": "short"}):
        answer = client.post("/invitation/account/", {"username": "nada", **CHOSEN, **wrong})
        assert answer.status_code == 422, wrong
        assert answer.context["form"].errors, wrong
    assert client.post("/invitation/account/", {"username": "nada", **CHOSEN}).status_code == 200


def test_nobody_invites_into_somebody_elses_body_or_takes_its_invitations_back(
    looks_after: Actor, ngo: Body, mechanism: Mechanism
) -> None:
    runs = mechanism.co_ordination.actor(Role.SYSTEM_ADMIN)
    other = mechanism.shelter.actor(Role.ORGANISATION_ADMIN)
    made = invited(looks_after, ngo)
    for actor in (runs, other):
        with pytest.raises(Refused):
            invited(actor, ngo)
        with pytest.raises(Refused):
            services.revoke(actor=actor, invitation=made.invitation)
        with pytest.raises(Refused):
            selectors.invitation(actor, made.invitation.pk)
        assert not selectors.open_invitations(actor, ngo.organisation)


def test_the_list_names_who_is_expected_and_takes_back(
    looks_after: Actor, ngo: Body, signed_in: Browser, today: date
) -> None:
    made = invited(looks_after, ngo)
    client = signed_in(looks_after)
    page = client.get(reverse("network:own")).content.decode()
    address = reverse("network:revoke_invitation", args=[made.invitation.pk])
    assert "Nada Bor" in page
    assert address in page
    token = client.get(address).context["token"]
    assert client.post(address, {"once": str(token)}).status_code == 302
    assert "Nada Bor" not in client.get(reverse("network:own")).content.decode()
    assert types(made.code).status_code == 422


def test_a_new_body_and_its_keys_come_with_its_first_person(mechanism: Mechanism, today: date) -> None:
    runs = mechanism.co_ordination.actor(Role.SYSTEM_ADMIN)
    body = {"name": "Svetionik", "short_name": "Svetionik", "sector": "ngo", "country": "RS"}
    made = services.invite_body(actor=runs, body=body, full_name="Mira Jela", roles=[Role.CASE_MANAGER], since=today)
    assert not Organisation.objects.filter(name="Svetionik").exists()
    taken = services.take_up(invitation_id=made.invitation.pk, username="mira", password=OWN)
    organisation = taken.membership.organisation
    assert accounts.open_keyring(taken.membership.user, OWN).keeper_private(organisation.pk)
    with pytest.raises(NotGranted):
        accounts.add_member_key(actor=runs, keeper_id=organisation.pk, user=User.objects.get(pk=runs.user_id))


def test_each_step_is_in_the_audit(looks_after: Actor, ngo: Body) -> None:
    made = invited(looks_after, ngo)
    services.take_up(invitation_id=made.invitation.pk, username="nada", password=OWN)
    services.revoke(actor=looks_after, invitation=invited(looks_after, ngo).invitation)
    acts = AuditEntry.objects.filter(subject_type="invitation", chain__chain_id=ngo.organisation.pk).order_by("seq")
    kept = ["invitation.make", "invitation.take_up", "invitation.make", "invitation.revoke"]
    assert list(acts.values_list("act", flat=True)) == kept


def test_somebody_who_is_signed_in_is_told_to_sign_out_first(looks_after: Actor, signed_in: Browser) -> None:
    page = signed_in(looks_after).get("/invitation/").content.decode()
    assert "Sign out first" in page


def test_the_name_of_somebody_who_never_came_is_forgotten_a_month_later(looks_after: Actor, ngo: Body) -> None:
    row = invited(looks_after, ngo).invitation
    kept_until = row.expires_at + invitations.NAMES_KEPT
    assert invitations.forget_names(kept_until) == 0
    assert invitations.forget_names(kept_until + timedelta(seconds=1)) == 1
    row.refresh_from_db()
    assert row.full_name == ""

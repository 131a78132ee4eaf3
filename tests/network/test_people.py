"""Who adds whom, who gives which role, and how the organisation's key gets from hand to hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from fener.network import selectors, services
from fener.network.models import Invitation, Membership
from fener.trust import accounts
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput, Locked, NotGranted, Refused
from fener.trust.models import AuditEntry, KeeperMember, User
from fener.trust.roles import FOR_THE_NODE, Role
from tests.factories.network import Body, Mechanism, locked

OWN = "a-sentence-of-my-own-9"


@pytest.fixture
def runs(mechanism: Mechanism) -> Actor:
    """Whoever runs the node."""
    return mechanism.co_ordination.actor(Role.SYSTEM_ADMIN)


@pytest.fixture
def looks_after(ngo: Body) -> Actor:
    """The NGO's own administrator, who holds its key."""
    return ngo.actor(Role.ORGANISATION_ADMIN)


def new_body(runs: Actor, today: date, **more: Any) -> services.Invited:
    body = {"name": "Svetionik", "short_name": "Svetionik", "sector": "ngo", "country": "RS", "languages": ["sr"]}
    told = {"full_name": "Mira Jela", "roles": [Role.CASE_MANAGER], "since": today}
    return services.invite_body(actor=runs, body={**body, "trained_assessor": False}, **{**told, **more})


def taken(invited: services.Invited, username: str) -> services.TakenUp:
    return services.take_up(invitation_id=invited.invitation.pk, username=username, password=OWN)


def added(by: Actor, body: Body, today: date, *roles: Role, username: str = "nada") -> services.TakenUp:
    invited = services.invite(actor=by, organisation=body.organisation, full_name="Nada Bor", roles=roles, since=today)
    return taken(invited, username)


def test_a_new_body_has_keys_that_its_first_person_holds_and_whoever_set_it_up_does_not(
    runs: Actor, today: date
) -> None:
    told = taken(new_body(runs, today), "mira")
    body = told.membership.organisation
    assert told.membership.roles == [Role.CASE_MANAGER, Role.ORGANISATION_ADMIN]
    assert list(KeeperMember.objects.filter(keeper=body.keeper).values_list("user__username", flat=True)) == ["mira"]
    assert accounts.open_keyring(told.membership.user, OWN).keeper_private(body.pk)
    with pytest.raises(NotGranted):
        accounts.add_member_key(actor=runs, keeper_id=body.pk, user=User.objects.get(pk=runs.user_id))


def test_a_body_that_cannot_be_stored_is_not_invited(runs: Actor, today: date) -> None:
    with pytest.raises(InvalidInput):
        services.invite_body(
            actor=runs,
            body={"name": "", "short_name": "", "sector": "ngo", "country": "RS"},
            full_name="Mira",
            roles=[Role.CASE_MANAGER],
            since=today,
        )
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM_ADMIN])
def test_only_whoever_runs_the_node_adds_a_body(ngo: Body, today: date, role: Role) -> None:
    with pytest.raises(Refused):
        new_body(ngo.actor(role), today)
    assert not Invitation.objects.exists()


def test_whoever_runs_the_node_puts_nobody_beside_the_cases_of_a_body(runs: Actor, ngo: Body, today: date) -> None:
    for role in set(Role) - FOR_THE_NODE:
        with pytest.raises(Refused):
            added(runs, ngo, today, role, username=f"u-{role}".replace("_", "-"))
    assert not User.objects.filter(username__startswith="u-").exists()


def test_a_body_adds_its_own_people_and_not_those_of_another(
    looks_after: Actor, ngo: Body, mechanism: Mechanism, today: date
) -> None:
    assert added(looks_after, ngo, today, Role.CASE_MANAGER).membership.organisation == ngo.organisation
    with pytest.raises(Refused):
        added(looks_after, mechanism.shelter, today, Role.SHELTER_WORKER, username="other")


def test_a_body_gives_no_role_for_the_mechanism_as_a_whole(looks_after: Actor, ngo: Body, today: date) -> None:
    place = added(looks_after, ngo, today, Role.CASE_MANAGER).membership
    for role in FOR_THE_NODE:
        with pytest.raises(Refused):
            added(looks_after, ngo, today, role, username="node")
        with pytest.raises(Refused):
            services.change_roles(actor=looks_after, membership=place, roles=[role])


def test_nobody_works_on_files_and_runs_or_watches_the_mechanism_with_one_account(
    runs: Actor, looks_after: Actor, ngo: Body, today: date
) -> None:
    place = added(looks_after, ngo, today, Role.CASE_MANAGER).membership
    with pytest.raises(InvalidInput) as refused:
        services.change_roles(actor=runs, membership=place, roles=[Role.CASE_MANAGER, Role.AUDITOR])
    assert "two accounts" in str(refused.value.errors["roles"])


def test_whoever_runs_the_node_changes_no_role_of_a_body(runs: Actor, ngo: Body, looks_after: Actor) -> None:
    place = Membership.objects.get(user_id=looks_after.user_id)
    with pytest.raises(Refused):
        services.change_roles(actor=runs, membership=place, roles=[Role.ORGANISATION_ADMIN, Role.CASE_MANAGER])


def test_an_account_without_the_key_waits_until_a_colleague_hands_it_on(
    looks_after: Actor, ngo: Body, today: date
) -> None:
    told = added(looks_after, ngo, today, Role.CASE_MANAGER)
    user = told.membership.user
    one = next(c for c in selectors.colleagues(looks_after, ngo.organisation) if c.user == user)
    assert (one.holds_key, one.waits_for_key) == (False, True)
    services.hand_on_key(actor=looks_after, membership=one.membership)
    assert accounts.open_keyring(user, OWN).keeper_private(ngo.organisation.pk)


def test_the_key_is_handed_on_by_somebody_who_holds_it_in_an_unlocked_session(
    looks_after: Actor, ngo: Body, today: date
) -> None:
    told = added(looks_after, ngo, today, Role.CASE_MANAGER)
    user = told.membership.user
    place = Membership.objects.get(user=user)
    with pytest.raises(Locked):
        services.hand_on_key(actor=locked(looks_after), membership=place)
    KeeperMember.objects.filter(user_id=looks_after.user_id).delete()
    with pytest.raises(NotGranted):
        services.hand_on_key(actor=looks_after, membership=place)


def test_whoever_runs_the_node_hands_no_key_on_and_takes_none(runs: Actor, ngo: Body, looks_after: Actor) -> None:
    place = Membership.objects.get(user_id=looks_after.user_id)
    with pytest.raises(Refused):
        services.hand_on_key(actor=runs, membership=place)
    with pytest.raises(Refused):
        services.take_key(actor=runs, membership=place)


def test_somebody_who_left_acts_for_nobody_and_their_key_can_be_taken(
    looks_after: Actor, ngo: Body, today: date
) -> None:
    leaver = ngo.actor(Role.CASE_MANAGER)
    user = User.objects.get(pk=leaver.user_id)
    place = Membership.objects.get(user=user)
    services.end_membership(actor=looks_after, membership=place, until=today)
    assert selectors.actor_for(user=user, keyring=None, on=today).keeper_id == ngo.organisation.pk
    assert selectors.actor_for(user=user, keyring=None, on=today + timedelta(days=1)).keeper_id is None
    services.take_key(actor=looks_after, membership=place)
    assert not KeeperMember.objects.filter(user=user).exists()


def test_the_last_administrator_of_a_body_stays(looks_after: Actor, ngo: Body, today: date) -> None:
    place = Membership.objects.get(user_id=looks_after.user_id)
    Membership.objects.filter(pk=place.pk).update(roles=[Role.ORGANISATION_ADMIN, Role.CASE_MANAGER])
    for act in (
        lambda: services.end_membership(actor=looks_after, membership=place, until=today),
        lambda: services.change_roles(actor=looks_after, membership=place, roles=[Role.CASE_MANAGER]),
    ):
        with pytest.raises(InvalidInput) as refused:
            act()
        assert "Nobody else" in str(refused.value)
    successor = ngo.actor(Role.ORGANISATION_ADMIN)
    services.change_roles(actor=successor, membership=place, roles=[Role.CASE_MANAGER])


def test_nobody_closes_their_own_account_or_the_last_way_to_the_key(
    looks_after: Actor, mechanism: Mechanism, today: date
) -> None:
    other = mechanism.other_ngo.actor(Role.ORGANISATION_ADMIN)
    own = Membership.objects.get(user_id=looks_after.user_id)
    mechanism.ngo.actor(Role.ORGANISATION_ADMIN)
    with pytest.raises(InvalidInput):
        services.set_account_active(actor=looks_after, membership=own, active=False)
    place = Membership.objects.create(
        user=mechanism.other_ngo.founder, organisation=mechanism.other_ngo.organisation, roles=["lawyer"], since=today
    )
    KeeperMember.objects.filter(user_id=other.user_id).delete()
    with pytest.raises(InvalidInput) as refused:
        services.set_account_active(actor=other, membership=place, active=False)
    assert "last person" in str(refused.value)


def test_each_act_on_people_stands_on_the_bodys_chain(looks_after: Actor, ngo: Body, today: date) -> None:
    told = added(looks_after, ngo, today, Role.CASE_MANAGER)
    place = Membership.objects.get(pk=told.membership.pk)
    services.hand_on_key(actor=looks_after, membership=place)
    services.change_roles(actor=looks_after, membership=place, roles=[Role.LAWYER])
    services.end_membership(actor=looks_after, membership=place, until=today)
    services.take_key(actor=looks_after, membership=place)
    kept = AuditEntry.objects.filter(chain__chain_id=ngo.organisation.pk, subject_id=place.user_id)
    assert list(kept.order_by("seq").values_list("act", flat=True)) == [
        "network.member.add",
        "account.grant_key",
        "network.member.change",
        "network.member.end",
        "account.revoke_key",
    ]

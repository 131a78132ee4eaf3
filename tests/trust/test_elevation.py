"""Administrators without rights until a timed, reasoned, recorded session."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fener.casework.models import Case
from fener.network import services
from fener.network.models import Membership
from fener.trust import elevation, policy, search, vault
from fener.trust.actor import SYSTEM, Actor
from fener.trust.errors import InvalidInput, NeedsSession, Refused, SessionRuns
from fener.trust.models import AdministrationSession, AuditEntry, Custodian, SealedItem
from fener.trust.policy import Relationship
from fener.trust.roles import Role
from tests.conftest import begin_session
from tests.factories.casework import CaseFactory
from tests.factories.network import PASSWORD, Body, Mechanism

pytestmark = pytest.mark.django_db
WHY = "a colleague begins on Monday"


@pytest.fixture
def ngo(mechanism: Mechanism) -> Body:
    return mechanism.ngo


@pytest.fixture
def admin(ngo: Body) -> Actor:
    return ngo.actor(Role.ORGANISATION_ADMIN, elevated=False)


def begun(actor: Actor, **told: Any) -> Actor:
    session = elevation.begin(actor=actor, **{"reason": WHY, "proof": PASSWORD, **told})
    return Actor(**{**vars(actor), "elevation": session.pk})


def place_of(actor: Actor) -> Membership:
    return Membership.objects.get(user_id=actor.user_id)


def test_a_role_that_administers_changes_nothing_by_itself(ngo: Body, admin: Actor, case_manager: Actor) -> None:
    for change in (
        lambda who: services.set_account_active(actor=who, membership=place_of(case_manager), active=False),
        lambda who: services.change_roles(actor=who, membership=place_of(case_manager), roles=[Role.LAWYER]),
        lambda who: services.take_key(actor=who, membership=place_of(case_manager)),
        lambda who: services.create_desk(actor=who, organisation=ngo.organisation, name="Desk", receives=["service"]),
    ):
        with pytest.raises(NeedsSession):
            change(admin)
    services.change_roles(actor=begun(admin), membership=place_of(case_manager), roles=[Role.LAWYER])
    assert place_of(case_manager).roles == ["lawyer"]


def test_every_row_of_those_who_administer_that_changes_something_waits_for_a_session() -> None:
    """By the table itself: what only administrators may do, and no session is needed for, is named here."""
    administers = {Role.SYSTEM_ADMIN, Role.ORGANISATION_ADMIN}
    free = {
        row.act
        for row in policy.rows()
        if row.roles and set(row.roles) <= administers and not row.elevated and not policy.is_reading(row.act)
    }
    assert free <= {"administration.begin"} | REVIEWED, free


# Acts that administrators alone may do without a session, looked at one by one.
REVIEWED = {
    "network.agreement.flag",
    "network.contact.verify",
    "erasure.stop",
    "supervision.record",
    "work_limit.set",
}  # brakes, a telephone number that is right, and days and limits of work that give nobody a right


def test_a_session_takes_nobody_beyond_their_role(admin: Actor, mechanism: Mechanism) -> None:
    with pytest.raises(Refused):
        services.give_mandate(
            actor=begun(admin),
            organisation=mechanism.ngo.organisation,
            function="identify",
            legal_basis="none",
            since=timezone.localdate(),
        )


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SYSTEM_ADMIN, Role.ORGANISATION_ADMIN}))
def test_only_whoever_administers_begins_one(ngo: Body, role: Role) -> None:
    with pytest.raises(Refused):
        elevation.begin(actor=ngo.actor(role), reason=WHY, proof=PASSWORD)


@pytest.mark.parametrize(
    ("told", "field"),
    [({"reason": "  x "}, "reason"), ({"minutes": 121}, "minutes"), ({"minutes": 0}, "minutes"),
     ({"proof": "not-my-password"}, "proof"), ({"proof": "123456"}, "proof"), ({"proof": ""}, "proof")],
)  # fmt: skip
def test_it_takes_a_reason_a_time_and_the_password(admin: Actor, told: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        begun(admin, **told)
    assert set(refused.value.errors) == {field}
    assert not AdministrationSession.objects.exists()


def test_the_code_of_the_second_step_proves_it_as_well(admin: Actor) -> None:
    secret = generate_totp_secret()
    Authenticator.objects.create(
        user_id=admin.user_id, type=Authenticator.Type.TOTP, data={"secret": get_adapter().encrypt(secret)}
    )
    code = format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // 30))
    assert begun(admin, proof=code).elevation


def test_it_ends_by_itself_and_belongs_to_one_person(admin: Actor, ngo: Body) -> None:
    session = AdministrationSession.objects.get(pk=begun(admin, minutes=15).elevation)
    now = timezone.now()

    def runs(at: Any, user_id: Any = admin.user_id) -> bool:
        return elevation.current(user_id=user_id, session_id=str(session.pk), at=at) is not None

    assert runs(now + timedelta(minutes=14, seconds=59))
    assert not runs(now + timedelta(minutes=15))
    assert not runs(now, ngo.founder.pk)
    assert elevation.current(user_id=admin.user_id, session_id="no id", at=now) is None


def test_the_default_is_half_an_hour(admin: Actor) -> None:
    session = AdministrationSession.objects.get(pk=begun(admin).elevation)
    assert session.ends_at - session.begun_at == timedelta(minutes=30)


def test_work_on_cases_is_refused_while_it_runs(ngo: Body) -> None:
    """Somebody with both roles, which is not recommended: one at a time."""
    both = ngo.actor(Role.ORGANISATION_ADMIN, Role.CASE_MANAGER)
    case = CaseFactory(actor=both)
    item = SealedItem.objects.filter(subject_id=case.pk).first()
    assert item
    running = begun(both)
    assert not Case.objects.for_actor(running).exists()
    with pytest.raises(SessionRuns):
        vault.open_item(actor=running, item=item, purpose="keep")
    with pytest.raises(SessionRuns):
        search.find(actor=running, text="Ana")
    with pytest.raises(SessionRuns):
        policy.require(running, "case.open", Relationship.SAME_ORGANISATION)
    with pytest.raises(SessionRuns):
        policy.require(running, "consent.give", Relationship.ASSIGNED)
    elevation.end(actor=running)
    assert Case.objects.for_actor(both).exists()
    assert vault.open_item(actor=both, item=item, purpose="keep")


def test_what_is_done_in_it_is_listed_under_it(admin: Actor, case_manager: Actor) -> None:
    running = begun(admin)
    services.change_roles(actor=running, membership=place_of(case_manager), roles=[Role.LAWYER])
    elevation.end(actor=running)
    services_without = AuditEntry.objects.filter(detail__session=str(running.elevation))
    assert set(services_without.values_list("act", flat=True)) == {
        "administration.begin", "network.member.change", "administration.end"
    }  # fmt: skip
    session, acts = elevation.acts_of(admin, running.elevation)  # type: ignore[arg-type]
    assert [entry.act for entry in acts] == ["administration.begin", "network.member.change", "administration.end"]
    assert session.reason == WHY


def test_auditors_see_every_session_custodians_their_own_bodys_everybody_their_own(
    mechanism: Mechanism, ngo: Body, admin: Actor, case_manager: Actor
) -> None:
    mine = begun(admin).elevation
    others = begun(mechanism.other_ngo.actor(Role.ORGANISATION_ADMIN, elevated=False)).elevation
    auditor = mechanism.co_ordination.actor(Role.AUDITOR)
    assert {one.pk for one in elevation.sessions(auditor)} == {mine, others}
    assert {one.pk for one in elevation.sessions(admin)} == {mine}
    with pytest.raises(Refused):
        elevation.sessions(case_manager)
    Custodian.objects.create(keeper_id=ngo.organisation.pk, user_id=case_manager.user_id, since=timezone.now())
    assert {one.pk for one in elevation.sessions(case_manager)} == {mine}
    with pytest.raises(Refused):
        elevation.acts_of(case_manager, others)  # type: ignore[arg-type]
    with pytest.raises(Refused):
        elevation.acts_of(case_manager, uuid.uuid4())


def test_the_program_itself_needs_none() -> None:
    assert policy.decide(SYSTEM, "network.organisation.create", Relationship.NODE)


# Through the pages ----------------------------------------------------------------------------------------------------


def test_the_pages_lead_to_a_session_and_back(ngo: Body, admin: Actor, signed_in: Any) -> None:
    client: Client = signed_in(admin)
    wanted = reverse("network:add_desk", args=[ngo.organisation.pk])
    assert wanted in client.get(reverse("network:own")).content.decode()  # offered all the same
    led = client.get(wanted)
    assert led.status_code == 302
    assert led.headers["Location"].startswith(reverse("network:administration_begin"))
    page = client.get(led.headers["Location"]).content.decode()
    assert f'name="next" value="{wanted}"' in page
    told = {"once": str(uuid.uuid4()), "reason": WHY, "minutes": "30", "proof": PASSWORD, "next": wanted}
    back = client.post(reverse("network:administration_begin"), told)
    assert back.headers["Location"] == wanted
    page = client.get(wanted).content.decode()
    assert "Administration session until" in page
    assert WHY in page
    client.post(reverse("network:administration_end"))
    assert client.get(wanted).status_code == 302
    assert "Administration session until" not in client.get("/").content.decode()


def test_it_holds_for_this_browser_alone_and_until_signing_out(admin: Actor, signed_in: Any) -> None:
    here, there = signed_in(admin), signed_in(admin)
    begin_session(here)
    assert "Administration session until" in here.get("/").content.decode()
    assert "Administration session until" not in there.get("/").content.decode()
    here.post("/account/logout/")
    assert AdministrationSession.objects.get().ended_at is not None


def test_when_the_time_is_over_the_next_page_says_so(admin: Actor, signed_in: Any) -> None:
    client: Client = signed_in(admin)
    begin_session(client)
    with time_machine.travel(timezone.now() + timedelta(minutes=29), tick=False):
        assert "Administration session until" in client.get("/").content.decode()
    with time_machine.travel(timezone.now() + timedelta(minutes=31), tick=False):
        client.post("/account/unlock/", {"password": PASSWORD, "next": "/"})
        page = client.get("/").content.decode()
        assert "Administration session until" not in page
        assert "Your administration session is over" in page


def test_a_form_that_comes_too_late_changes_nothing_and_is_given_back(ngo: Body, admin: Actor, signed_in: Any) -> None:
    client: Client = signed_in(admin)
    told = {"once": str(uuid.uuid4()), "name": "The desk of Tuesday", "receives": ["service"]}
    answer = client.post(reverse("network:add_desk", args=[ngo.organisation.pk]), told)
    assert answer.status_code == 403
    assert "Begin an administration session first" in answer.content.decode()
    assert "The desk of Tuesday" in answer.content.decode()


def test_guessing_the_password_is_counted(admin: Actor, signed_in: Any) -> None:
    client: Client = signed_in(admin)
    for _attempt in range(6):
        told = {"once": str(uuid.uuid4()), "reason": WHY, "minutes": "30", "proof": "guessed-wrong-again"}
        client.post(reverse("network:administration_begin"), told)
    told["proof"] = PASSWORD
    answer = client.post(reverse("network:administration_begin"), {**told, "once": str(uuid.uuid4())})
    assert answer.status_code == 422
    assert not AdministrationSession.objects.exists()


def test_a_way_back_to_somewhere_else_is_not_followed(admin: Actor, signed_in: Any) -> None:
    client: Client = signed_in(admin)
    for bad in ("https://example.org/", "//example.org/", "javascript:x"):
        page = client.get(reverse("network:administration_begin"), {"next": bad}).content.decode()
        form = page.split("<main")[1].split("</main")[0]
        assert "example.org" not in form
        assert "javascript:" not in form

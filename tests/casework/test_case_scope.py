"""The filter of the database and the predicate of the policy say the same, for every role and relationship."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from fener.casework import access
from fener.casework.models import Case, CaseAccess, Clock, InformationGiven, Need, Plan, Referral
from fener.casework.selectors import cases
from fener.casework.services import cases as case_services
from fener.casework.services import consents, overrides
from fener.casework.services.access import give_access
from fener.trust import fence
from fener.trust.actor import ANONYMOUS, SYSTEM, Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import NeedsConsent, Refused
from fener.trust.models import User
from fener.trust.roles import Role
from fener.trust.standing import NOBODY, standing_as
from tests.factories.casework import CaseFactory, consent_to, shared_with
from tests.factories.network import Mechanism


def agree(actor: Actor) -> set[Case]:
    """Both answers, after checking that they are the same, and that the shorter question agrees about own cases."""
    by_filter = set(Case.objects.for_actor(actor))
    everything = Case.objects.unscoped(reason="test")
    by_policy = {c for c in everything if access.allowed(actor, access.LIST, access.relationships(actor, c))}
    assert by_filter == by_policy
    if connection.vendor == "postgresql":
        assert_the_fence_agrees(actor)
    own = {case for case in by_filter if actor.keeper_id and case.organisation_id == actor.keeper_id}
    assert set(Case.objects.held_by_own(actor)) == own
    in_parts = [case for part in Case.objects.parts_of(actor) for case in part]
    assert len(in_parts) == len(by_filter)
    assert set(in_parts) == by_filter
    return by_filter


def assert_the_fence_agrees(actor: Actor) -> None:
    """What PostgreSQL itself returns to this actor, of the cases and of what hangs on them, without any filter."""
    reached = set(Case.objects.reachable_by(actor).values_list("pk", flat=True))
    answering = Referral.objects.reachable_by(actor).filter(
        to_organisation_id=actor.keeper_id, state__in=("offered", "accepted")
    )
    # Of a case that an offer is about, its own row and nothing else: see docs/decisions/0015.
    at_a_desk = set(answering.values_list("case_id", flat=True))
    referrals = set(Referral.objects.reachable_by(actor).values_list("pk", flat=True))
    hanging = {model: set(model.objects.filter(case__in=reached).values_list("pk", flat=True)) for model in HANGING}
    with standing_as(NOBODY if actor.is_system else fence.standing_of(actor)):
        assert set(Case._base_manager.values_list("pk", flat=True)) == reached | at_a_desk
        seen = Referral._base_manager.exclude(case__in=reached).values_list("pk", flat=True)
        assert set(seen) <= referrals <= set(Referral._base_manager.values_list("pk", flat=True))
        for model, expected in hanging.items():
            assert set(model.objects.values_list("pk", flat=True)) == expected, model
        foreign = {actor.keeper_id, None}
        assert set(CaseAccess.objects.exclude(case__in=reached).values_list("organisation", flat=True)) <= foreign


# Each has a row for every case of the tests below, or for some.
HANGING = (InformationGiven, Clock, Plan, Need)


@pytest.fixture
def some_cases(case_manager: Actor, mechanism: Mechanism) -> dict[str, Case]:
    """One of the NGO, one that the shelter accepted, a child's, one whose consent has lapsed, a stranger's."""
    made = {
        "own": CaseFactory(actor=case_manager, empty=True),
        "shared": CaseFactory(actor=case_manager),
        "child": CaseFactory(actor=case_manager, child=True, empty=True),
        "lapsed": CaseFactory(actor=case_manager),
        "strange": CaseFactory(actor=mechanism.other_ngo.actor(Role.CASE_MANAGER), empty=True),
    }
    shared_with(case_manager, made["shared"], mechanism.shelter)
    _referral, lapsed = shared_with(case_manager, made["lapsed"], mechanism.shelter)
    type(lapsed).objects.filter(pk=lapsed.pk).update(given_on=timezone.localdate() - timedelta(days=9))
    type(lapsed).objects.filter(pk=lapsed.pk).update(until=timezone.localdate() - timedelta(days=1))
    return made


@pytest.mark.parametrize("role", Role)
def test_filter_and_predicate_agree_for_every_role(
    some_cases: dict[str, Case], case_manager: Actor, mechanism: Mechanism, role: Role
) -> None:
    worker = mechanism.ngo.actor(role)
    agree(worker)
    if role in {Role.CASE_MANAGER, Role.SHELTER_WORKER, Role.HEALTH_WORKER, Role.LAWYER, Role.GUARDIAN}:
        for name in ("own", "child"):
            user = User.objects.get(pk=worker.user_id)
            case_services.assign(actor=case_manager, case=some_cases[name], user=user)
        assert {some_cases["own"], some_cases["child"]} <= agree(worker)
    for body in (mechanism.shelter, mechanism.co_ordination, mechanism.police):
        agree(body.actor(role))


def test_a_recipient_sees_what_was_shared_and_lives(some_cases: dict[str, Case], mechanism: Mechanism) -> None:
    assert agree(mechanism.shelter.actor(Role.CASE_MANAGER)) == {some_cases["shared"]}


def test_nobody_and_a_job_see_nothing(some_cases: dict[str, Case]) -> None:
    assert agree(ANONYMOUS) == agree(SYSTEM) == set()


def test_rights_only_add(some_cases: dict[str, Case], mechanism: Mechanism) -> None:
    worker = mechanism.ngo.actor(Role.CASE_MANAGER)
    both = replace(worker, roles=worker.roles | {Role.MECHANISM_COORDINATOR})
    assert agree(worker) < agree(both) == set(some_cases.values())


def test_a_consent_that_runs_out_hides_the_case_by_itself(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager)
    shared_with(case_manager, case, mechanism.shelter, days=5)
    worker = mechanism.shelter.actor(Role.CASE_MANAGER)
    assert agree(worker) == {case}
    with time_machine.travel(timezone.now() + timedelta(days=6), tick=False):
        assert agree(worker) == set()
        with pytest.raises(Refused):
            cases.get(worker, case.code)


def test_an_override_opens_a_case_only_when_two_persons_stand_behind_it(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    case = CaseFactory(actor=case_manager)
    asked = overrides.request_override(
        actor=case_manager,
        case=case,
        recipient=mechanism.shelter.organisation,
        compartments=[Compartment.IDENTITY],
        legal_basis="Act, article 7",
        reason="Danger to life tonight.",
        until=timezone.localdate() + timedelta(days=3),
    )
    with pytest.raises(NeedsConsent):
        give_access(actor=case_manager, case=case, organisation=mechanism.shelter.organisation, ground=asked)
    confirmed = overrides.confirm_override(actor=mechanism.ngo.actor(Role.CASE_MANAGER), override=asked)
    give_access(actor=case_manager, case=case, organisation=mechanism.shelter.organisation, ground=confirmed)
    assert agree(mechanism.shelter.actor(Role.SHELTER_WORKER)) == {case}


def test_access_is_given_on_no_ground_of_somebody_else(case_manager: Actor, mechanism: Mechanism) -> None:
    case, other = CaseFactory(actor=case_manager), CaseFactory(actor=case_manager)
    consent = consent_to(case_manager, case, mechanism.shelter)
    for subject, body in ((other, mechanism.shelter), (case, mechanism.police)):
        with pytest.raises(NeedsConsent):
            give_access(actor=case_manager, case=subject, organisation=body.organisation, ground=consent)
    consents.withdraw(actor=case_manager, consent=consent)
    consent.refresh_from_db()
    with pytest.raises(NeedsConsent):
        give_access(actor=case_manager, case=case, organisation=mechanism.shelter.organisation, ground=consent)

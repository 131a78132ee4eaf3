"""WP-10: a protected case has an alias, no search hit and no place in lists or exports.

It opens to one requester by two persons with a reason, and a refusal tells nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fener.casework import access
from fener.casework.domain import opening_answers
from fener.casework.htcds import exporter
from fener.casework.models import Case, OpeningRequest, ProtectedAccess, Referral
from fener.casework.selectors import board, case_list, cases, exposure, protected_place, referrals
from fener.casework.selectors.worklist import today
from fener.casework.services import cases as case_services
from fener.casework.services import compartments, referral_answers
from fener.casework.services.protection import opening, witness
from fener.contact.selectors import intakes
from fener.contact.services.intakes import open_contact
from fener.trust import search as names
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import AlreadyDone, InvalidInput, NotGranted, Refused
from fener.trust.models import AuditEntry, BlindToken, ItemGrant
from fener.trust.purposes import Purpose
from fener.trust.roles import FOR_THE_NODE, Role
from fener.trust.selectors import audit_entries
from tests.factories.casework import CaseFactory, shared_with
from tests.factories.contact import ready, sent
from tests.factories.network import Mechanism
from tests.factories.protection import proposed, protected, reload, user_of

SignIn = Callable[..., Client]


@pytest.fixture
def second(mechanism: Mechanism) -> Actor:
    return mechanism.ngo.actor(Role.CASE_MANAGER)


@pytest.fixture
def third(mechanism: Mechanism) -> Actor:
    return mechanism.ngo.actor(Role.CASE_MANAGER)


@pytest.fixture
def colleague(mechanism: Mechanism) -> Actor:
    return mechanism.ngo.actor(Role.CASE_MANAGER)


@pytest.fixture
def hidden(case_manager: Actor, second: Actor, third: Actor) -> Case:
    """A case under protection, kept by three."""
    return protected(CaseFactory(actor=case_manager), case_manager, second, third)


def everybody_else(mechanism: Mechanism) -> list[Actor]:
    bodies = (mechanism.ngo, mechanism.co_ordination, mechanism.police, mechanism.shelter)
    return [body.actor(role) for body in bodies for role in Role]


# -- two persons put it there, and take it out ------------------------------------------------------------------------


def test_wp_10_one_person_alone_protects_nothing(case_manager: Actor, second: Actor, colleague: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    step = proposed(case, case_manager, second)
    assert case in Case.objects.for_actor(colleague)
    for other in (case_manager, colleague):
        with pytest.raises(Refused):
            witness.answer(actor=other, step=step, yes=True)
    assert [one.pk for one in protected_place.place(second).steps] == [step.pk]
    assert not protected_place.place(colleague).steps
    witness.answer(actor=second, step=step, yes=False)
    assert not reload(case).protected


def test_wp_10_the_second_is_another_with_the_role(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager)
    shelter_worker = mechanism.ngo.actor(Role.SHELTER_WORKER)
    stranger = mechanism.shelter.actor(Role.CASE_MANAGER)
    for nobody in (case_manager, shelter_worker, stranger):
        with pytest.raises(InvalidInput) as error:
            proposed(case, case_manager, nobody)
        assert "second" in error.value.errors
    with pytest.raises(InvalidInput) as error:
        proposed(case, case_manager, mechanism.ngo.actor(Role.CASE_MANAGER), legal_basis=" ", reason="")
    assert {"legal_basis", "reason"} <= set(error.value.errors)


def test_wp_10_it_comes_out_by_two_of_its_keepers(
    hidden: Case, case_manager: Actor, second: Actor, colleague: Actor
) -> None:
    with pytest.raises(InvalidInput):  # a colleague who is not named cannot be the second
        proposed(hidden, case_manager, colleague, kind="release")
    step = proposed(hidden, case_manager, second, kind="release")
    witness.answer(actor=second, step=step, yes=True)
    free = reload(hidden)
    assert not free.protected
    assert free.code != hidden.code
    assert free in Case.objects.for_actor(colleague)
    assert cases.search(colleague, "Djordje Ilic") == [free]


# -- what it hides ----------------------------------------------------------------------------------------------------


def test_wp_10_code_and_alias_of_before_lead_nowhere(case_manager: Actor, second: Actor, colleague: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    old = case.code, case.alias
    after = protected(case, case_manager, second)
    assert after.code != old[0]
    assert after.alias != old[1]
    for actor in (case_manager, second, colleague):
        with pytest.raises(Refused):
            cases.get(actor, old[0])


def test_wp_10_nobody_but_the_named_sees_it_in_any_way(hidden: Case, mechanism: Mechanism) -> None:
    for actor in everybody_else(mechanism):
        assert hidden not in set(Case.objects.for_actor(actor))
        assert hidden not in set(Case.objects.reachable_by(actor))
        assert not access.allowed(actor, access.READ, access.relationships(actor, hidden))
        with pytest.raises(Refused) as absent:
            cases.get(actor, hidden.code)
        assert absent.value.hidden
        with pytest.raises(Refused):
            compartments.open_compartment(
                actor=actor, case=hidden, compartment=Compartment.IDENTITY, purpose=Purpose.KEEP
            )


def test_wp_10_the_named_see_it_in_its_own_place_and_in_no_list(
    hidden: Case, case_manager: Actor, second: Actor, third: Actor
) -> None:
    for actor in (case_manager, second, third):
        assert [one.pk for one in protected_place.place(actor).cases] == [hidden.pk]
        assert cases.get(actor, hidden.code)[0] == hidden
        assert hidden not in set(Case.objects.for_actor(actor))
        assert case_list.case_list(actor, {"state": "all"}).total == 0
        assert hidden.code not in {task.case_code for task in today(actor)}
    opened = compartments.open_compartment(
        actor=third, case=hidden, compartment=Compartment.IDENTITY, purpose=Purpose.KEEP
    )
    assert opened["first_name"] == "Đorđe"


def test_wp_10_what_is_due_in_it_is_not_forgotten(hidden: Case, case_manager: Actor, colleague: Actor) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=85), tick=False):
        assert "casework:protected" in {task.url_name for task in today(case_manager)}
        assert "casework:protected" not in {task.url_name for task in today(colleague)}


def test_wp_10_no_search_finds_it_by_name_or_code(
    hidden: Case, case_manager: Actor, third: Actor, colleague: Actor
) -> None:
    assert not BlindToken.objects.filter(subject_id=hidden.pk).exists()
    for actor in (case_manager, third, colleague):
        assert names.find(actor=actor, text="Đorđe Ilić") == []
        assert cases.search(actor, "Ilić") == [] == cases.search(actor, hidden.code)
    compartments.save_compartment(
        actor=case_manager, case=hidden, compartment=Compartment.IDENTITY, version=1, content={"first_name": "Nenad"}
    )
    assert not BlindToken.objects.filter(subject_id=hidden.pk).exists()


def test_wp_10_it_is_in_no_figure_and_on_no_board(hidden: Case, mechanism: Mechanism, case_manager: Actor) -> None:
    co_ordinator = mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR)
    with time_machine.travel(timezone.now() + timedelta(days=200), tick=False):
        seen = board.country(co_ordinator)
        assert (seen.cases, seen.clocks_overdue, seen.clocks, seen.statuses) == (0, 0, (), {})
        CaseFactory(actor=case_manager)
        assert board.country(co_ordinator).cases == 1


def test_wp_10_it_is_in_no_export(hidden: Case, case_manager: Actor, tmp_path: Path) -> None:
    assert hidden not in exporter.own_cases(case_manager)
    assert exporter.export(actor=case_manager, path=tmp_path / "out.xlsx") == 0


def test_wp_10_the_auditor_sees_no_act_on_it(hidden: Case, mechanism: Mechanism, case_manager: Actor) -> None:
    other = CaseFactory(actor=case_manager)
    auditor = mechanism.co_ordination.actor(Role.AUDITOR)
    chains = {entry.chain.chain_id for entry in audit_entries(auditor)}
    assert other.pk in chains
    assert hidden.pk not in chains
    assert not audit_entries(auditor).filter(subject_id=hidden.pk).exists()
    today_ = timezone.localdate()
    assert exposure.readers(auditor, code=hidden.code, since=today_, until=today_) == []
    # It is on the case's own chain, for those who see the case.
    assert AuditEntry.objects.filter(chain__chain_id=hidden.pk, act="protection.confirm").exists()


def test_wp_10_offers_are_taken_back_and_bodies_without_a_named_person_lose_keys(
    case_manager: Actor, second: Actor, mechanism: Mechanism
) -> None:
    case = CaseFactory(actor=case_manager)
    referral, _consent = shared_with(case_manager, case, mechanism.shelter)
    worker = mechanism.shelter.actor(Role.CASE_MANAGER)
    assert case in Case.objects.for_actor(worker)
    assert ItemGrant.objects.filter(item__subject_id=case.pk, keeper_id=mechanism.shelter.id).exists()
    hidden = protected(case, case_manager, second)
    assert not ItemGrant.objects.filter(item__subject_id=case.pk, keeper_id=mechanism.shelter.id).exists()
    assert hidden not in Case.objects.for_actor(worker)
    for look in (lambda: referrals.get(worker, referral.pk), lambda: cases.get(worker, hidden.code)):
        with pytest.raises(Refused):
            look()
    assert referrals.desk(worker).accepted == ()
    with pytest.raises(Refused):
        referral_answers.write_outcome(actor=worker, referral=referral, outcome="helped")
    step = proposed(hidden, case_manager, second, kind="release")
    witness.answer(actor=second, step=step, yes=True)
    assert reload(case) in Case.objects.for_actor(worker)
    assert ItemGrant.objects.filter(item__subject_id=case.pk, keeper_id=mechanism.shelter.id).exists()
    assert Referral.objects.unscoped(reason="test").get(pk=referral.pk).state == Referral.State.ACCEPTED


@pytest.mark.parametrize("role", Role)
def test_wp_10_filter_and_predicate_agree(
    hidden: Case, case_manager: Actor, second: Actor, mechanism: Mechanism, role: Role
) -> None:
    open_one = CaseFactory(actor=case_manager, empty=True)
    theirs = CaseFactory(actor=mechanism.other_ngo.actor(Role.CASE_MANAGER), empty=True)
    actors = [mechanism.ngo.actor(role), mechanism.co_ordination.actor(role), replace(second, roles=frozenset({role}))]
    for actor in (*actors, replace(second, roles=second.roles | {role})):
        by_filter = set(Case.objects.reachable_by(actor))
        by_policy = {
            case
            for case in (hidden, open_one, theirs)
            if access.allowed(actor, access.LIST, access.relationships(actor, case))
        }
        assert by_filter == by_policy
        assert set(Case.objects.for_actor(actor)) == by_filter - {hidden}
        assert set(Case.objects.kept_by(actor)) == by_filter & {hidden}


def test_wp_10_being_named_narrows_and_never_widens(hidden: Case, mechanism: Mechanism) -> None:
    for role in (*FOR_THE_NODE, Role.HEALTH_WORKER):
        actor = mechanism.ngo.actor(role)
        ProtectedAccess.objects.create(case=hidden, user_id=actor.user_id, since=timezone.now())
        assert hidden not in Case.objects.reachable_by(actor)
        assert not access.allowed(actor, access.READ, access.relationships(actor, hidden))


# -- the same answer as for nothing -----------------------------------------------------------------------------------


def test_wp_10_a_page_answers_alike_for_protected_and_for_none(
    hidden: Case, colleague: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    for actor in (colleague, mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR)):
        browser = signed_in(actor)
        browser.get("/cases/0000-0000/")  # what a session asks only once
        answers = []
        for code in (hidden.code, "7F3K-9Q2M"):
            with CaptureQueriesContext(connection) as asked:
                answer = browser.get(f"/cases/{code}/")
            told = re.sub(r'value="[A-Za-z0-9]{64}"', "", answer.content.decode()).replace(code, "CODE")
            answers.append((answer.status_code, told, len(asked)))
        assert answers[0] == answers[1]
        assert answers[0][0] == 404


def test_wp_10_a_request_is_accepted_alike_and_asks_the_database_alike(hidden: Case, colleague: Actor) -> None:
    asked = []
    for code in ("7F3K-9Q2M", hidden.code):
        with CaptureQueriesContext(connection) as queries:
            opening.request_opening(actor=colleague, code=code, why="care", words="I take over from Monday.")
        asked.append([query["sql"].split(" ", 2)[0] for query in queries.captured_queries])
    assert asked[0] == asked[1]
    rows = protected_place.place(colleague).own
    assert {(row.state, row.reason, row.until) for row in rows} == {("waits", "", None)}


def test_wp_10_a_no_is_told_at_the_moment_when_nothing_is_told(
    hidden: Case, case_manager: Actor, colleague: Actor
) -> None:
    nothing = opening.request_opening(actor=colleague, code="7F3K-9Q2M", why="care", words="I take over.")
    real = opening.request_opening(actor=colleague, code=hidden.code, why="care", words="I take over.")
    opening.decide(actor=case_manager, request=real, yes=False, reason="not_shown")
    states = {row.state for row in protected_place.place(colleague).own}
    assert states == {"waits"}
    with time_machine.travel(timezone.now() + opening.ANSWERED_AFTER, tick=False):
        own = protected_place.place(colleague).own
        assert {row.state for row in own} == {"not_granted"}
        assert {str(row.reason) for row in own} <= {str(text) for text in opening_answers.REASONS.values()}
    assert nothing.told_reason in opening_answers.REASONS


def test_wp_10_ready_reasons_are_drawn_for_what_is_not_there(colleague: Actor) -> None:
    drawn = {opening_answers.drawn() for _each in range(200)}
    assert drawn == set(opening_answers.REASONS)


def test_wp_10_own_words_of_an_approver_reach_the_requester(
    hidden: Case, case_manager: Actor, colleague: Actor
) -> None:
    asked = opening.request_opening(actor=colleague, code=hidden.code, why="duty", words="A court asks me.")
    opening.decide(actor=case_manager, request=asked, yes=False, reason="own_words", words="Ask Ana on Tuesday.")
    with time_machine.travel(timezone.now() + opening.ANSWERED_AFTER, tick=False):
        assert protected_place.place(colleague).own[0].reason == "Ask Ana on Tuesday."


# -- two persons open it for one requester ----------------------------------------------------------------------------


def test_wp_10_two_others_grant_it_to_the_requester_alone_for_a_time(
    hidden: Case, case_manager: Actor, second: Actor, third: Actor, colleague: Actor, mechanism: Mechanism
) -> None:
    asked = opening.request_opening(actor=colleague, code=hidden.code, why="care", words="I take over.")
    opening.decide(actor=case_manager, request=asked, yes=True, days=7)
    with pytest.raises(AlreadyDone):
        opening.decide(actor=case_manager, request=asked, yes=True, days=7)
    assert hidden not in Case.objects.reachable_by(colleague)
    opening.decide(actor=second, request=asked, yes=True, days=3)
    assert cases.get(colleague, hidden.code)[0] == hidden
    assert hidden not in Case.objects.reachable_by(mechanism.ngo.actor(Role.CASE_MANAGER))
    with pytest.raises(AlreadyDone):
        opening.decide(actor=third, request=asked, yes=False, reason="not_shown")
    with time_machine.travel(timezone.now() + timedelta(days=3, minutes=1), tick=False):
        with pytest.raises(Refused):
            cases.get(colleague, hidden.code)
        assert protected_place.place(colleague).own[0].state == "ended"


def test_wp_10_whoever_was_let_in_for_a_time_decides_nothing(
    hidden: Case, case_manager: Actor, second: Actor, colleague: Actor, mechanism: Mechanism
) -> None:
    first = opening.request_opening(actor=colleague, code=hidden.code, why="care", words="I take over.")
    for keeper in (case_manager, second):
        opening.decide(actor=keeper, request=first, yes=True, days=3)
    next_one = mechanism.ngo.actor(Role.CASE_MANAGER)
    asked = opening.request_opening(actor=next_one, code=hidden.code, why="care", words="So do I.")
    with pytest.raises(Refused):
        opening.decide(actor=colleague, request=asked, yes=True, days=3)
    witness.leave(actor=case_manager, case=hidden)
    with pytest.raises(InvalidInput):  # two keepers have to stay
        witness.leave(actor=second, case=hidden)


def test_wp_10_a_colleague_becomes_a_keeper_by_two(
    hidden: Case, case_manager: Actor, second: Actor, colleague: Actor
) -> None:
    asked = opening.request_opening(actor=colleague, code=hidden.code, why="care", words="I take over.")
    for keeper in (case_manager, second):
        opening.decide(actor=keeper, request=asked, yes=True, days=0)
    assert ProtectedAccess.objects.get(case=hidden, user_id=colleague.user_id, ended_at=None).until is None
    witness.leave(actor=case_manager, case=hidden)
    with pytest.raises(Refused):
        cases.get(case_manager, hidden.code)


def test_wp_10_no_right_is_made_for_a_body_that_has_nothing_to_do_with_it(
    hidden: Case, case_manager: Actor, mechanism: Mechanism
) -> None:
    stranger = mechanism.shelter.actor(Role.CASE_MANAGER)
    asked = opening.request_opening(actor=stranger, code=hidden.code, why="care", words="We want to help.")
    with pytest.raises(InvalidInput):
        opening.decide(actor=case_manager, request=asked, yes=True, days=3)


def test_wp_10_nobody_decides_on_their_own_request_and_strangers_see_none(
    hidden: Case, case_manager: Actor, colleague: Actor, mechanism: Mechanism
) -> None:
    own = opening.request_opening(actor=case_manager, code=hidden.code, why="care", words="Just to see.")
    with pytest.raises(InvalidInput):
        opening.decide(actor=case_manager, request=own, yes=True, days=3)
    for other in (colleague, mechanism.shelter.actor(Role.CASE_MANAGER)):
        with pytest.raises(Refused):
            opening.decide(actor=other, request=own, yes=True, days=3)
        assert not protected_place.place(other).openings
    nothing = opening.request_opening(actor=colleague, code="7F3K-9Q2M", why="care", words="Just to see.")
    with pytest.raises(Refused):
        opening.decide(actor=case_manager, request=nothing, yes=True, days=3)


def test_wp_10_what_nobody_answered_is_closed_and_kept_on_the_chain(hidden: Case, colleague: Actor) -> None:
    opening.request_opening(actor=colleague, code=hidden.code, why="care", words="I take over.")
    opening.request_opening(actor=colleague, code="7F3K-9Q2M", why="care", words="I take over.")
    assert opening.close_unanswered(timezone.now()) == 0
    later = timezone.now() + opening.ANSWERED_AFTER
    assert (opening.close_unanswered(later), opening.close_unanswered(later)) == (1, 0)
    assert AuditEntry.objects.filter(act="opening.unanswered", chain__chain_id=hidden.pk).count() == 1
    with time_machine.travel(later, tick=False):
        assert {row.state for row in protected_place.place(colleague).own} == {"not_granted"}


def test_wp_10_codes_cannot_be_tried_one_after_the_other(colleague: Actor) -> None:
    for _each in range(opening.PER_DAY):
        opening.request_opening(actor=colleague, code="7F3K-9Q2M", why="care", words="To see.")
    with pytest.raises(InvalidInput):
        opening.request_opening(actor=colleague, code="7F3K-9Q2M", why="care", words="To see.")


def test_wp_10_every_step_is_on_the_chain_of_the_case(
    hidden: Case, case_manager: Actor, second: Actor, colleague: Actor
) -> None:
    asked = opening.request_opening(actor=colleague, code=hidden.code, why="care", words="I take over.")
    for keeper in (case_manager, second):
        opening.decide(actor=keeper, request=asked, yes=True, days=3)
    acts = list(
        AuditEntry.objects.filter(chain__kind="case", chain__chain_id=hidden.pk)
        .order_by("seq")
        .values_list("act", flat=True)
    )
    wanted = ["protection.propose", "protection.confirm", "opening.approve", "opening.approve", "opening.grant"]
    assert [act for act in acts if act.split(".")[0] in {"protection", "opening"}] == wanted
    # What stands on the chain of the requester's body says nothing of the code.
    told: Any = AuditEntry.objects.get(act="opening.request")
    assert told.chain.kind == "keeper"
    assert set(told.detail) == {"why"}


def test_wp_10_the_first_contact_that_it_came_from_leaves_the_desk(
    case_manager: Actor, second: Actor, colleague: Actor, mechanism: Mechanism
) -> None:
    inspector = mechanism.inspection.actor(Role.FRONTLINE_OFFICER)
    intake, other = (sent(inspector, mechanism.ngo, ready(inspector)) for _each in range(2))
    case = CaseFactory(actor=case_manager, origin="intake", origin_id=intake.pk)
    type(intake).objects.unscoped(reason="test").filter(pk=intake.pk).update(case_id=case.pk, state="opened")
    intake.refresh_from_db(from_queryset=type(intake).objects.unscoped(reason="test"))
    assert set(intakes(colleague)) == {intake, other}
    protected(case, case_manager, second)
    assert set(intakes(colleague)) == {other} == set(intakes(case_manager))
    with pytest.raises(Refused):
        open_contact(actor=colleague, intake=intake)


def test_wp_10_nobody_who_is_not_named_can_be_given_it(hidden: Case, case_manager: Actor, colleague: Actor) -> None:
    case_services.assign(actor=case_manager, case=hidden, user=user_of(colleague))
    assert hidden not in Case.objects.reachable_by(colleague)
    with pytest.raises((Refused, NotGranted)):
        cases.get(colleague, hidden.code)
    assert OpeningRequest.objects.count() == 0

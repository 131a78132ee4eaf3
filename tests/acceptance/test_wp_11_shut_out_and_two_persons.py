"""WP-11: a named official or body can be shut out of a case, and sensitive reads take two persons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from fener.casework import access
from fener.casework.htcds import exporter
from fener.casework.models import Case, CaseAssignment, GlassBreak, Referral, SecondPerson
from fener.casework.selectors import cases, protected_place, referrals
from fener.casework.selectors.worklist import today
from fener.casework.services import cases as case_services
from fener.casework.services import compartments, overrides
from fener.casework.services.assistance import offer_service
from fener.casework.services.needs import record_need
from fener.casework.services.protection import break_glass, shut_out, two_person
from fener.casework.services.protection.two_person import NeedsSecondPerson
from fener.casework.services.referral_check import check_referral
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.custody.notices import unseen
from fener.trust.errors import AlreadyDone, InvalidInput, Locked, NotGranted, Refused
from fener.trust.models import AuditEntry, Custodian, ItemGrant
from fener.trust.purposes import Purpose
from fener.trust.roles import FOR_THE_NODE, Role
from tests.factories.casework import CaseFactory, consent_to, shared_with
from tests.factories.network import Body, Mechanism, locked
from tests.factories.protection import user_of

SignIn = Callable[..., Client]


@pytest.fixture
def case(case_manager: Actor) -> Case:
    made: Case = CaseFactory(actor=case_manager)
    return made


@pytest.fixture
def colleague(mechanism: Mechanism) -> Actor:
    return mechanism.ngo.actor(Role.CASE_MANAGER)


def sees(actor: Actor, case: Case) -> bool:
    """The filter's answer, after checking that the predicate and the page give the same."""
    by_filter = case in set(Case.objects.for_actor(actor))
    assert by_filter == (case in set(Case.objects.reachable_by(actor)))
    assert by_filter == bool(access.allowed(actor, access.LIST, access.relationships(actor, case)))
    if by_filter:
        cases.get(actor, case.code)
    else:
        with pytest.raises(Refused) as absent:
            cases.get(actor, case.code)
        assert absent.value.hidden
    return by_filter


def open_identity(actor: Actor, case: Case) -> dict[str, object]:
    return compartments.open_compartment(actor=actor, case=case, compartment=Compartment.IDENTITY, purpose=Purpose.KEEP)


# -- shut-outs --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", Role)
def test_wp_11_a_shut_out_person_sees_nothing_whatever_their_role(
    case: Case, case_manager: Actor, mechanism: Mechanism, role: Role
) -> None:
    for body in (mechanism.ngo, mechanism.co_ordination, mechanism.shelter):
        actor = body.actor(role)
        sees(actor, case)
        shut_out.shut_out(actor=case_manager, case=case, user=user_of(actor), why="complicit")
        assert not sees(actor, case)
        assert not sees(replace(actor, roles=frozenset(Role)), case)


def test_wp_11_a_shut_out_beats_consent_and_referral_at_once(
    case: Case, case_manager: Actor, mechanism: Mechanism
) -> None:
    referral, _consent = shared_with(case_manager, case, mechanism.shelter)
    worker = mechanism.shelter.actor(Role.CASE_MANAGER)
    assert sees(worker, case)
    shut_out.shut_out(actor=case_manager, case=case, organisation=mechanism.shelter.organisation, why="named")
    assert not sees(worker, case)
    assert not ItemGrant.objects.filter(item__subject_id=case.pk, keeper_id=mechanism.shelter.organisation.pk).exists()
    with pytest.raises(Refused):
        referrals.get(worker, referral.pk)
    assert referrals.desk(worker).accepted == ()
    assert Referral.objects.unscoped(reason="test").get(pk=referral.pk).state == Referral.State.WITHDRAWN
    with pytest.raises((Refused, NotGranted)):
        open_identity(worker, case)


def test_wp_11_an_open_offer_leaves_the_desk(case: Case, case_manager: Actor, mechanism: Mechanism) -> None:
    referral, _consent = shared_with(case_manager, case, mechanism.shelter)
    Referral.objects.unscoped(reason="test").filter(pk=referral.pk).update(state="offered", preview={"age": "adult"})
    worker = mechanism.shelter.actor(Role.CASE_MANAGER)
    assert len(referrals.desk(worker).waiting) == 1
    shut_out.shut_out(actor=case_manager, case=case, user=user_of(worker), why="ties")
    assert referrals.desk(worker).waiting == ()
    assert "offer" not in {task.kind for task in today(worker)}
    other = mechanism.shelter.actor(Role.CASE_MANAGER)
    assert len(referrals.desk(other).waiting) == 1
    shut_out.shut_out(actor=case_manager, case=case, organisation=mechanism.shelter.organisation, why="ties")
    assert referrals.desk(other).waiting == ()


def test_wp_11_nobody_shut_out_is_chosen_for_anything(case: Case, case_manager: Actor, mechanism: Mechanism) -> None:
    body, somebody = mechanism.shelter, mechanism.ngo.actor(Role.CASE_MANAGER)
    need = record_need(actor=case_manager, case=case, kind="shelter")
    service = body.service("shelter")
    shut_out.shut_out(actor=case_manager, case=case, organisation=body.organisation, why="named")
    shut_out.shut_out(actor=case_manager, case=case, user=user_of(somebody), why="named")
    words = str(access.NOT_FOR_THIS_CASE)
    with pytest.raises(InvalidInput, match=words):
        consent_to(case_manager, case, body)
    with pytest.raises(InvalidInput, match=words):
        case_services.assign(actor=case_manager, case=case, user=user_of(somebody))
    with pytest.raises(InvalidInput, match=words):
        offer_service(actor=case_manager, case=case, need=need, kind="shelter", provider=body.organisation)
    with pytest.raises(InvalidInput, match=words):
        overrides.request_override(
            actor=case_manager, case=case, recipient=body.organisation, compartments=[Compartment.IDENTITY],
            legal_basis="Act, article 7", reason="Danger.", until=timezone.localdate() + timedelta(days=2),
        )  # fmt: skip
    check = check_referral(actor=case_manager, case=case, service=service)
    assert "free" in {condition.code for condition in check.closed}


def test_wp_11_a_carrier_who_is_shut_out_carries_it_no_longer(
    case: Case, case_manager: Actor, mechanism: Mechanism
) -> None:
    lawyer = mechanism.ngo.actor(Role.LAWYER)
    case_services.assign(actor=case_manager, case=case, user=user_of(lawyer))
    assert sees(lawyer, case)
    row = shut_out.shut_out(actor=case_manager, case=case, user=user_of(lawyer), why="interest", words="His cousin.")
    assert not sees(lawyer, case)
    assert not CaseAssignment.objects.filter(case=case, user_id=lawyer.user_id, until__isnull=True).exists()
    told = AuditEntry.objects.get(act="shut_out.set", chain__chain_id=case.pk)
    assert told.detail == {"user": str(lawyer.user_id), "why": "interest"}
    shut_out.end(actor=case_manager, row=row)
    case_services.assign(actor=case_manager, case=case, user=user_of(lawyer))
    assert sees(lawyer, case)


def test_wp_11_who_may_shut_whom_out(case: Case, case_manager: Actor, mechanism: Mechanism) -> None:
    with pytest.raises(InvalidInput):
        shut_out.shut_out(actor=case_manager, case=case, user=user_of(case_manager), why="wish")
    with pytest.raises(InvalidInput):
        shut_out.shut_out(actor=case_manager, case=case, organisation=mechanism.ngo.organisation, why="wish")
    with pytest.raises(InvalidInput):
        shut_out.shut_out(actor=case_manager, case=case, why="wish")
    shared_with(case_manager, case, mechanism.shelter)
    for actor in (mechanism.shelter.actor(Role.CASE_MANAGER), mechanism.ngo.actor(Role.SHELTER_WORKER)):
        with pytest.raises(Refused):
            shut_out.shut_out(actor=actor, case=case, user=user_of(case_manager), why="wish")


def test_wp_11_the_page_is_absent_for_the_shut_out(
    case: Case, case_manager: Actor, colleague: Actor, signed_in: SignIn
) -> None:
    browser = signed_in(colleague)
    assert browser.get(f"/cases/{case.code}/").status_code == 200
    shut_out.shut_out(actor=case_manager, case=case, user=user_of(colleague), why="complicit")
    for path in ("", "who-knows/", "shut-out/", "danger/", "sealed/identity/beside/", "protection/"):
        assert browser.get(f"/cases/{case.code}/{path}").status_code == 404
    assert case.code not in browser.get("/cases/").content.decode()
    assert browser.get(f"/search/?q={case.code}").content.decode().count(case.code) <= 1  # what was typed


# -- two persons ------------------------------------------------------------------------------------------------------


def test_wp_11_a_sensitive_part_is_opened_by_two(
    case: Case, case_manager: Actor, colleague: Actor, mechanism: Mechanism
) -> None:
    two_person.mark(actor=case_manager, case=case, compartment="identity")
    with pytest.raises(NeedsSecondPerson):
        open_identity(case_manager, case)
    asked = two_person.ask(actor=case_manager, case=case, compartment="identity")
    assert two_person.ask(actor=case_manager, case=case, compartment="identity") == asked
    assert "beside" in {task.kind for task in today(colleague)}
    assert [row.pk for row in protected_place.beside_whom(colleague, timezone.now())] == [asked.pk]
    with pytest.raises(InvalidInput):
        two_person.answer(actor=case_manager, row=asked, yes=True)
    for stranger in (mechanism.other_ngo.actor(Role.CASE_MANAGER), mechanism.ngo.actor(Role.ORGANISATION_ADMIN)):
        with pytest.raises(Refused):
            two_person.answer(actor=stranger, row=asked, yes=True)
    two_person.answer(actor=colleague, row=asked, yes=True)
    assert open_identity(case_manager, case)["first_name"] == "Đorđe"
    with pytest.raises(NeedsSecondPerson):  # the yes was for whoever asked
        open_identity(colleague, case)
    told = AuditEntry.objects.filter(chain__chain_id=case.pk, act="sensitive.open").get()
    assert (told.actor_id, told.detail["beside"]) == (case_manager.user_id, str(colleague.user_id))
    with time_machine.travel(timezone.now() + two_person.OPEN_FOR, tick=False), pytest.raises(NeedsSecondPerson):
        open_identity(case_manager, case)


def test_wp_11_a_no_and_a_late_yes_open_nothing(case: Case, case_manager: Actor, colleague: Actor) -> None:
    two_person.mark(actor=case_manager, case=case)  # every sealed part
    asked = two_person.ask(actor=case_manager, case=case, compartment="narrative")
    two_person.answer(actor=colleague, row=asked, yes=False)
    with pytest.raises(NeedsSecondPerson):
        compartments.open_compartment(
            actor=case_manager, case=case, compartment=Compartment.NARRATIVE, purpose=Purpose.KEEP
        )
    late = two_person.ask(actor=case_manager, case=case, compartment="narrative")
    with time_machine.travel(timezone.now() + two_person.ASK_FOR, tick=False), pytest.raises(InvalidInput):
        two_person.answer(actor=colleague, row=late, yes=True)
    with pytest.raises(AlreadyDone):
        two_person.answer(actor=colleague, row=asked, yes=True)


def test_wp_11_one_person_does_not_take_the_mark_away(case: Case, case_manager: Actor, colleague: Actor) -> None:
    two_person.mark(actor=case_manager, case=case, compartment="identity")
    with pytest.raises(NeedsSecondPerson):
        two_person.unmark(actor=case_manager, case=case, compartment="identity")
    asked = two_person.ask(actor=case_manager, case=case, compartment="identity")
    two_person.answer(actor=colleague, row=asked, yes=True)
    two_person.unmark(actor=case_manager, case=case, compartment="identity")
    assert open_identity(colleague, case)


def test_wp_11_what_two_open_together_is_in_no_export(case: Case, case_manager: Actor, tmp_path: Path) -> None:
    before, after = exporter._opened(case, case_manager)[0], {}
    two_person.mark(actor=case_manager, case=case, compartment="identity")
    after = exporter._opened(case, case_manager)[0]
    assert "identity" in before
    assert "identity" not in after
    exporter.export(tmp_path / "out.xlsx", actor=case_manager)


def test_wp_11_two_persons_work_without_a_script(
    case: Case, case_manager: Actor, colleague: Actor, signed_in: SignIn
) -> None:
    two_person.mark(actor=case_manager, case=case, compartment="identity")
    mine, theirs = signed_in(case_manager), signed_in(colleague)
    page = mine.get(f"/cases/{case.code}/").content.decode()
    assert f"/cases/{case.code}/sealed/identity/beside/" in page
    refused = mine.post(f"/cases/{case.code}/sealed/identity/", {"purpose": "keep"})
    assert refused["Location"] == f"/cases/{case.code}/sealed/identity/beside/"
    assert mine.post(refused["Location"]).status_code == 302
    asked = SecondPerson.objects.get()
    form = theirs.get(f"/protected/beside/{asked.pk}/")
    done = theirs.post(f"/protected/beside/{asked.pk}/", {"answer": "yes", "once": form.context["token"]})
    assert done.status_code == 302
    assert "Open it now" in mine.get(refused["Location"]).content.decode()
    assert "Đorđe" in mine.post(f"/cases/{case.code}/sealed/identity/", {"purpose": "keep"}).content.decode()


# -- broken glass -----------------------------------------------------------------------------------------------------


@pytest.fixture
def custodian(mechanism: Mechanism) -> Actor:
    """A custodian of the NGO who works on no case."""
    return named_custodian(mechanism.ngo, Role.CASE_MANAGER)


def named_custodian(body: Body, *roles: Role) -> Actor:
    actor = body.actor(*roles)
    Custodian.objects.create(keeper_id=body.organisation.pk, user_id=actor.user_id, since=timezone.now())
    return actor


def broken(actor: Actor, case: Case, part: str = "identity", **more: str) -> GlassBreak:
    terms = {"danger": "attack", "words": "He stands in front of the door.", **more}
    return break_glass.break_glass(actor=actor, case=case, compartment=part, **terms)


def test_wp_11_glass_opens_one_part_for_an_hour_and_the_custodians_see_it_at_once(
    case: Case, mechanism: Mechanism, custodian: Actor
) -> None:
    operator = mechanism.ngo.actor(Role.HELPLINE_OPERATOR)
    with pytest.raises(Refused):
        open_identity(operator, case)
    row = broken(operator, case)
    assert break_glass.open_broken(actor=operator, row=row)["first_name"] == "Đorđe"
    with pytest.raises(Refused):  # this part alone
        compartments.open_compartment(actor=operator, case=case, compartment=Compartment.CONTACT, purpose=Purpose.KEEP)
    assert [(one.act, one.subject_id) for one in unseen(custodian)] == [("glass.break", row.pk)]
    assert "glass" in {task.kind for task in today(custodian)}
    entry = AuditEntry.objects.get(act="glass.break", chain__kind="case")
    assert (entry.outcome, entry.detail["danger"]) == ("overridden", "attack")
    assert "door" not in str(entry.detail)
    with time_machine.travel(timezone.now() + break_glass.OPEN_FOR, tick=False), pytest.raises(Refused):
        break_glass.open_broken(actor=operator, row=row)


def test_wp_11_glass_is_broken_alone_at_night(case: Case, case_manager: Actor) -> None:
    two_person.mark(actor=case_manager, case=case)
    with pytest.raises(NeedsSecondPerson):
        open_identity(case_manager, case)
    assert break_glass.open_broken(actor=case_manager, row=broken(case_manager, case))["first_name"] == "Đorđe"


def test_wp_11_glass_is_nobodys_who_runs_the_machine_or_has_no_key(
    case: Case, case_manager: Actor, mechanism: Mechanism
) -> None:
    for role in {*FOR_THE_NODE, Role.ORGANISATION_ADMIN, Role.LAW_ENFORCEMENT_LIAISON, Role.FRONTLINE_OFFICER}:
        for body in (mechanism.ngo, mechanism.co_ordination):
            with pytest.raises(Refused):
                broken(body.actor(role), case)
    for role in (Role.CASE_MANAGER, Role.HELPLINE_OPERATOR):
        with pytest.raises(Refused):
            broken(mechanism.shelter.actor(role), case)
    shared_with(case_manager, case, mechanism.shelter, Compartment.CONTACT)
    helper = mechanism.shelter.actor(Role.HELPLINE_OPERATOR)
    with pytest.raises(NotGranted):  # its body has no key to this part
        broken(helper, case, "identity")
    assert break_glass.open_broken(actor=helper, row=broken(helper, case, "contact"))["mobile_phone"]
    with pytest.raises(Locked):
        broken(locked(case_manager), case)


def test_wp_11_glass_says_what_the_danger_is(case: Case, case_manager: Actor) -> None:
    for more in ({"danger": "curious"}, {"words": " "}):
        with pytest.raises(InvalidInput):
            broken(case_manager, case, **more)


def test_wp_11_glass_is_reviewed_by_another_custodian(case: Case, mechanism: Mechanism, custodian: Actor) -> None:
    first = named_custodian(mechanism.ngo, Role.CASE_MANAGER)
    row = broken(first, case)
    assert "glass" not in {task.kind for task in today(first)}
    with pytest.raises(InvalidInput):
        break_glass.review(actor=first, row=row, verdict="justified", follows="nothing")
    for other in (mechanism.ngo.actor(Role.CASE_MANAGER), named_custodian(mechanism.shelter, Role.CASE_MANAGER)):
        with pytest.raises(Refused):
            break_glass.review(actor=other, row=row, verdict="justified", follows="nothing")
    with pytest.raises(InvalidInput):
        break_glass.review(actor=custodian, row=row, verdict="not_justified", follows="nothing")
    assert break_glass.open_words(actor=custodian, row=row) == "He stands in front of the door."
    with time_machine.travel(timezone.now() + timedelta(days=40), tick=False):
        assert "glass" in {task.kind for task in today(custodian)}  # until it is done
        break_glass.review(actor=custodian, row=row, verdict="not_justified", follows="talk")
        assert "glass" not in {task.kind for task in today(custodian)}
    with pytest.raises(AlreadyDone):
        break_glass.review(actor=custodian, row=row, verdict="justified", follows="nothing")
    assert AuditEntry.objects.filter(act="glass.review", chain__chain_id=case.pk).count() == 1


def test_wp_11_glass_through_the_pages(case: Case, mechanism: Mechanism, custodian: Actor, signed_in: SignIn) -> None:
    night = signed_in(mechanism.ngo.actor(Role.HELPLINE_OPERATOR))
    page = night.get("/danger/")
    wrong = night.post("/danger/", {"code": "7F3K-9Q2M", "once": page.context["token"]})
    assert wrong.status_code == 422
    led = night.post("/danger/", {"code": case.code, "once": wrong.context["token"]})
    form = night.get(led["Location"])
    opened = night.post(
        led["Location"],
        {"compartment": "identity", "danger": "attack", "words": "He is here.", "once": form.context["token"]},
    )
    assert "Đorđe" not in night.get(opened["Location"]).content.decode()
    assert "Đorđe" in night.post(opened["Location"]).content.decode()
    watch = signed_in(custodian)
    assert case.code in watch.get("/danger/reviews/").content.decode()
    row = GlassBreak.objects.get()
    review = watch.post(f"/danger/reviews/{row.pk}/", {"read": "1"})
    assert "He is here." in review.content.decode()
    form = watch.get(f"/danger/reviews/{row.pk}/")
    done = watch.post(
        f"/danger/reviews/{row.pk}/", {"verdict": "justified", "follows": "nothing", "once": form.context["token"]}
    )
    assert done["Location"] == "/danger/reviews/"
    assert night.get("/danger/reviews/").status_code == 404

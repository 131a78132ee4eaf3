"""A node in which every page has something to show: the demonstration's story, and what it leaves out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone

from fener.casework.models import Case, Clock, Plan, Referral
from fener.casework.services import decisions, erasure, overrides, plans
from fener.casework.services.protection import break_glass, opening, two_person
from fener.contact.models import Intake, Screening
from fener.contact.services import intakes as intake_services
from fener.contact.services import screenings
from fener.network import services as network
from fener.network.models import (
    Agreement,
    Area,
    ContactPoint,
    CoordinationBody,
    CoordinationPost,
    CoverageEntry,
    Duty,
    Invitation,
    Mandate,
    Membership,
)
from fener.network.selectors import actor_for
from fener.trust import accounts, elevation
from fener.trust.actor import SYSTEM
from fener.trust.compartments import Compartment
from fener.trust.custody import recovery
from fener.trust.finding import inside
from fener.trust.models import Consent, Custodian, User
from fener.trust.roles import Role
from fener.web.demo import contacts, story
from fener.web.demo import mechanism as demo
from fener.web.demo.acts import BASIS, Teller
from fener.web.demo.people import PEOPLE
from tests.factories.attachments import attached
from tests.factories.protection import proposed, protected

LOOK = "the test prepares what pages show"
PASSWORD = "lantern-over-the-river"


class Named(dict[str, Any]):
    """Objects by the word that addresses name them with; a word stands for one object, whoever made it."""

    def __setitem__(self, word: str, made: Any) -> None:
        assert word not in self, f"two chapters say {word!r} of different things"
        super().__setitem__(word, made)


@dataclass
class World:
    """What was made, where it is served, and the objects that addresses name."""

    mechanism: demo.Mechanism
    url: str = ""
    accounts: dict[str, demo.Account] = field(default_factory=dict)
    at: Named = field(default_factory=Named)
    secret: str = ""

    @property
    def names(self) -> set[str]:
        """What is sealed about the people of the story: no title and no address holds it."""
        return {name for person in PEOPLE.values() for name in (person.first, person.second)}


def make_world() -> World:
    """The story's people at every stage, in the caller's transaction."""
    made = demo.make()
    teller = Teller(made)
    story.tell(made)
    world = World(made)
    _more_people(world)
    _more_talks(world, teller)
    _one_case_with_everything(world, teller)
    for module in inside("tests.e2e.chapters"):  # what each chapter has to show on it
        module.prepare(world, teller)
    _protections(world)
    _custody(world)
    _found(world)
    world.accounts = {one.username: one for one in made.accounts}
    return world


def _account(world: World, username: str, body: str, *roles: Role, key: bool = True) -> Membership:
    """Somebody more at work in a body, signed in with the tests' password."""
    made = world.mechanism
    user = accounts.create_user(actor=SYSTEM, username=username, full_name=username.title(), password=PASSWORD).user
    organisation = made.organisations[body]
    if key:
        accounts.add_member_key(actor=made.actors["manager"], keeper_id=organisation.pk, user=user)
    membership: Membership = network.add_member(
        actor=SYSTEM, organisation=organisation, user=user, roles=roles, since=demo.SINCE
    )
    keyring = accounts.open_keyring(user, PASSWORD)
    made.actors[username] = actor_for(user=user, keyring=keyring, on=timezone.localdate())
    made.accounts.append(demo.Account(username, user.full_name, organisation.name, "", PASSWORD))
    return membership


def _more_people(world: World) -> None:
    """Somebody who looks after the organisation; a newcomer without its key; one who left; one with a second factor."""
    _account(world, "looksafter", "lanterna", Role.ORGANISATION_ADMIN, Role.CASE_MANAGER)
    world.at["newcomer"] = _account(world, "newcomer", "lanterna", Role.CASE_MANAGER, key=False)
    world.at["invitation"] = Invitation.objects.create(
        organisation=world.mechanism.organisations["lanterna"], full_name="Somebody expected", roles=["lawyer"],
        since=timezone.localdate(), code_hash="0" * 64, made_at=timezone.now(),
        expires_at=timezone.now() + timedelta(days=7),
    )  # fmt: skip
    closed = _account(world, "former", "lanterna", Role.CASE_MANAGER)
    closed.user.is_active = False
    closed.user.save(update_fields=["is_active"])
    world.at["closed"] = closed
    careful = _account(world, "careful", "lanterna", Role.CASE_MANAGER)
    world.secret = generate_totp_secret()
    TOTP.activate(careful.user, world.secret)
    RecoveryCodes.activate(careful.user)


def _more_talks(world: World, t: Teller) -> None:
    at = world.at
    asked = screenings.start_screening(
        actor=t.who("inspector"), set_id="adult-labour-inspection", at=t.now, language="sr"
    )
    at["begun"] = asked
    screenings.record_immediate_needs(actor=t.who("inspector"), screening=asked, needs=contacts.OFFERED)
    at["renewed"] = screenings.start_screening(
        actor=t.who("inspector"), set_id="adult-labour-inspection", at=t.now, language="sr"
    )
    screenings.record_immediate_needs(actor=t.who("inspector"), screening=at["renewed"], needs=contacts.OFFERED)
    Screening.objects.unscoped(reason=LOOK).filter(pk=at["renewed"].pk).update(set_version="0.9")
    at["told"] = contacts.screened(t, "inspector", "adult-labour-inspection", contacts.WORKSHOP, 0.01)
    page = screenings.start_screening(actor=t.who("doctor"), set_id="adult-health", at=t.now, language="sr")
    screenings.record_immediate_needs(actor=t.who("doctor"), screening=page, needs=contacts.OFFERED)
    at["one page"] = page


def _one_case_with_everything(world: World, t: Teller) -> None:
    """Everything that can be under way on one case is under way."""
    at = world.at
    case = at["case"] = t.opened("site", 12)
    t.assesses(case, 11, "presumed", "He was deceived.")
    t.says(case, 11, story.PARTLY, "I worked.")
    t.agrees(case, "police", 10, Compartment.IDENTITY, purpose=story.Purpose.IDENTIFICATION)
    asked = t.refers(case, 10, desk="police", kind="assessment", parts=(Compartment.IDENTITY,))
    at["asked police"] = t.accepts(asked, 9, "officer")
    t.to_centre(case, 9)
    at["decision"] = decisions.decide_status(
        actor=t.who("decider"), case=case, status="identified", legal_basis=BASIS, reasons="Found.",
        decided_on=t.on(5), at=t.ago(5), review_told=True,
    )  # fmt: skip
    at["review"] = decisions.request_review(
        actor=t.who("manager"), decision=at["decision"], reasons="Look again.", at=t.ago(3), requested_on=t.on(3)
    )
    at["need"] = sleep = t.needs(case, "shelter", 8, "A bed.", urgent=True)
    talk = t.needs(case, "psychological_care", 8, "To talk.")
    t.plans(case, 8, "Rest.", (sleep, "pristan"), (talk, "counselling"))
    at["plan"] = plans.plan_in_force(case)
    at["offered"] = t.offers(case, talk, 7, "counselling")
    law = t.needs(case, "legal_advice", 8, "My money.")
    at["taken"] = t.takes(t.offers(case, law, 7, "legal"), 7)
    wage = t.needs(case, "wage_claim", 8, "My wages.")
    at["given"] = t.takes(t.offers(case, wage, 7), 7)
    t.gets(at["given"], 6)
    paper = t.needs(case, "identity_documents", 8, "My passport.")
    at["refused"] = no = t.offers(case, paper, 6)
    story.assistance.record_answer(actor=t.who("manager"), record=no, accepted=False, reason="not_now", on=t.on(6))
    at["gone on"] = t.to_shelter(case, 4, "urgent")
    at["override"] = overrides.request_override(
        actor=t.who("manager"), case=case, recipient=t.made.organisations["clinic"],
        compartments=[Compartment.CONTACT], legal_basis=BASIS, reason="Danger.", until=t.on(0),
    )  # fmt: skip
    bare = at["without plan"] = t.opened("house", 4)
    t.assesses(bare, 3, "presumed", "Kept indoors.")
    t.needs(bare, "psychological_care", 3, "Quiet.")
    at["to protect"] = t.opened("house", 3)
    other = at["other case"] = t.opened("bar", 6)
    t.assesses(other, 6, "presumed", "Debt.")
    t.plans(other, 5, "Rest.", (t.needs(other, "psychological_care", 6, "Quiet."), "counselling"), agreed=None)
    at["asked plan"] = Plan.objects.get(case=other)
    at["dispute"] = story.ages.raise_dispute(actor=t.who("manager"), case=other, evidence="Looks young.", at=t.ago(5))


def _protections(world: World) -> None:
    """One case under witness protection, another proposed for it; a colleague asked; glass broken."""
    at, who = world.at, world.mechanism.actors
    custodian = who["looksafter"]
    Custodian.objects.get_or_create(
        keeper_id=custodian.keeper_id, user_id=custodian.user_id, defaults={"since": timezone.now()}
    )
    at["kept"] = protected(at["to protect"], who["manager"], who["manager2"])
    at["opening"] = opening.request_opening(
        actor=custodian, code=at["kept"].code, why="care", words="I take over on Monday."
    )
    at["step"] = proposed(at["without plan"], who["manager"], who["manager2"])
    at["beside"] = two_person.ask(actor=who["manager"], case=at["case"], compartment="narrative")
    at["glass"] = break_glass.break_glass(
        actor=who["manager"], case=at["case"], compartment="identity", danger="attack", words="At the door."
    )


def _custody(world: World) -> None:
    """Somebody forgot the password; an administrator did something in a session."""
    at, made = world.at, world.mechanism
    body = made.organisations["lanterna"]
    asked = recovery.ask(user=User.objects.get(username="careful"), keeper_id=body.pk)
    assert asked is not None
    at["recovery"], at["custodian"] = asked, made.actors["manager2"].user_id
    at["administration"] = elevation.begin(
        actor=made.actors["looksafter"], reason="what the test is about", proof=PASSWORD
    )


def _found(world: World) -> None:
    """What the story made and addresses name."""
    at = world.at
    referrals = Referral.objects.unscoped(reason=LOOK)
    at["consent"] = Consent.objects.filter(subject_id=at["case"].pk, withdrawn_at__isnull=True).exclude(
        recipient_id=at["case"].organisation_id
    )[0]
    at["withdrawn"] = Consent.objects.filter(withdrawn_at__isnull=False)[0]
    at["withdrawn case"] = Case.objects.unscoped(reason=LOOK).get(pk=at["withdrawn"].subject_id)
    at["clock"] = Clock.objects.get(case=at["case"], code="recovery_reflection", ended_at__isnull=True)
    at["waiting"] = referrals.filter(state="offered", to_organisation=world.mechanism.organisations["pristan"])[0]
    at["open"] = referrals.filter(state="accepted", to_organisation=world.mechanism.organisations["pristan"])[0]
    at["declined"] = referrals.filter(state="declined")[0]
    at["ended"] = referrals.filter(state="ended", kind="service")[0]
    at["intake"] = Intake.objects.unscoped(reason=LOOK).filter(state="sent", urgent=False)[0]
    at["assessment"] = at["case"].assessments.filter(by_person=False)[0]
    lanterna = world.mechanism.organisations["lanterna"]
    at["attachment"] = attached(world.mechanism.actors["manager"], at["case"])
    at["mandate"] = Mandate.objects.filter(organisation=lanterna)[0]
    at["colleague"] = Membership.objects.get(organisation=lanterna, user__username="manager2")

    intakes = Intake.objects.unscoped(reason=LOOK)
    at["taken on"] = intake_services.receive_intake(
        actor=world.mechanism.actors["manager"], intake=intakes.filter(state="sent", urgent=True)[0], at=timezone.now()
    )
    at["closed case"] = Case.objects.unscoped(reason=LOOK).filter(state=Case.State.CLOSED)[0]
    at.update(lanterna=lanterna, **{"lanterna desk": world.mechanism.desks["lanterna"]})
    at["erasure"] = erasure.propose_erasure(
        actor=world.mechanism.actors["manager"], case=at["closed case"], ground="asked"
    )
    at["police desk"] = world.mechanism.desks["police"]
    _found_on_the_map(world, lanterna)
    at.update({key: world.mechanism.services[key] for key in ("pristan", "medical", "counselling")})


def _found_on_the_map(world: World, lanterna: Any) -> None:
    """Agreements, duties, posts, contacts and areas of the demonstration's map."""
    at = world.at
    at["memorandum"] = Agreement.objects.get(status="in_force")
    at["draft"] = Agreement.objects.get(status="draft")
    at["clause"] = at["memorandum"].clauses.get(hands_over="nothing")
    at["rule"] = at["memorandum"].sharing_rules.all()[0]
    at["duty"] = Duty.objects.filter(organisation=lanterna)[0]
    at["timed duty"] = Duty.objects.get(within_hours=24)
    at["met case"] = Case.objects.unscoped(reason=LOOK).filter(
        organisation=lanterna, facts__contact_channel="police", opened_by=world.mechanism.actors["manager"].user_id
    )[0]
    at["group"] = CoordinationBody.objects.get(kind="working_group")
    at["post"] = CoordinationPost.objects.filter(body=at["group"])[0]
    at["contact point"] = ContactPoint.objects.filter(organisation=lanterna)[0]
    at["area"] = Area.objects.get(code="DR")
    at["covered"] = CoverageEntry.objects.all()[0]

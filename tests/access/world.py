"""Two bodies that do the same work, with one of everything each: what is one's own, and what is somebody else's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from allauth.mfa.models import Authenticator
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from fener.casework.models import Case, Clock
from fener.casework.services import ages, assistance, decisions, drafts, erasure, overrides, plans
from fener.casework.services.plans import PlanLine
from fener.casework.services.protection import break_glass, opening, shut_out, two_person
from fener.network.models import Desk, Invitation, Mandate, Membership, Service
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.custody import recovery
from fener.trust.finding import gathered_map, inside
from fener.trust.models import AdministrationSession, Consent, Custodian, User
from fener.trust.roles import Role
from tests.casework.paths import need_of, offered
from tests.factories.assessing import asked_to_decide, assess, decide
from tests.factories.attachments import attached
from tests.factories.casework import CaseFactory
from tests.factories.contact import ready, sent, started
from tests.factories.network import Body, Mechanism
from tests.factories.network_map import one_of_each
from tests.factories.protection import proposed, protected

# Pages that stand without any account: they show nothing of anybody.
PUBLIC = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_recover",
    "network:forgotten",
    "network:forgotten_codes",
    "network:forgotten_organisation",
    "network:invitation",
    "network:take_up_invitation",
    "openid_connect_login",
    "openid_connect_callback",
    "set_language",
    "network:directory_public",
    "web:help",
    "web:offline",
    "web:privacy",
    "web:health",
    "web:metrics",
    "web:styleguide",
    "mfa_authenticate",
    "",
}


@dataclass(frozen=True)
class Route:
    """One address pattern of the node."""

    name: str
    pattern: str

    @property
    def room(self) -> str:
        return self.name.partition(":")[0] if ":" in self.name else ""

    @property
    def has_object(self) -> bool:
        """Whether it is about a thing that belongs to somebody."""
        return "<" in self.pattern


def routes() -> list[Route]:
    """Every route of the node, from the router itself."""

    def walk(resolver: Any, prefix: str = "", space: str = "") -> Iterator[Route]:
        for entry in resolver.url_patterns:
            pattern = prefix + str(entry.pattern)
            if isinstance(entry, URLResolver):
                yield from walk(entry, pattern, space + (f"{entry.namespace}:" if entry.namespace else ""))
            elif isinstance(entry, URLPattern):
                yield Route(space + (entry.name or ""), pattern)

    return list(walk(get_resolver()))


@dataclass
class Things:
    """One of everything that an address can name, belonging to one body."""

    body: Body
    holder: Actor
    case: Case
    pks: dict[str, Any]

    def arguments(self, route: Route) -> dict[str, Any]:
        """The values for the route's places. Raises KeyError for a place that nobody thought of yet."""
        found: dict[str, Any] = {}
        for place in _places(route.pattern):
            found[place] = self._value(route, place)
        return found

    def _value(self, route: Route, place: str) -> Any:
        if place == "code":
            if "pk>" in route.pattern and route.name.startswith(tuple(OF_CHAPTERS)):
                return getattr(self.pks[_thing_of(route)], "case", self.case).code  # a house has none
            return self.pks["intake"].code if route.room == "contact" else self.case.code
        if place == "pk":
            return self.pks[_thing_of(route)].pk
        return {
            "part": "identity",
            "user": self.pks["custodian"].user_id,
            "item": self.pks["assessment"].reasons_id,
            "kind": "decision",
            "question": "safe-now",
            "body": self.body.organisation.pk,
            "need": self.pks["need"].pk,
            "service": self.pks["service"].pk,
            "desk": self.pks["desk"].pk,
            "invitation": self.pks["invitation"].pk,
            **{name: self.pks[name].pk for name in ("agreement", "clause", "rule", "duty")},
            "of": "coverage",
            "chapter": "safety",
            **gathered_map("tests.access.chapters", "PLACES"),
            "provider_id": "oidc-of-nobody",
            "browser": 999_999_999,
        }[place]


def _places(pattern: str) -> list[str]:
    return [part.split(">")[0].split(":")[-1] for part in pattern.split("<")[1:]]


OF_CHAPTERS: dict[str, str] = gathered_map("tests.access.chapters", "OF")
# The thing that ``pk`` names, by the beginning of the route's name; the longest fitting one counts.
_OF = {
    "contact:screening": "screening",
    "casework:consent": "consent",
    "casework:assessment": "assessment",
    "casework:attachment": "attachment",
    "casework:decision": "decision",
    "casework:review_new": "decision",
    "casework:review_answer": "review",
    "casework:age": "dispute",
    "casework:override": "override",
    "casework:clock": "clock",
    "casework:erasure": "erasure",
    "casework:opening": "opening",
    "casework:protection_step": "step",
    "casework:second_person": "beside",
    "casework:shut_out": "shut_out",
    "casework:glass": "glass",
    "casework:referral": "referral",
    "casework:need": "need",
    "casework:plan": "plan",
    "casework:service": "record",
    "casework:draft": "left unfinished",
    "api:consent": "consent",
    "api:referral": "referral",
    "network:custody_re": "recovery",
    "network:administration": "administration",
    "network:end_mandate": "mandate",
    "network:change_desk": "desk",
    "network:change_service": "service",
    "network:directory": "service",
    "network:duty": "duty",
    "network:coordination": "co_ordination",
    "network:post_add": "co_ordination",
    "network:post_change": "post",
    "network:meeting": "co_ordination",
    "network:contact": "contact point",
    "network:area": "area",
    "network:entry": "entry",
    "network:": "membership",
    "mfa_": "passkey",
    **OF_CHAPTERS,
}


def _thing_of(route: Route) -> str:
    fitting = [prefix for prefix in _OF if route.name.startswith(prefix)]
    assert fitting, f"{route.name}: say in tests/access/chapters what its address names"
    return _OF[max(fitting, key=len)]


def _protections(mechanism: Mechanism, body: Body, holder: Actor, case: Case) -> dict[str, Any]:
    """The hardest protections: asked for, waiting for an answer, in force."""
    second = body.actor(Role.CASE_MANAGER)
    hidden = protected(CaseFactory(actor=holder), holder, second)
    return {
        "opening": opening.request_opening(
            actor=body.actor(Role.CASE_MANAGER), code=hidden.code, why="care", words="I take over."
        ),
        "step": proposed(CaseFactory(actor=holder), holder, second),
        "beside": two_person.ask(actor=holder, case=case, compartment="identity"),
        "shut_out": shut_out.shut_out(
            actor=holder, case=case, organisation=mechanism.health.organisation, why="interest"
        ),
        "glass": break_glass.break_glass(
            actor=holder, case=case, compartment="identity", danger="attack", words="At the door."
        ),
    }


def of_chapters(holder: Actor, case: Case) -> dict[str, Any]:
    """What the chapters of a case bring."""
    found: dict[str, Any] = {}
    for module in inside("tests.access.chapters"):
        if not hasattr(module, "__path__"):
            found |= module.things(holder, case)
    return found


def custody_of(body: Body) -> dict[str, Any]:
    """A custodian, a colleague who forgot the password, and an administration session."""
    custodian, forgetful = body.actor(Role.LAWYER), body.actor(Role.LAWYER)
    session = body.actor(Role.ORGANISATION_ADMIN).elevation
    return {
        "custodian": Custodian.objects.create(
            keeper_id=custodian.keeper_id, user_id=custodian.user_id, since=timezone.now()
        ),
        "recovery": recovery.file(actor=custodian, user=User.objects.get(pk=forgetful.user_id)),
        "administration": AdministrationSession.objects.get(pk=session),
    }


def things(mechanism: Mechanism, body: Body) -> Things:
    """Walk one case of the body through everything, as its people would."""
    holder = body.actor(Role.CASE_MANAGER)
    case = CaseFactory(actor=holder)
    need = need_of(holder, case)
    assessment = assess(holder, case)
    decider = asked_to_decide(holder, case, mechanism.decider)
    decision = decide(decider, case)
    referral = offered(holder, mechanism.shelter, case)
    officer = body.actor(Role.FRONTLINE_OFFICER)
    inspector = mechanism.inspection.actor(Role.FRONTLINE_OFFICER)
    pks: dict[str, Any] = {
        "need": need,
        "assessment": assessment,
        "decision": decision,
        "review": decisions.request_review(actor=holder, decision=decision),
        "dispute": ages.raise_dispute(actor=holder, case=case, evidence="Looks younger."),
        "override": overrides.request_override(
            actor=holder,
            case=case,
            recipient=mechanism.police.organisation,
            compartments=[Compartment.CONTACT],
            legal_basis="Act, article 12",
            reason="Danger to life",
            until=timezone.localdate() + timedelta(days=2),
        ),
        "consent": Consent.objects.filter(subject_id=case.pk, purpose="share_service").first(),
        "clock": Clock.objects.filter(case=case, blocks_removal=True).first(),
        "referral": referral,
        "plan": plans.draw_up_plan(
            actor=holder, case=case, goals="A home", lines=[PlanLine(need=need, kind=need.kind)]
        ),
        "record": assistance.offer_service(
            actor=holder, case=case, need=need, kind=need.kind, provider=body.organisation
        ),
        "erasure": erasure.propose_erasure(actor=holder, case=case, ground="asked"),
        **_protections(mechanism, body, holder, case),
        "intake": sent(inspector, body, ready(inspector)),
        "attachment": attached(holder, case),
        "screening": started(officer),
        "left unfinished": drafts.leave(
            actor=holder,
            case=case,
            act="need.record",
            form="need.record",
            path="/",
            typed={},
            part=Compartment.NARRATIVE,
        ),
        **of_chapters(holder, case),
        **one_of_each(mechanism, body),
        "service": body.service("legal_advice"),
        "desk": Desk.objects.filter(organisation=body.organisation).first(),
        "mandate": Mandate.objects.filter(organisation=body.organisation).first(),
        "invitation": Invitation.objects.create(
            organisation=body.organisation,
            full_name="Somebody expected",
            roles=["lawyer"],
            since=timezone.localdate(),
            code_hash=uuid4().hex,
            made_at=timezone.now(),
            expires_at=timezone.now() + timedelta(days=7),
        ),
        # Of somebody else than whoever asks: a passkey is its holder's alone.
        "passkey": Authenticator.objects.create(
            user_id=body.actor(Role.LAWYER).user_id, type=Authenticator.Type.WEBAUTHN, data={"name": "x"}
        ),
        **custody_of(body),
        "membership": Membership.objects.filter(organisation=body.organisation, user_id=officer.user_id).first(),
    }
    assert all(pks.values()), [name for name, thing in pks.items() if not thing]
    case.refresh_from_db()
    assert isinstance(pks["service"], Service)
    return Things(body, holder, case, pks)

"""Before a referral goes: is there a place, is the person taken, may anything be disclosed? (AS-08, AS-07)"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.domain import labour
from fener.casework.domain.fitting import Condition, PersonFacts, conditions, needs_interpreter, preview
from fener.casework.models import Case, Referral
from fener.casework.services.referral_places import Picture, picture, spoken_at
from fener.network.agreements import sharing_limit
from fener.network.mandates import has_function
from fener.network.models import Desk, Mandate, Organisation, Service
from fener.norms import gates
from fener.norms.gates import GateResult
from fener.trust import consent as consents
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import NeedsConsent
from fener.trust.models import Consent, DisclosureOverride
from fener.trust.purposes import Purpose

if TYPE_CHECKING:
    from fener.trust.errors import Text

# What the receiving body's mandate must be for a kind of referral; any one of them (rule ID-19).
MANDATES: dict[str, tuple[str, ...]] = {
    Referral.Kind.ASSESSMENT: (Mandate.Function.ASSESS, Mandate.Function.IDENTIFY),
    Referral.Kind.DECISION: (Mandate.Function.DECIDE_STATUS, Mandate.Function.IDENTIFY),
}


@dataclass(frozen=True)
class Check:
    """The answer before an offer: every condition in words, the ground of the disclosure, and what is only a flag."""

    kind: str
    purpose: Purpose
    conditions: tuple[Condition, ...]
    ground: Consent | DisclosureOverride | None
    interpreter_missing: bool
    gate: GateResult  # what the pack's gate says about it, with rule, version and source

    @property
    def possible(self) -> bool:
        """Whether the offer can be sent."""
        return self.gate.open and not self.closed

    @property
    def closed(self) -> tuple[Condition, ...]:
        """The conditions that keep it from going."""
        return tuple(condition for condition in self.conditions if condition.closed)

    @property
    def missing(self) -> tuple[Condition, ...]:
        """What keeps it closed, as a gate names it."""
        return self.closed

    @property
    def unknown(self) -> tuple[Condition, ...]:
        """What is not known: it stops nothing, and is asked."""
        return tuple(condition for condition in self.conditions if condition.met is None)


def check_referral(
    *,
    actor: Actor,
    case: Case,
    kind: str = Referral.Kind.SERVICE,
    service: Service | None = None,
    desk: Desk | None = None,
    compartments: Iterable[Compartment | str] = (),
    at: datetime | None = None,
) -> Check:
    """Check without changing anything. ``service`` for a service, else ``desk`` of the body that is asked.

    Raises Refused; ValueError where neither a service nor a desk is named.
    """
    access.require_on_case(actor, "referral.check", case)
    at = at or timezone.now()
    to = desk or (service.desk if service is not None else None)
    if to is None or (kind == Referral.Kind.SERVICE and service is None):
        raise ValueError("a referral goes to a service or to a desk")
    seen = picture(case, [service] if service is not None else [], at)
    return _check(case, kind, service, to, list(compartments), at, seen)


def check_services(
    *, actor: Actor, case: Case, services: Iterable[Service], at: datetime | None = None
) -> list[tuple[Service, Check]]:
    """The same for several services, in a number of queries that does not grow with them. Raises Refused."""
    access.require_on_case(actor, "referral.check", case)
    at, chosen = at or timezone.now(), list(services)
    seen = picture(case, chosen, at)
    return [(each, _check(case, Referral.Kind.SERVICE, each, each.desk, [], at, seen)) for each in chosen]


def _check(
    case: Case,
    kind: str,
    service: Service | None,
    desk: Desk,
    compartments: list[Compartment | str],
    at: datetime,
    seen: Picture,
) -> Check:
    to = desk.organisation if service is None else service.organisation
    purpose = purpose_of(kind, to)
    ground = _ground(case, to, purpose, compartments, at) if to.pk in seen.named else None
    found = [
        *_free_condition(case, seen, to, service),
        _desk_condition(desk, kind),
        *_mandate_condition(to, kind, at),
        _not_waiting(seen, to, service, kind),
    ]
    person = person_facts(case)
    if service is not None:
        found += conditions(person, seen.places[service.pk])
        found.append(_need_condition(seen, service.kind))
    found += [_consent_condition(ground), _agreement_condition(case, to, purpose, compartments, ground, at, seen)]
    missing = needs_interpreter(
        languages=person.languages,
        asked_for=str(case.facts.get("interpreter_needed", "")),
        interpreter=case.interpreter,
        spoken=spoken_at(service, to),
    )
    return Check(kind, purpose, tuple(found), ground, missing, _gate(found))


def _gate(found: Iterable[Condition]) -> GateResult:
    """The gate ``referral_offer``. What is not known about a person closes it no more than a page does: it is asked."""
    closed = {condition.code for condition in found if condition.closed}
    return gates.check(
        "referral_offer",
        {
            "capacity": "capacity" not in closed,
            "eligible": not closed - {"capacity", "consent", "agreement"},
            "consent_covers": "consent" not in closed,
            "within_agreement": "agreement" not in closed,
        },
    )


def purpose_of(kind: str, to: Organisation) -> Purpose:
    """The purpose that the consent must name: each is separate (rule CO-04)."""
    if kind != Referral.Kind.SERVICE:
        return Purpose.IDENTIFICATION
    return Purpose.SHARE_POLICE if to.is_law_enforcement else Purpose.SHARE_SERVICE


def person_facts(case: Case) -> PersonFacts:
    """The few facts of the case that fitting and the masked preview use."""
    facts: dict[str, Any] = case.facts
    spoken = (case.language, facts.get("primary_language"), facts.get("secondary_language"))
    return PersonFacts(
        gender=str(facts.get("gender") or ""),
        age=case.age_at_contact,
        treated_as_child=case.treated_as_child,
        languages=tuple(dict.fromkeys(str(code) for code in spoken if code)),
        interpreter=case.interpreter,
        children=int(facts.get("children_with_person") or 0),
    )


def masked_preview(case: Case, *, urgency: str, kind: str = "", to: Organisation | None = None) -> dict[str, Any]:
    """What a desk sees before it answers: an allow-list of codes and bands (see domain.fitting.PREVIEW_KEYS).

    ``kind``: the kind of service; of the needs only this one and the urgent ones are shown.
    """
    needs = [need for need in case.needs.all() if need.met_on is None]
    if to is not None and to.sector == Organisation.Sector.IMMIGRATION:  # no claim is told there (rule LB-01)
        needs = [need for need in needs if need.kind not in labour.CLAIMS]
    safety = ["age_disputed"] if case.age_disputes.filter(decided_on=None).exists() else []
    if urgency == Referral.Urgency.IMMEDIATE:
        safety.append("danger_now")
    return preview(
        person_facts(case),
        needs=[need.kind for need in needs if need.kind == kind or need.urgent],
        urgent_needs=[need.kind for need in needs if need.urgent],
        urgency=urgency,
        safety=safety,
    )


def _ground(
    case: Case, to: Organisation, purpose: Purpose, compartments: Iterable[Compartment | str], at: datetime
) -> Consent | DisclosureOverride | None:
    try:
        return consents.ground_for(
            subject_id=case.pk, recipient_id=to.pk, purpose=purpose, compartments=list(compartments), on=at
        )
    except NeedsConsent:
        return None


def _free_condition(case: Case, seen: Picture, to: Organisation, service: Service | None) -> list[Condition]:
    """Only where a body is shut out of the case (WP-11), in neutral words; and never for a protected case, of which no
    desk sees anything (WP-10).
    """
    if case.protected:
        text = _("The case is not under witness protection")
        return [Condition("protected", text, False, _("Tell one person there the code; they ask to see the case."))]
    if service is not None and service.kind in labour.CLAIMS and to.sector == Organisation.Sector.IMMIGRATION:
        text = _("A claim out of labour goes to no immigration service")
        return [Condition("labour", text, False, _("Choose another desk or service."))]
    if to.pk not in seen.shut_out:
        return []
    return [Condition("free", _("This body can be asked in this case"), False, _("Choose another desk or service."))]


def _desk_condition(desk: Desk, kind: str) -> Condition:
    met = desk.open and kind in desk.receives
    todo: Text = _("Choose another desk or service.")
    if desk.redirects_to is not None:  # its body ended; the person is asked about the new one by name
        todo = _("The body has ended; its work went to %(desk)s. Ask the person about that body.") % {
            "desk": desk.redirects_to
        }
    return Condition("desk", _("The desk is open for this"), met, todo)


def _mandate_condition(to: Organisation, kind: str, at: datetime) -> list[Condition]:
    wanted = MANDATES.get(kind)
    if wanted is None:
        return []
    on = timezone.localdate(at)
    met = any(has_function(organisation_id=to.pk, function=function, on=on) for function in wanted)
    return [Condition("mandate", _("The body has the mandate for this"), met, _("Ask the body that has the mandate."))]


def _not_waiting(seen: Picture, to: Organisation, service: Service | None, kind: str) -> Condition:
    asked = any(
        (each == kind and which == service.pk) if service is not None else (each == kind and body == to.pk)
        for each, which, body in seen.waiting
    )
    text = _("It was not asked there already")
    return Condition("once", text, not asked, _("Wait for the answer, or withdraw the first one."))


def _need_condition(seen: Picture, kind: str) -> Condition:
    text = _("The person's own need for this is recorded")
    return Condition("need", text, kind in seen.needs, _("Ask the person, and record the need."))


def _consent_condition(ground: Consent | DisclosureOverride | None) -> Condition:
    return Condition(
        "consent",
        _("The person agreed that this organisation gets these parts of the file for this purpose"),
        ground is not None,
        _("Ask the person, and record the consent with this recipient, purpose and parts."),
    )


def _agreement_condition(
    case: Case,
    to: Organisation,
    purpose: Purpose,
    compartments: Iterable[Compartment | str],
    ground: Consent | DisclosureOverride | None,
    at: datetime,
    seen: Picture,
) -> Condition:
    """What agreements say (rule BO-02). A duty by law goes before an agreement, and says so."""
    if isinstance(ground, DisclosureOverride):
        return Condition("agreement", _("The law obliges to this; no agreement stands against it."), met=True)
    limit = sharing_limit(
        giver=case.organisation_id, receiver=to.pk, compartments=compartments, purpose=purpose,
        on=timezone.localdate(at), rules=seen.rules,
    )  # fmt: skip
    what_to_do = _("Share only what the agreement allows, or ask the co-ordinator to have it changed.")
    return Condition("agreement", limit.text, limit.allowed, what_to_do)

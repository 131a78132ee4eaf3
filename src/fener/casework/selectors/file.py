"""Everything that the page of a case shows, in a fixed number of queries.

Sealed words are named here and never opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, Q
from django.utils import timezone

from fener.casework import access
from fener.casework.domain.fitting import TOLD_WITH_A_REFERRAL
from fener.casework.models import (
    AgeDispute,
    Assessment,
    Case,
    CaseAssignment,
    Clock,
    InformationGiven,
    RefusalOfHelp,
    ReviewRequest,
    StatusDecision,
)
from fener.casework.selectors import cases, protection
from fener.casework.services.protection import two_person
from fener.network.models import Organisation
from fener.norms import fields
from fener.norms.gates import GateResult
from fener.trust import consent, vault
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.models import Consent, DisclosureOverride, SealedItem
from fener.trust.policy import Relationship
from fener.trust.purposes import Purpose


@dataclass(frozen=True)
class CompartmentShown:
    """One compartment as it looks from outside. ``may_open``: the role and a living key allow it."""

    compartment: Compartment
    version: int  # 0: nothing was sealed yet; the form starts from it
    changed_at: datetime | None
    may_open: bool
    may_save: bool
    by_two: bool = False  # opening it takes a second person


@dataclass(frozen=True)
class ConsentShown:
    """A consent with its sentence in the reader's language."""

    consent: Consent
    sentence: str
    live: bool
    recipient: str


@dataclass(frozen=True)
class OverrideShown:
    """A disclosure without consent: shown to everybody who works on the case, so that it can be told to the person."""

    override: DisclosureOverride
    recipient: str
    live: bool
    may_confirm: bool


@dataclass(frozen=True)
class CaseFile:
    """The case page.

    For the mechanism's co-ordinator everything below ``clocks`` is empty: facts and clocks, no file.
    """

    case: Case
    relationship: Relationship
    facts: Mapping[str, Any]
    clocks: tuple[Clock, ...]
    in_full: bool
    at: datetime
    compartments: tuple[CompartmentShown, ...] = ()
    assessments: tuple[Assessment, ...] = ()  # side by side, the person's own views among them, in order of time
    decisions: tuple[StatusDecision, ...] = ()
    consents: tuple[ConsentShown, ...] = ()
    overrides: tuple[OverrideShown, ...] = ()
    information: tuple[InformationGiven, ...] = ()
    age_disputes: tuple[AgeDispute, ...] = ()
    refusals: tuple[RefusalOfHelp, ...] = ()
    assignments: tuple[CaseAssignment, ...] = ()
    screened: bool | None = None  # by an authority

    @property
    def running(self) -> tuple[Clock, ...]:
        """Clocks that have not ended, the next one first."""
        return tuple(sorted((c for c in self.clocks if c.ended_at is None), key=lambda c: c.due_on))

    @property
    def removal_blocked_until(self) -> date | None:
        """Until which day nobody may remove the person; None when no such period runs."""
        end = protection.blocked_until(self.clocks, self.at)
        return timezone.localdate(end) if end else None

    @property
    def removal(self) -> GateResult:
        """What the gate ``removal`` says; somebody whom no authority has screened may not be removed either."""
        return protection.removal_gate(self.clocks, screened=self.screened, at=self.at)

    @property
    def open_dispute(self) -> AgeDispute | None:
        """The doubt about age that is not decided yet."""
        return next((d for d in self.age_disputes if d.decided_on is None), None)

    @property
    def own_views(self) -> tuple[Assessment, ...]:
        return tuple(a for a in self.assessments if a.by_person)

    @property
    def by_authorities(self) -> tuple[Assessment, ...]:
        return tuple(a for a in self.assessments if not a.by_person)


def file(actor: Actor, code: str, *, at: datetime | None = None) -> CaseFile:
    """The page of a case. At most 20 queries. Raises Refused (hidden) for a case that the actor does not see.

    A recipient sees what concerns its own work: not the sentences of others, what others think of the person only
    where the person agreed that it assesses or decides, and of the facts those that its desk saw before it accepted
    unless the person lets it read what happened; an immigration service never more than those.
    """
    at = at or timezone.now()
    case, found = cases.get_with_all(actor, code, at=at)
    relationship = access.require(actor, access.READ, found)
    clocks = tuple(Clock.objects.filter(case=case).order_by("due_on"))
    facts = fields.facts_shown(case.facts)
    if access.allowed(actor, access.READ_FILE, found) is None:
        return CaseFile(case, relationship, facts, clocks, in_full=False, at=at)
    immigration = relationship is Relationship.REFERRED_TO and access.works_on_immigration(actor.keeper_id)
    whole = access.holds(actor, case) or (not immigration and _asked_to_identify(actor, case, at))
    part = Q() if whole else Q(organisation_id=actor.keeper_id)
    assessments = tuple(_assessments(case).filter(part))
    part_of_refusals = Q() if whole else Q(recorded_by_id=actor.user_id)
    agreed, obliged = tuple(_consents(actor, case, at)), tuple(_overrides(actor, case, found, at))
    if immigration or (not whole and not _told_the_story(agreed, obliged)):  # nothing of labour (rule LB-01)
        facts = {code: value for code, value in facts.items() if code in TOLD_WITH_A_REFERRAL}
    return CaseFile(
        case,
        relationship,
        facts,
        clocks,
        in_full=True,
        at=at,
        compartments=_compartments(actor, case, found, at),
        assessments=assessments,
        decisions=tuple(_decisions(case).filter(part)),
        consents=agreed,
        overrides=obliged,
        information=tuple(case.information_given.select_related("told_by").order_by("told_on", "pk")),
        age_disputes=tuple(case.age_disputes.select_related("raised_by", "decided_by", "evidence", "result_reasons")),
        refusals=tuple(
            case.refusals.filter(part_of_refusals).select_related("recorded_by", "reason").order_by("refused_on", "pk")
        ),
        assignments=tuple(case.assignments.filter(until__isnull=True).select_related("user")),
        screened=protection.is_screened(case, all_assessments=assessments if whole else None),
    )


def _compartments(
    actor: Actor, case: Case, found: frozenset[Relationship], at: datetime
) -> tuple[CompartmentShown, ...]:
    rows = SealedItem.objects.filter(subject_id=case.pk, slot="main").annotate(by_two=two_person.marked(case))
    items = {item.compartment: item for item in vault.with_grants(rows.defer("ciphertext"))}
    shown = []
    for part in Compartment:
        item = items.get(part.value)
        opens = access.allowed(actor, "compartment.open", found, compartment=part) is not None
        shown.append(
            CompartmentShown(
                compartment=part,
                version=item.version if item else 0,
                changed_at=item.changed_at if item else None,
                may_open=bool(item and opens and vault.may_open(actor, item, at)),
                may_save=access.allowed(actor, "compartment.save", found, compartment=part) is not None,
                by_two=bool(getattr(item, "by_two", False)),
            )
        )
    return tuple(shown)


def _asked_to_identify(actor: Actor, case: Case, at: datetime) -> bool:
    """Whether the person lets the actor's organisation assess the situation or decide on the status."""
    return (
        consent.covering(
            subject_id=case.pk, recipient_id=actor.keeper_id, purpose=Purpose.IDENTIFICATION, compartments=(), on=at
        )
        is not None
        if actor.keeper_id
        else False
    )


def _told_the_story(agreed: Iterable[ConsentShown], obliged: Iterable[OverrideShown]) -> bool:
    """Whether a living ground of the recipient's own names what happened. How somebody was exploited is that story in
    codes: beside a name it is no pseudonymous fact any more.
    """
    grounds = [one.consent.compartments for one in agreed if one.live]
    grounds += [one.override.compartments for one in obliged if one.live]
    return any(Compartment.NARRATIVE in parts for parts in grounds)


def _assessments(case: Case) -> Any:
    return case.assessments.select_related("organisation", "assessor", "reasons", "earlier").order_by(
        "assessed_on", "recorded_at"
    )


def _decisions(case: Case) -> Any:
    return (
        case.status_decisions.select_related("organisation", "decided_by", "mandate", "reasons", "review_of")
        .prefetch_related(
            Prefetch("considered", Assessment.objects.select_related("organisation")),
            Prefetch("review_requests", ReviewRequest.objects.select_related("recorded_by", "outcome")),
        )
        .order_by("decided_on", "recorded_at")
    )


def _mine(actor: Actor, case: Case) -> Q:
    """The holder sees every sentence; a recipient its own."""
    return Q() if access.holds(actor, case) else Q(recipient_id=actor.keeper_id)


def _consents(actor: Actor, case: Case, at: datetime) -> list[ConsentShown]:
    rows = (
        Consent.objects.filter(_mine(actor, case), subject_id=case.pk)
        .select_related("recipient__organisation", "holder__organisation", "recorded_by")
        .order_by("given_on", "recorded_at")
    )
    return [
        ConsentShown(row, consent.sentence(row), consent.is_live(row, at), _name(row.recipient.organisation))
        for row in rows
    ]


def _overrides(actor: Actor, case: Case, found: frozenset[Relationship], at: datetime) -> list[OverrideShown]:
    rows = (
        DisclosureOverride.objects.filter(_mine(actor, case), subject_id=case.pk)
        .select_related("recipient__organisation", "requested_by", "confirmed_by")
        .order_by("requested_at")
    )
    may = access.allowed(actor, "override.confirm", found) is not None
    return [
        OverrideShown(
            row,
            _name(row.recipient.organisation),
            consent.override_is_live(row, at),
            may_confirm=may and row.confirmed_at is None and row.requested_by_id != actor.user_id,
        )
        for row in rows
    ]


def _name(organisation: Organisation) -> str:
    return organisation.short_name or organisation.name

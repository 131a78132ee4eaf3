"""Assessments by authorities, each beside the others, and the person's own view beside all of them (rule ID-17).

Nothing here changes an assessment: a later look is a new one that points at the earlier. A downgrade, an opinion, a
screening's suggestion: none sets a status (rule ID-13); that is ``decisions``.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.domain import elements as el
from fener.casework.domain import own_view
from fener.casework.models import Assessment, Case, Referral
from fener.casework.services.information import require_told
from fener.casework.services.notes import seal_words
from fener.network.mandates import require_function
from fener.norms import status
from fener.norms.facts_input import InputError
from fener.norms.packs import load_packs
from fener.norms.qualify import qualify
from fener.trust import audit
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput
from fener.trust.policy import Relationship
from fener.trust.standing import node_level

ASSESSING = (Referral.Kind.ASSESSMENT, Referral.Kind.DECISION)


@node_level(reason="whoever assesses or decides weighs all that was assessed")
@transaction.atomic
def record_assessment(
    *,
    actor: Actor,
    opinion: str,
    elements: Mapping[str, Mapping[str, Mapping[str, Any]]],
    reasons: str,
    case: Case | None = None,
    referral: Referral | None = None,
    assessed_on: date | None = None,
    more_facts: Mapping[str, Any] | None = None,
    at: datetime | None = None,
) -> Assessment:
    """Record what the actor's organisation sees in a case of its own, or in a referral that its desk accepted.

    ``opinion``: code of the status ladder. ``elements``: {"acts" | "means" | "purposes": {code: {"answer":
    yes|no|unknown, "confidence": low|medium|high, "evidence": [codes of vocabulary evidence_type]}}}.
    ``more_facts``: other sections of a facts file (forced_labour, debt, movement, smuggling). ``reasons`` are sealed
    for the author's organisation and the one that keeps the case. What norms answers is kept with
    its rules and versions. Needs the mandate to assess on that day (rule ID-19).
    Raises GateClosed (the person was not told, CO-01; a child recorded as agreeing, CH-02), InvalidInput, Refused.
    """
    at = at or timezone.now()
    case, relationship = _subject(actor, "assessment.record", case, referral, at)
    assessed_on = assessed_on or timezone.localdate(at)
    require_function(actor=actor, function="assess", on=assessed_on)
    require_told(case)
    _check(opinion=opinion, reasons=reasons, on=assessed_on, today=timezone.localdate(at))
    clean = el.clean(elements)
    facts = el.as_facts(clean, case=case, more=more_facts or {})
    el.refuse_consenting_child(facts, child=case.treated_as_child)
    try:
        answer = qualify(facts)
    except InputError as error:
        raise InvalidInput({"elements": str(error)}) from error
    row = Assessment(
        id=uuid.uuid4(),
        case=case,
        organisation_id=actor.keeper_id,
        assessor_id=access.user_id(actor),
        assessed_on=assessed_on,
        opinion=opinion,
        elements=clean,
        qualification={**answer.to_json(), "asked": {key: value for key, value in facts.items() if key not in clean}},
        criteria_version=criteria_version(),
        referral=referral,
        earlier=_earlier(case, actor, by_person=False),
    )
    return _store(actor, row, reasons, relationship)


@node_level(reason="whoever assesses or decides weighs all that was assessed")
@transaction.atomic
def record_own_view(
    *,
    actor: Actor,
    view: str,
    words: str = "",
    case: Case | None = None,
    referral: Referral | None = None,
    said_on: date | None = None,
    at: datetime | None = None,
) -> Assessment:
    """Record how the person sees it: a code of ``domain.own_view`` and, sealed, the person's own words.

    It stands beside the authorities' assessments and is changed by nobody; a later view is a new one. Raises
    InvalidInput, Refused.
    """
    at = at or timezone.now()
    case, relationship = _subject(actor, "own_view.record", case, referral, at)
    said_on = said_on or timezone.localdate(at)
    if view not in own_view.OWN_VIEW:
        raise InvalidInput({"view": _("Choose one of the answers.")})
    if said_on > timezone.localdate(at):
        raise InvalidInput({"said_on": _("This date lies in the future.")})
    row = Assessment(
        id=uuid.uuid4(),
        case=case,
        by_person=True,
        organisation_id=actor.keeper_id,
        assessor_id=access.user_id(actor),
        assessed_on=said_on,
        opinion=view,
        criteria_version="own_view",
        referral=referral,
        earlier=_earlier(case, actor, by_person=True),
    )
    return _store(actor, row, words, relationship)


def criteria_version() -> str:
    """The definition that norms applies, with its version."""
    pack = load_packs().get("definition", "palermo")
    return f"{pack.id} {pack.version}"


def independent(assessments: Iterable[Assessment]) -> list[Assessment]:
    """Those that rule ID-18 asks for: by a trained assessor of a body that helps, not of law enforcement."""
    return [a for a in assessments if not a.by_person and el.counts_as_independent(a.organisation)]


def _subject(
    actor: Actor, act: str, case: Case | None, referral: Referral | None, at: datetime
) -> tuple[Case, Relationship]:
    """The case, and how the actor stands to it.

    By their own organisation, or by a referral that asks for an assessment.
    """
    if referral is not None:
        found = access.referral_relationships(actor, referral, at=at)
        if referral.kind not in ASSESSING:
            found = frozenset({Relationship.NONE})
        relationship = access.require(actor, act, found)
        access.take_turn(referral.case_id)
        return referral.case, relationship
    if case is None:
        raise TypeError("an assessment is of a case or of a referral")
    # A referral for a service makes nobody an assessor: from outside, only the referral that asks for it counts.
    found = access.relationships(actor, case, at=at) - {Relationship.REFERRED_TO}
    relationship = access.require(actor, act, found or {Relationship.NONE})
    access.take_turn(case.pk)
    return case, relationship


def _check(*, opinion: str, reasons: str, on: date, today: date) -> None:
    errors: dict[str, Any] = {}
    if opinion not in status.ladder().codes():
        errors["opinion"] = _("Choose one of the answers.")
    if not reasons.strip():
        errors["reasons"] = _("Write why. Without reasons nobody can weigh it beside the others.")
    if on > today:
        errors["assessed_on"] = _("This date lies in the future.")
    if errors:
        raise InvalidInput(errors)


def _earlier(case: Case, actor: Actor, *, by_person: bool) -> Assessment | None:
    rows = Assessment.objects.filter(case=case, by_person=by_person)
    if not by_person:
        rows = rows.filter(organisation_id=actor.keeper_id)
    return rows.order_by("-recorded_at").first()


def _store(actor: Actor, row: Assessment, words: str, relationship: Relationship) -> Assessment:
    case, act = row.case, "own_view.record" if row.by_person else "assessment.record"
    row.reasons = seal_words(
        actor=actor, case=case, slot=f"assessment:{row.pk}", words=words, also_for=[actor.keeper_id]
    )
    row.save(force_insert=True)
    audit.record(
        actor=actor,
        act=act,
        chain=("case", case.pk),
        subject_type="assessment",
        subject_id=row.pk,
        detail={
            "opinion": row.opinion,
            "criteria": row.criteria_version,
            "as": relationship,
            "referral": row.referral_id,
            "earlier": row.earlier_id,
        },
    )
    return row


def considered_by_default(case: Case) -> Sequence[Assessment]:
    """Everything that stands in the case, for a decision to weigh."""
    return list(Assessment.objects.filter(case=case).select_related("organisation"))

"""A journey before the departure: asked for, told, assessed, decided by the person, prepared (RT-02, RT-03, RT-04)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.domain.returns.journey_states import ASSESS, DECIDE, DECLINE, JOURNEY, PREPARE, STOP, TELL
from fener.casework.models import Case
from fener.casework.models.returns.journey import VOLUNTARY, Journey
from fener.casework.services.returns.common import RECORD, begin, finish, keep, known, past, seal
from fener.casework.services.returns.departing import TOLD, level_there
from fener.network.models import Agreement, Organisation
from fener.norms.alternatives import alternatives_for
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput

__all__ = ["RECORD", "Prepared", "Told", "assess", "decide", "decline", "prepare", "protect", "request", "stop", "tell"]

NOT_ASSESSED = _(
    "First assess the dangers under Safety, people there who recruit among them; the assessment must not be due again."
)


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the person was told, and what they said to each alternative (kind → code of ``alternative_answer``)."""

    items: Sequence[str]
    language: str
    on: date
    alternatives: Mapping[str, str]
    interpreter: str = ""


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """Papers, who goes along, who receives the person, what they live on there (``plan``, sealed)."""

    papers: Sequence[str] = ()
    escort: str = "none"
    provider_id: UUID | None = None
    provider_elsewhere: bool = False
    plan: str = ""
    belongings: str = ""
    tests: str = ""
    departs_on: date | None = None
    agreement: Agreement | None = None


@transaction.atomic
def request(*, actor: Actor, case: Case, kind: str, country: str, on: date, words: str = "") -> Journey:
    """The person asked to go. A request decides nothing. Raises Refused, InvalidInput."""
    access.require_on_case(actor, "journey.request", case)
    if kind not in VOLUNTARY:
        raise InvalidInput({"kind": _("Choose what the person asks for.")})
    journey = Journey(
        case=case,
        kind=kind,
        state=JOURNEY.start,
        country=known("countries", country, field="country"),
        since=past(on),
        as_child=case.treated_as_child,
        recorded_by_id=access.user_id(actor),
    )
    journey.words = seal(actor, journey, "words", words)
    journey.save(force_insert=True)
    keep(actor, journey, "journey.request", {})
    return journey


@transaction.atomic
def tell(*, actor: Actor, journey: Journey, told: Told) -> Journey:
    """Rights, options and consequences were told, and every alternative was gone through (RT-04).

    Raises Refused, InvalidInput, NotPossibleNow.
    """
    current, to = begin(actor, journey, "journey.prepare", TELL)
    listed = alternatives_for(settings.FENER_JURISDICTION, told.on)
    if any(not told.alternatives.get(one.kind) for one in listed):
        raise InvalidInput({"": _("Write down what the person said to each alternative.")})
    answers = {one.kind: told.alternatives[one.kind] for one in listed}
    for kind, answer in answers.items():
        known("alternative_answer", answer, field=kind)
    current.told = [item for item in TOLD if item in told.items]
    current.told_on, current.told_language = past(told.on), known("languages", told.language, field="language")
    current.told_interpreter = told.interpreter.strip()
    current.alternatives, current.alternatives_version = answers, listed[0].version
    current.state = to
    return finish(actor, current, "journey.prepare", TELL, {"items": current.told})


@transaction.atomic
def assess(*, actor: Actor, journey: Journey, allows: bool, on: date, words: str = "") -> Journey:
    """What the dangers that were assessed mean for this journey. ``allows``: whether they let the person go.

    The level is that of the assessment in force on the day (rule WP-01). Raises Refused, InvalidInput.
    """
    current, to = begin(actor, journey, "journey.prepare", ASSESS)
    level = level_there(current.case, past(on))
    if level is None:
        raise InvalidInput({"on": NOT_ASSESSED})
    current.risk_level, current.risk_on = level, on
    current.risk_allows, current.state = allows, to
    current.risk_words = seal(actor, current, "risk", words) or current.risk_words
    return finish(actor, current, "journey.prepare", ASSESS, {"level": level, "allows": allows})


@transaction.atomic
def decide(
    *, actor: Actor, journey: Journey, on: date, by_guardian: bool = False, heard_on: date | None = None, words: str
) -> Journey:
    """The person decided to go; for a child the guardian, with the child heard. Raises Refused, InvalidInput."""
    current, to = begin(actor, journey, "journey.decide", DECIDE)
    if by_guardian != current.as_child:
        raise InvalidInput({"by_guardian": _("A grown person decides alone; for a child the guardian decides.")})
    if current.as_child and heard_on is None:
        raise InvalidInput({"heard_on": _("Say when the child was heard.")})
    if not words.strip():
        raise InvalidInput({"words": _("Write down the decision in the person's own words.")})
    current.decision, current.decided_on, current.decided_by_guardian = "go", past(on), by_guardian
    current.heard_on = past(heard_on, field="heard_on") if heard_on else current.heard_on
    current.decision_words, current.state = seal(actor, current, "decision", words), to
    return finish(actor, current, "journey.decide", DECIDE, {"guardian": by_guardian})


@transaction.atomic
def decline(*, actor: Actor, journey: Journey, reason: str, on: date, words: str = "") -> Journey:
    """The person does not want to go (any more). It ends no help. Raises Refused, InvalidInput, NotPossibleNow."""
    current, to = begin(actor, journey, "journey.decide", DECLINE)
    current.refusal = known("return_refusal", reason, field="reason")
    current.decision, current.decided_on, current.state = "stay", past(on), to
    current.ended_on = current.decided_on
    current.decision_words = seal(actor, current, "decision", words) or current.decision_words
    return finish(actor, current, "journey.decide", DECLINE, {"reason": reason})


@transaction.atomic
def prepare(*, actor: Actor, journey: Journey, prepared: Prepared) -> Journey:
    """Papers, escort, who receives the person, belongings, medical results. Raises Refused, InvalidInput."""
    current, to = begin(actor, journey, "journey.prepare", PREPARE)
    if prepared.provider_elsewhere and not (prepared.plan.strip() or current.plan_id):
        raise InvalidInput({"plan": _("Name the service that receives the person.")})
    if prepared.provider_id is not None:
        access.require_free(current.case, field="provider", organisation_id=prepared.provider_id)
        if not Organisation.objects.filter(pk=prepared.provider_id).exists():
            raise InvalidInput({"provider": _("Choose one of the list.")})
    current.papers = [known("travel_paper", code, field="papers") for code in prepared.papers]
    current.escort = known("escort_kind", prepared.escort, field="escort")
    current.provider_id, current.provider_elsewhere = prepared.provider_id, prepared.provider_elsewhere
    current.plan = seal(actor, current, "plan", prepared.plan) or current.plan
    current.belongings, current.tests, current.departs_on = prepared.belongings, prepared.tests, prepared.departs_on
    current.agreement = prepared.agreement or current.agreement
    current.state = to
    return finish(actor, current, "journey.prepare", PREPARE, {"papers": current.papers})


@transaction.atomic
def protect(
    *,
    actor: Actor,
    journey: Journey,
    authority_confirmed_on: date | None,
    follow_up_on: date | None,
) -> Journey:
    """What a child needs before it may go (CH-08); days that are not given stay open. Raises Refused, InvalidInput.

    That it was heard, and what a panel decided, stands under Children alone: nobody types it here.
    """
    access.require_on_case(actor, "journey.prepare", journey.case)
    current = Journey.objects.get(pk=journey.pk)
    current.case = journey.case
    if current.departed_on is not None or current.ended_on is not None:
        raise InvalidInput({"": _("It is too late to change this.")})
    day = authority_confirmed_on
    current.authority_confirmed_on = past(day, field="authority_confirmed_on") if day else None
    current.follow_up_on = follow_up_on
    return finish(actor, current, "journey.prepare", "protect")


@transaction.atomic
def stop(*, actor: Actor, journey: Journey, on: date | None = None) -> Journey:
    """It does not go on: it was called off. Raises Refused, NotPossibleNow."""
    current, to = begin(actor, journey, "journey.prepare", STOP)
    current.state, current.ended_on = to, past(on or timezone.localdate())
    return finish(actor, current, "journey.prepare", STOP)

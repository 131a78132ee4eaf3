"""Assessments of danger: the highest finding counts, only a review lowers it, and each sets the next review (WP-01)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models import Case
from fener.casework.models.safety.risk import RiskAssessment
from fener.casework.services import lines
from fener.casework.services.children.common import CHOOSE, Errors, check_code, check_day, keep, raise_any
from fener.casework.services.facts import lock_case
from fener.casework.services.notes import seal_words
from fener.casework.services.safety.standing import NONE, PERSON
from fener.norms import clocks as norms_clocks
from fener.norms.path.risk import RiskFinding, aggregate, levels
from fener.norms.vocab import vocabulary
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment

RECORD, PLAN = "safety.risks", "safety.plan"
MOST = 20  # relatives of one kind


@dataclass(frozen=True, kw_only=True)
class RiskTerms:
    """What was asked and found. ``answers``: kind of risk → level or ``none``; what was not asked is left out.

    ``review_on``: earlier than the rule says, or None. ``own_level``, ``own_words``: how the person sees it.
    """

    assessed_on: date
    answers: Mapping[str, str] = field(default_factory=dict)
    subject: str = PERSON
    which: int = 1
    is_review: bool = False
    review_on: date | None = None
    words: str = ""
    own_level: str = ""
    own_words: str = ""


@transaction.atomic
def record_risk(*, actor: Actor, case: Case, terms: RiskTerms) -> RiskAssessment:
    """Assess the danger for the person or a relative. The level of an earlier assessment stands until a review lowers
    it; the next review is due by the level, or earlier. Raises Refused, InvalidInput.
    """
    access.require_on_case(actor, "risk.record", case)
    lock_case(case)
    last = RiskAssessment.objects.filter(case=case, subject=terms.subject, which=terms.which).order_by("-turn").first()
    _check(terms, last)
    found = aggregate(
        (RiskFinding(kind, level) for kind, level in terms.answers.items() if level != NONE),
        earlier=(last.level or None) if last else None,
        reviewed=terms.is_review,
    )
    made = RiskAssessment(
        case=case,
        subject=terms.subject,
        which=terms.which,
        turn=last.turn + 1 if last else 1,
        answers=dict(terms.answers),
        level=found.level or "",
        held_up=found.held_up,
        is_review=terms.is_review,
        own_level=terms.own_level,
        assessed_on=terms.assessed_on,
        review_on=_review_on(terms, found.level),
        recorded_by_id=access.user_id(actor),
    )
    made.words, made.own_words = (
        seal_words(
            actor=actor,
            case=case,
            slot=f"risk:{made.pk}{end}",
            words=words,
            also_for=[actor.keeper_id],
            compartment=Compartment.LEGAL,
        )
        for end, words in (("", terms.words), (":own", terms.own_words))
    )
    made.save(force_insert=True)
    lines.refresh(case, RECORD, PLAN)
    keep(
        actor, "risk.record", case, made.pk, "risk",
        whose=made.subject, which=made.which, level=made.level, review=made.is_review, due=made.review_on,
    )  # fmt: skip
    return made


def review_due(level: str | None, assessed_on: date) -> date:
    """The last day of the next review, by the level; where nothing was found, as for the lowest."""
    due = norms_clocks.due(
        "risk_review",
        jurisdiction=settings.FENER_JURISDICTION,
        start=assessed_on,
        facts={"kind": level or levels()[0]},
    )
    if due.end is None:
        raise ValueError("the clock risk_review has no length")
    return due.end.date() if isinstance(due.end, datetime) else due.end


def check_subject(errors: Errors, subject: str, which: int) -> None:
    """Somebody of the list; there is one person."""
    check_code(errors, "subject", subject, "risk_subject")
    if not 1 <= which <= MOST or (subject == PERSON and which != 1):
        errors["which"] = _("There is one person. Count relatives from 1.")


def _review_on(terms: RiskTerms, level: str | None) -> date:
    latest = review_due(level, terms.assessed_on)
    if terms.review_on is None:
        return latest
    if not terms.assessed_on < terms.review_on <= latest:
        raise_any({"review_on": _("Choose a day after the assessment, and at the latest %(day)s.") % {"day": latest}})
    return terms.review_on


def _check(terms: RiskTerms, last: RiskAssessment | None) -> None:
    errors: Errors = {}
    check_subject(errors, terms.subject, terms.which)
    check_day(errors, "assessed_on", terms.assessed_on)
    if last is not None and terms.assessed_on < last.assessed_on:
        errors["assessed_on"] = _("A later assessment stands already.")
    for kind, level in terms.answers.items():
        if kind not in vocabulary("risk_kind") or level not in (NONE, *levels()):
            errors[f"risk_{kind}"] = CHOOSE
    if not terms.answers:
        errors["assessed_on"] = _("Ask about at least one danger.")
    if terms.own_level and terms.own_level not in levels():
        errors["own_level"] = CHOOSE
    if terms.is_review and last is None:
        errors["is_review"] = _("There is no earlier assessment that could be reviewed.")
    if terms.is_review and not terms.words.strip():
        errors["words"] = _("Write what has changed, and who says so.")
    raise_any(errors)

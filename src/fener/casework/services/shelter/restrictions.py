"""Restrictions of a resident (rule SH-01): never without ground, author, the person's answer, an end and a review.

Locking in is none of them: whoever tries to record it is refused, and the attempt is an incident.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models.shelter.restriction import StayRestriction
from fener.casework.models.shelter.stay import ShelterStay
from fener.casework.selectors.colleagues import colleagues
from fener.casework.selectors.shelter.reach import require_reach
from fener.casework.services import lines
from fener.casework.services.children.common import Errors, check_code, check_day, keep, raise_any
from fener.casework.services.gated import require_open
from fener.casework.services.safety.common import last_day, seal
from fener.norms.vocab import vocabulary
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone
from fener.trust.models import User

RECORD, REVIEW = "shelter.restrictions", "restriction_review"
AGREED = "agreed"  # of restriction_ground: the one that needs no law named, and the person's yes


@dataclass(frozen=True, kw_only=True)
class RestrictionTerms:
    """``words``: which law, order or rule, or what danger. ``locks_in``: whether it keeps the person from leaving the
    house at any hour (None: nobody knows, which refuses). None or empty text elsewhere: not known, which refuses.
    """

    kind: str
    since: date
    ground: str = ""
    words: str = ""
    decided_by: User | None = None
    answer: str = ""
    until: date | None = None
    review_on: date | None = None
    locks_in: bool | None = None


@transaction.atomic
def record_restriction(*, actor: Actor, stay: ShelterStay, terms: RestrictionTerms) -> StayRestriction:
    """Restrict a resident, until a day and under review. Raises Refused, InvalidInput, GateClosed, AlreadyDone."""
    case = stay.case
    access.require_on_case(actor, "stay_restriction.record", case)
    current = ShelterStay.objects.select_for_update(of=("self",)).select_related("shelter").get(pk=stay.pk)
    current.case = case
    require_reach(actor, "stay_restriction.record", current)
    if current.ended_on is not None:
        raise AlreadyDone(str(current.pk), _("This stay has ended already."))
    _check(current, terms)
    if terms.locks_in:
        require_open("locking_in", {}, actor=actor, case=case, about=current.pk, day=terms.since)
    require_open("restriction", _facts(actor, terms), actor=actor, case=case, about=current.pk, day=terms.since)
    made = StayRestriction(
        case=case,
        stay=current,
        recorded_by_id=access.user_id(actor),
        **{name: value for name, value in vars(terms).items() if name not in {"words", "locks_in"}},
    )
    made.ground_words = seal(actor, case, f"restriction:{made.pk}", terms.words)
    made.save(force_insert=True)
    lines.refresh(case, RECORD)
    keep(
        actor, "stay_restriction.record", case, made.pk, "stay_restriction",
        kind=made.kind, ground=made.ground, answer=made.answer, until=made.until, review=made.review_on,
    )  # fmt: skip
    return made


@transaction.atomic
def review_restriction(
    *, actor: Actor, restriction: StayRestriction, on: date, answer: str, review_on: date
) -> StayRestriction:
    """It was looked at again, with the person, and still stands until its end. Raises as record_restriction."""
    current = _running(actor, "stay_restriction.review", restriction)
    errors: Errors = {}
    check_day(errors, "on", on, not_before=max(current.since, current.reviewed_on or current.since))
    if on > current.until:
        errors["on"] = _("On that day it was over: record its end.")
    if answer not in StayRestriction.Answer.values:
        errors["answer"] = _("Choose one of the list.")
    elif current.ground == AGREED and answer != StayRestriction.Answer.AGREES:
        errors["answer"] = _("It stood on the person's agreement alone: record its end.")
    if not on < review_on <= current.until:
        errors["review_on"] = _("Choose a day after this review and not after the last day.")
    else:
        _check_interval(errors, review_on, after=on)
    raise_any(errors)
    current.reviewed_on, current.answer, current.review_on = on, answer, review_on
    current.save(update_fields=["reviewed_on", "answer", "review_on"])
    lines.refresh(current.case, RECORD)
    keep(
        actor, "stay_restriction.review", current.case, current.pk, "stay_restriction",
        on=on, answer=answer, review=review_on,
    )  # fmt: skip
    return current


@transaction.atomic
def end_restriction(*, actor: Actor, restriction: StayRestriction, on: date) -> StayRestriction:
    """It ended, on its last day or before. Raises Refused, InvalidInput, AlreadyDone."""
    current = _running(actor, "stay_restriction.end", restriction)
    errors: Errors = {}
    check_day(errors, "on", on, not_before=current.since)
    if on > current.until:
        errors["on"] = _("It was in force until its last day at the latest: choose that day or an earlier one.")
    raise_any(errors)
    _end(current, on)
    lines.refresh(current.case, RECORD)
    keep(actor, "stay_restriction.end", current.case, current.pk, "stay_restriction", on=on)
    return current


def end_with_the_stay(stay: ShelterStay, on: date) -> None:
    """Whoever has left is not restricted any more. Inside the transaction that ends the stay."""
    rows = StayRestriction.objects.filter(stay=stay, ended_on__isnull=True)
    for row in rows.select_for_update():
        _end(row, on)
    lines.refresh(stay.case, RECORD)


def _end(row: StayRestriction, on: date) -> None:
    row.ended_on = min(max(on, row.since), row.until)
    row.save(update_fields=["ended_on"])


def _running(actor: Actor, act: str, restriction: StayRestriction) -> StayRestriction:
    access.require_on_case(actor, act, restriction.case)
    rows = StayRestriction.objects.select_for_update(of=("self",)).select_related("stay__shelter")
    current = rows.get(pk=restriction.pk)
    current.case = current.stay.case = restriction.case
    require_reach(actor, act, current.stay)
    if current.ended_on is not None:
        raise AlreadyDone(str(current.pk), _("This restriction has ended already."))
    return current


def _check(stay: ShelterStay, terms: RestrictionTerms) -> None:
    """What is no matter of the gate: codes of lists, days in their order, nothing twice."""
    errors: Errors = {}
    check_code(errors, "kind", terms.kind, "restriction_kind")
    check_day(errors, "since", terms.since, not_before=stay.since)
    if terms.until is not None and terms.until < terms.since:
        errors["until"] = _("This day lies before the beginning.")
    elif terms.until is not None and stay.limit_on is not None and terms.until > stay.limit_on:
        errors["until"] = _("The stay itself ends before that day.")
    if terms.review_on is not None and not terms.since <= terms.review_on <= (terms.until or terms.review_on):
        errors["review_on"] = _("Choose a day while the restriction lasts.")
    elif terms.review_on is not None:
        _check_interval(errors, terms.review_on, after=terms.since)
    same = StayRestriction.objects.filter(stay=stay, kind=terms.kind, ended_on__isnull=True)
    if same.filter(until__gte=terms.since).exists():
        errors["kind"] = _("This restriction stands already. Review it or record its end.")
    raise_any(errors)


def _check_interval(errors: Errors, review_on: date, *, after: date) -> None:
    """A review far away is none: from one look to the next no more than the clock of the pack."""
    latest = last_day(REVIEW, after)
    if review_on > latest:
        errors["review_on"] = _("Too late: the review is due on %(day)s at the latest.") % {"day": date_format(latest)}


def _facts(actor: Actor, terms: RestrictionTerms) -> dict[str, bool | None]:
    agreed = terms.answer == StayRestriction.Answer.AGREES
    named = agreed if terms.ground == AGREED else bool(terms.words.strip())
    author = terms.decided_by
    return {
        "legal_ground": terms.ground in vocabulary("restriction_ground") and named,
        "author_named": author is not None and colleagues(actor, terms.since).filter(pk=author.pk).exists(),
        "persons_answer": terms.answer in StayRestriction.Answer.values,
        "end_and_review_date": terms.until is not None and terms.review_on is not None,
        "is_not_locking_in": None if terms.locks_in is None else not terms.locks_in,
    }

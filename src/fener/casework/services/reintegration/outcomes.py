"""Outcomes at the intervals of the pack, and causes of a failed case (rules RI-07, AC-09)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models import Case
from fener.casework.models.reintegration.outcome import AREAS, FailedCase, Outcome
from fener.casework.models.returns.journey import Journey
from fener.casework.models.shelter.stay import ShelterStay
from fener.casework.services import lines
from fener.casework.services.children.common import CHOOSE, Errors, check_code, check_day, keep, raise_any
from fener.casework.services.notes import seal_words
from fener.casework.services.returns.recontact import require_agreed
from fener.norms import clocks
from fener.norms.packs import load_packs
from fener.norms.path import outcomes
from fener.norms.vocab import vocabulary
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, InvalidInput

RECORD = "reintegration.outcomes"
CLOCK = "outcome_measured"


@dataclass(frozen=True, kw_only=True)
class OutcomeTerms:
    """How the person lives on a day. ``areas``: a code for each area; ``channel`` and ``safe_time``: of a contact."""

    on: date
    how: str
    areas: Mapping[str, str]
    in_programme: bool
    own_view: str
    reasons: Collection[str] = ()
    channel: str = ""
    safe_time: bool = False
    words: str = ""


@transaction.atomic
def record_outcome(*, actor: Actor, case: Case, terms: OutcomeTerms) -> Outcome:
    """What became of the person, at the last interval that was reached by that day. Whoever left is asked only as they
    agreed (gate recontact). Raises Refused, GateClosed, InvalidInput, AlreadyDone (this interval is recorded).
    """
    access.require_on_case(actor, "outcome.record", case)
    _check(terms)
    since, months = _place(case, terms.on)
    if terms.how == Outcome.How.CONTACTED:
        require_agreed(actor, case, on=terms.on, channel=terms.channel, safe_time=terms.safe_time)
    if Outcome.objects.filter(case=case, since=since, months=months).exists():
        raise AlreadyDone(str(case.pk), _("What became of the person is recorded for this interval."))
    made = Outcome(
        case=case,
        since=since,
        months=months,
        on=terms.on,
        how=terms.how,
        in_programme=terms.in_programme,
        own_view=terms.own_view,
        reasons=sorted(terms.reasons),
        recorded_by_id=access.user_id(actor),
        **terms.areas,
    )
    made.words = seal_words(
        actor=actor, case=case, slot=f"outcome:{made.pk}", words=terms.words, also_for=[actor.keeper_id]
    )
    made.save(force_insert=True)
    lines.refresh(case, RECORD)
    keep(actor, "outcome.record", case, made.pk, "outcome", months=months, on=made.on, how=made.how)
    return made


@transaction.atomic
def tag_failure(*, actor: Actor, case: Case, cause: str, on: date, words: str = "") -> FailedCase:
    """Say why a case failed (list ``failure_cause``). Raises Refused, InvalidInput, AlreadyDone."""
    access.require_on_case(actor, "failure.tag", case)
    errors: Errors = {}
    check_code(errors, "cause", cause, "failure_cause")
    check_day(errors, "on", on)
    raise_any(errors)
    if FailedCase.objects.filter(case=case, cause=cause).exists():
        raise AlreadyDone(str(case.pk), _("This cause is recorded."))
    made = FailedCase(case=case, cause=cause, on=on, recorded_by_id=access.user_id(actor))
    made.words = seal_words(actor=actor, case=case, slot=f"failure:{made.pk}", words=words, also_for=[actor.keeper_id])
    made.save(force_insert=True)
    lines.refresh(case, RECORD)
    keep(actor, "failure.tag", case, made.pk, "failed_case", cause=cause, on=on)
    return made


def starts(case: Case, on: date | None = None) -> date | None:
    """From when months are counted: the last end of a stay or confirmed arrival (by ``on``)."""
    stays = ShelterStay.objects.filter(case=case, ended_on__isnull=False)
    journeys = Journey.objects.filter(case=case, confirmed_on__isnull=False)
    if on is not None:
        stays, journeys = stays.filter(ended_on__lte=on), journeys.filter(confirmed_on__lte=on)
    days = (stays.aggregate(last=Max("ended_on"))["last"], journeys.aggregate(last=Max("confirmed_on"))["last"])
    return max((day for day in days if isinstance(day, date)), default=None)


def _place(case: Case, on: date) -> tuple[date, int]:
    """From when months are counted, and the interval of a day. Raises InvalidInput where there is none."""
    since = starts(case, on)
    if since is None:
        raise InvalidInput(
            {"on": _("No stay had ended and no arrival was confirmed by that day: nothing to count from.")}
        )
    months = reached(since, on)
    if months is None:
        raise InvalidInput(
            {"on": _("The first outcome is asked after %(months)s months.") % {"months": intervals()[0]}}
        )
    return since, months


def intervals() -> tuple[int, ...]:
    """After how many months an outcome is asked, by the pack."""
    return tuple(load_packs().get("outcomes", "outcomes").data["months"])


def due_days(since: date) -> list[tuple[int, date]]:
    """Each interval with its day (clock ``outcome_measured``)."""
    found = clocks.series(CLOCK, jurisdiction=settings.FENER_JURISDICTION, start=since)
    return [(months, one.end) for months, one in zip(intervals(), found, strict=True) if isinstance(one.end, date)]


def reached(since: date, on: date) -> int | None:
    """The last interval whose day has come."""
    return max((months for months, day in due_days(since) if day <= on), default=None)


def is_bad(areas: Mapping[str, str]) -> bool:
    """Whether one of the areas is bad, by the groups of their lists."""
    lists = outcomes.areas()
    return any(vocabulary(lists[area]).group(code) == "bad" for area, code in areas.items())


def _check(terms: OutcomeTerms) -> None:
    errors: Errors = {}
    lists = outcomes.areas()
    for area in AREAS:
        if terms.areas.get(area, "") not in vocabulary(lists[area]):
            errors[area] = CHOOSE
    check_day(errors, "on", terms.on)
    if terms.how not in Outcome.How.values:
        errors["how"] = CHOOSE
    if terms.own_view not in Outcome.OwnView.values:
        errors["own_view"] = CHOOSE
    for reason in terms.reasons:
        check_code(errors, "reasons", reason, "setback_reason")
    if not errors and is_bad(terms.areas) and not terms.reasons:
        errors["reasons"] = _("Something did not go well: say why, or that it is not known.")
    raise_any(errors)

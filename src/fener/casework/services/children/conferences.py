"""Case conferences on children: monthly at medium or high risk, chaired by child protection, with health (CH-13)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models import Case
from fener.casework.models.children.conference import Conference, ConferenceMeasure
from fener.casework.services import clocks, lines
from fener.casework.services.children.common import (
    Errors,
    carry_out_on,
    check_code,
    check_day,
    keep,
    raise_any,
    require_child,
)
from fener.casework.services.notes import seal_words
from fener.norms.path import conference as norms
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment

RECORD = "children.conferences"
CLOCK = clocks.CONFERENCE


@dataclass(frozen=True, kw_only=True)
class ConferenceTerms:
    """Who was there (sectors), who chaired it, which level of risk it found. ``words``: the minutes, sealed."""

    held_on: date
    present: tuple[str, ...]
    chair: str
    level: str
    words: str = ""


@transaction.atomic
def call_conference(*, actor: Actor, case: Case, level: str, on: date) -> Conference:
    """The child's level of risk; at medium or high a conference is due within a month. Raises Refused, InvalidInput."""
    access.require_on_case(actor, "conference.call", case)
    require_child(case)
    errors: Errors = {}
    check_code(errors, "level", level, "risk_level")
    check_day(errors, "on", on)
    raise_any(errors)
    called = Conference.objects.filter(case=case, held_on__isnull=True).first()
    if called is None:
        called = Conference(case=case, called_on=on, recorded_by_id=access.user_id(actor))
    called.level, called.called_on = level, on
    called.save()
    _run(actor, case, level, on)
    lines.refresh(case, RECORD)
    keep(actor, "conference.call", case, called.pk, "conference", level=level, on=on)
    return called


@transaction.atomic
def hold_conference(*, actor: Actor, case: Case, terms: ConferenceTerms) -> Conference:
    """A conference took place. One that does not hold (nobody from health, not chaired by child protection, too few) is
    kept all the same and does not stop the clock. Raises Refused, InvalidInput.
    """
    access.require_on_case(actor, "conference.record", case)
    require_child(case)
    _check(terms)
    held = Conference.objects.filter(case=case, held_on__isnull=True).first()
    if held is None:
        held = Conference(case=case, called_on=terms.held_on)
    held.level, held.held_on, held.chair = terms.level, terms.held_on, terms.chair
    held.called_on = min(held.called_on, terms.held_on)
    held.present, held.recorded_by_id = sorted(set(terms.present)), access.user_id(actor)
    held.words = seal_words(
        actor=actor,
        case=case,
        slot=f"conference:{held.pk}",
        words=terms.words,
        also_for=[actor.keeper_id],
        compartment=Compartment.LEGAL,
    )
    held.save()
    result = result_of(held)
    if result.holds:
        _run(actor, case, terms.level, terms.held_on)
    lines.refresh(case, RECORD)
    keep(
        actor, "conference.record", case, held.pk, "conference",
        level=terms.level, on=terms.held_on, holds=result.holds, missing=list(result.missing),
    )  # fmt: skip
    return held


@transaction.atomic
def agree_measure(*, actor: Actor, conference: Conference, sector: str, due_on: date, words: str) -> ConferenceMeasure:
    """What the conference agreed: who does it and by when. Raises Refused, InvalidInput."""
    case = conference.case
    access.require_on_case(actor, "conference_measure.record", case)
    errors: Errors = {}
    check_code(errors, "sector", sector, "conference_sector")
    if not words.strip():
        errors["words"] = _("Write what is to be done.")
    if conference.held_on is None or due_on < conference.held_on:
        errors["due_on"] = _("Choose the day of the conference or a later one.")
    raise_any(errors)
    made = ConferenceMeasure(
        case=case, conference=conference, sector=sector, due_on=due_on, recorded_by_id=access.user_id(actor)
    )
    made.what = seal_words(
        actor=actor,
        case=case,
        slot=f"conference_measure:{made.pk}",
        words=words,
        also_for=[actor.keeper_id],
        compartment=Compartment.LEGAL,
    )
    made.save(force_insert=True)
    lines.refresh(case, RECORD)
    keep(actor, "conference_measure.record", case, made.pk, "conference", sector=sector, due=due_on)
    return made


@transaction.atomic
def finish_measure(*, actor: Actor, measure: ConferenceMeasure, on: date) -> ConferenceMeasure:
    """A measure was carried out. Raises Refused, InvalidInput, AlreadyDone."""
    access.require_on_case(actor, "conference_measure.finish", measure.case)
    current = ConferenceMeasure.objects.select_related("conference").get(pk=measure.pk)
    carry_out_on(current, "done_on", on, not_before=current.conference.held_on)
    lines.refresh(measure.case, RECORD)
    keep(actor, "conference_measure.finish", measure.case, current.pk, "conference", on=on)
    return current


def result_of(conference: Conference) -> norms.Conference:
    """Quorum, chair and absent sectors of one that was held."""
    return norms.check_conference(conference.present, chaired_by=conference.chair)


def _run(actor: Actor, case: Case, level: str, on: date) -> None:
    """The next conference is due within a month of that day, while the level asks for one."""
    now = timezone.now()
    needed = norms.needs_conference(level)
    clocks.finish(actor=actor, clocks=clocks.running(case, CLOCK), reason="done" if needed else "not_needed", at=now)
    if needed:
        clocks.begin(actor=actor, case=case, code=CLOCK, at=timezone.make_aware(datetime.combine(on, time(12))))


def _check(terms: ConferenceTerms) -> None:
    errors: Errors = {}
    check_day(errors, "held_on", terms.held_on)
    check_code(errors, "level", terms.level, "risk_level")
    check_code(errors, "chair", terms.chair, "conference_sector")
    if not terms.present:
        errors["present"] = _("Choose who was there.")
    for code in terms.present:
        check_code(errors, "present", code, "conference_sector")
    if "chair" not in errors and terms.chair not in terms.present:
        errors["chair"] = _("Whoever chaired it was there: choose them among those present too.")
    raise_any(errors)

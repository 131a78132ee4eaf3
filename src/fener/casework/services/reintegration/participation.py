"""A person's way through a programme, step by step, on a plan that they agreed to (rules RI-02, RI-09, RI-10).

Nothing goes to the programme from here: neither who comes from this file nor why.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models import Case
from fener.casework.models.reintegration.plan import ReintegrationEntry, ReintegrationPlan
from fener.casework.models.reintegration.programme import Participation, ParticipationStep, Programme
from fener.casework.services import lines
from fener.casework.services.children.common import CHOOSE, Errors, check_day, keep, raise_any
from fener.casework.services.reintegration.plan import ENROLMENT, flags_of, in_force
from fener.casework.services.reintegration.programmes import ENTERPRISE, TRAINING
from fener.norms.path.flags import Flag
from fener.norms.path.pipelines import LEFT, next_steps, pipelines, wage_schedule
from fener.norms.path.work import training_flags
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput

RECORD = "reintegration.participation"
FITS = {"yes": True, "no": False, "unknown": None}


@transaction.atomic
def begin(*, actor: Actor, case: Case, programme: Programme, fits_profile: str, on: date) -> Participation:
    """The person begins with the first step, on the plan in force on that day. What stands out is flagged.

    Raises Refused, InvalidInput.
    """
    access.require_on_case(actor, "pipeline.begin", case)
    errors: Errors = {}
    if programme.organisation_id != actor.keeper_id or programme.organisation_id != case.organisation_id:
        errors["programme"] = CHOOSE
    if fits_profile not in Participation.Fits.values:
        errors["fits_profile"] = CHOOSE
    check_day(errors, "on", on, not_before=programme.since)
    if "on" not in errors and in_force(case, on) is None:
        errors["on"] = _("The person had agreed to no plan on that day.")
    open_rows = [one for one in _rows(case) if one.programme_id == programme.pk and next_of(one)]
    if open_rows:
        errors["programme"] = _("The person is in this programme.")
    raise_any(errors)
    made = Participation.objects.create(
        case=case, programme=programme, fits_profile=fits_profile, recorded_by_id=access.user_id(actor)
    )
    _step(actor, made, pipelines()[programme.pipeline].steps[0], on)
    return _finish(actor, case, made, "pipeline.begin", pipeline=programme.pipeline, on=on)


@transaction.atomic
def advance(*, actor: Actor, participation: Participation, step: str, on: date) -> Participation:
    """The next step, or leaving before the end. Of a social enterprise, its launch comes first.

    Raises Refused, InvalidInput.
    """
    case = participation.case
    access.require_on_case(actor, "pipeline.advance", case)
    current = Participation.objects.select_related("programme").get(pk=participation.pk)
    if step not in next_of(current):
        raise InvalidInput({"step": _("This does not follow from where it stands.")})
    errors: Errors = {}
    check_day(errors, "on", on, not_before=max(one.on for one in current.steps.all()))
    launched = current.programme.launched_on
    if (
        current.programme.pipeline == ENTERPRISE
        and step not in (LEFT, "safeguarded")
        and (launched is None or on < launched)
    ):
        errors["step"] = _("The enterprise was not launched by that day: its safeguards come first.")
    raise_any(errors)
    _step(actor, current, step, on)
    return _finish(actor, case, current, "pipeline.advance", step=step, on=on)


def next_of(participation: Participation) -> tuple[str, ...]:
    """What may follow. Reads the rows, so that no page needs a second query where they are prefetched."""
    done = {one.step for one in participation.steps.all()}
    return next_steps(participation.programme.pipeline, done)


def payers(participation: Participation) -> list[tuple[str, date]]:
    """Of a subsidised wage: until which day each payer pays, counted from the first day of work by the pack."""
    pipeline = pipelines()[participation.programme.pipeline]
    begun = next(
        (one.on for one in participation.steps.all() if pipeline.pays and one.step == pipeline.pays[0].step), None
    )
    if begun is None:
        return []
    ends: dict[str, date] = {}
    for month in wage_schedule(begun, code=pipeline.code):
        ends[month.payer] = month.ends
    return list(ends.items())


def due_on(participation: Participation) -> date | None:
    """The day after the part that is paid now: then the next payer, or the question whether the person stays on."""
    pipeline = pipelines()[participation.programme.pipeline]
    done = {one.step for one in participation.steps.all()}
    following = next_of(participation)
    ends = dict(payers(participation))
    if not following or not ends:
        return None
    paid = [one.payer for one in pipeline.pays if one.step in done]
    return ends[paid[-1]] + timedelta(days=1) if paid else None


def flags(
    participation: Participation, plan: ReintegrationPlan | None, entries: list[ReintegrationEntry]
) -> tuple[Flag, ...]:
    """What stands out: work before therapy or alone, a training that nobody asked for. Nothing once it is over."""
    if not next_of(participation):
        return ()
    programme, first = participation.programme, min(one.on for one in participation.steps.all())
    line = pipelines()[programme.pipeline].line
    found = flags_of(ReintegrationEntry(line=line, kind=ENROLMENT, on=first), plan, entries)
    if programme.pipeline != TRAINING:
        return found
    fits = FITS[participation.fits_profile]
    return (
        *found,
        *training_flags(
            demand_source=programme.demand_source, fits_profile=fits, standard_course=programme.standard_course
        ),
    )


def _rows(case: Case) -> Iterable[Participation]:
    return Participation.objects.filter(case=case).select_related("programme").prefetch_related("steps")


def _step(actor: Actor, participation: Participation, step: str, on: date) -> None:
    ParticipationStep.objects.create(
        participation=participation, step=step, on=on, recorded_by_id=access.user_id(actor)
    )


def _finish(actor: Actor, case: Case, row: Participation, act: str, **detail: object) -> Participation:
    lines.refresh(case, RECORD)
    keep(actor, act, case, row.pk, "participation", **detail)
    return row

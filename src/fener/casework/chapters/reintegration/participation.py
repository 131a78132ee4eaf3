"""How programmes stand on the case: the step that was reached, who pays until when, and what stands out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework.chapters.children.drawing import CARDS, card, day, doors, end_of, label, said
from fener.casework.chapters.contract import Door, NewLine, Reader, Record
from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.models.reintegration.plan import ReintegrationEntry, ReintegrationPlan
from fener.casework.models.reintegration.programme import Participation, ParticipationStep
from fener.casework.selectors.reintegration.programmes import participations, plan_and_entries
from fener.casework.services.reintegration.participation import RECORD as CODE
from fener.casework.services.reintegration.participation import due_on, flags, next_of, payers
from fener.norms.path.pipelines import pipelines


def lines(case: Case) -> Iterator[NewLine]:
    """Each programme with the last step; due when the payer of a wage changes; and what stands out."""
    rows = Participation.objects.filter(case=case).select_related("programme").prefetch_related("steps")
    plan = ReintegrationPlan.objects.filter(case=case, agreed=True).order_by("-number").first()
    entries = list(ReintegrationEntry.objects.filter(case=case))
    for row in rows:
        steps = sorted(row.steps.all(), key=lambda one: one.on)
        goes_on = bool(next_of(row))
        params = {"pipeline": row.programme.pipeline, "step": _last(row)}
        yield NewLine(
            what="in",
            params=params,
            about=row.pk,
            shown=goes_on,
            starts=steps[0].on,
            ends=None if goes_on else steps[-1].on,
            due=end_of(due_on(row)),
        )
        for flag in flags(row, plan, entries):
            yield NewLine(what=flag.code, params=params, about=row.pk, urgent=True)


def words(line: CaseLine) -> str:
    """ "Training: Started"."""
    title = _(pipelines()[line.params["pipeline"]].label)
    if line.what in STANDS_OUT:
        return f"{title}: {STANDS_OUT[line.what]}"
    return f"{title}: {label('pipeline_step', line.params['step'])}"


STANDS_OUT = {
    "before_therapy": gettext_lazy("before the therapy that the plan calls for"),
    "no_psychosocial": gettext_lazy("no psychosocial help runs beside it"),
    "no_demand": gettext_lazy("nobody read whether this is looked for"),
    "no_match": gettext_lazy("not matched with the person"),
    "standard_course": gettext_lazy("a standard course"),
}


def section(reader: Reader) -> Mapping[str, Any]:
    """Each programme with its steps, and what stands out."""
    plan, entries = plan_and_entries(reader)
    rows = participations(reader)
    missing = [each for row in rows for each in said(flags(row, plan, entries))]
    return {"missing": missing, "cards": [_card(reader, row) for row in rows]}


def _card(reader: Reader, row: Participation) -> dict[str, Any]:
    goes_on = bool(next_of(row))
    step = ("pipeline.advance", "participation_step", _("The next step"))
    left = _last(row) == "left"
    return card(
        row.programme.name,
        _(pipelines()[row.programme.pipeline].label) + ".",
        _("Fits the person: %(answer)s.") % {"answer": row.get_fits_profile_display()},
        tag=label("pipeline_step", _last(row)),
        kind="running" if goes_on else "plain" if left else "done",
        points=[
            *(f"{label('pipeline_step', one.step)}: {day(one.on)}" for one in _in_order(row)),
            *(
                _("%(payer)s until %(day)s") % {"payer": PAYERS.get(payer, payer), "day": day(until)}
                for payer, until in payers(row)
            ),
        ],
        doors=list(doors(reader, step, row=row.pk)) if goes_on else [],
    )


PAYERS = {
    "public": gettext_lazy("The state pays the wage"),
    "employer": gettext_lazy("The employer pays the wage"),
}


def _in_order(row: Participation) -> list[ParticipationStep]:
    """The steps as the pipeline has them, also where several were on one day; leaving comes last."""
    order = pipelines()[row.programme.pipeline].steps
    return sorted(
        row.steps.all(), key=lambda one: (one.on, one.step == "left", order.index(one.step) if one.step in order else 0)
    )


def _last(row: Participation) -> str:
    steps = [one.step for one in row.steps.all()]
    if "left" in steps:
        return "left"
    order = pipelines()[row.programme.pipeline].steps
    return max(steps, key=order.index)


RECORD = Record(
    code=CODE,
    title=gettext_lazy("Programmes of work and training"),
    list_act="pipeline.list",
    lines=lines,
    words=words,
    section=section,
    template=CARDS,
    doors=(
        Door(
            act="pipeline.begin",
            text=gettext_lazy("The person begins in a programme"),
            url_name="casework:participation_new",
        ),
    ),
    copy_words={"ParticipationStep.step": lambda code: label("pipeline_step", code)},
)

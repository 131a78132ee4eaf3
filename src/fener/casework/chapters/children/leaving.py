"""How turning 18 stands on the case: the day, the plan that is due a year before, and each day of follow-up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework.chapters.children.drawing import CARDS, card, day, doors, end_of, is_child, opened
from fener.casework.chapters.contract import Door, NewLine, Reader, Record
from fener.casework.models import Case
from fener.casework.models.children.placement import LeavingCare, LeavingFollowUp
from fener.casework.models.line import CaseLine
from fener.casework.selectors.children.placements import leaving
from fener.casework.services.children.leaving import RECORD as CODE
from fener.trust.compartments import Compartment

PLAN, EIGHTEEN, FOLLOW = "plan", "eighteen", "follow_up"


def lines(case: Case) -> Iterator[NewLine]:
    """The day of 18; the plan until there is one; the days of follow-up that are open."""
    row = LeavingCare.objects.filter(case=case).first()
    if row is None:
        return
    yield NewLine(what=EIGHTEEN, params={"on": row.turns_18_on}, about=row.pk, starts=row.turns_18_on)
    if row.plan_id is None:
        yield NewLine(what=PLAN, about=row.pk, due=end_of(row.plan_due_on))
    for follow in LeavingFollowUp.objects.filter(case=case, done_on__isnull=True).order_by("due_on", "pk"):
        yield NewLine(what=FOLLOW, about=follow.pk, shown=False, due=end_of(follow.due_on))


def words(line: CaseLine) -> str:
    """ "18 on 4 May 2027"."""
    if line.what == EIGHTEEN:
        return _("Eighteen on %(day)s") % {"day": day(line.params["on"])}
    if line.what == PLAN:
        return _("Make the plan for leaving care")
    return _("Ask how the young person is who left care")


def section(reader: Reader) -> Mapping[str, Any]:
    """The day, the plan and the follow-ups."""
    row, follow = leaving(reader)
    if row is None:
        return {"cards": []}
    return {"cards": [_plan(reader, row), *[_follow(reader, one) for one in follow]]}


def _plan(reader: Reader, row: LeavingCare) -> dict[str, Any]:
    make = ("leaving_care.plan", "leaving_care_plan", _("Write the plan for leaving care"))
    return card(
        _("Plan for leaving care"),
        _("Eighteen on %(day)s") % {"day": day(row.turns_18_on)} + ".",
        "" if row.plan_id else _("The plan is due on %(day)s.") % {"day": day(row.plan_due_on)},
        _("Leaves %(what)s on %(day)s.") % {"what": row.get_leaves_display(), "day": day(row.leaves_on)}
        if row.leaves_on
        else "",
        tag="" if row.plan_id else _("no plan yet"),
        kind="soon",
        words=opened(reader, row.plan_id, _("Open the plan"), Compartment.LEGAL),
        doors=list(doors(reader, make, row=row.pk)),
    )


def _follow(reader: Reader, row: LeavingFollowUp) -> dict[str, Any]:
    done = ("leaving_care.follow_up", "leaving_follow_up", _("Somebody asked"))
    late = row.done_on is None and (end_of(row.due_on) or reader.at) < reader.at
    return card(
        _("Follow-up on %(day)s") % {"day": day(row.due_on)},
        _("Carried out on %(day)s.") % {"day": day(row.done_on)} if row.done_on else "",
        tag=_("carried out") if row.done_on else _("overdue") if late else _("open"),
        kind="done" if row.done_on else "overdue" if late else "soon",
        doors=[] if row.done_on else list(doors(reader, done, row=row.pk)),
    )


RECORD = Record(
    code=CODE,
    title=gettext_lazy("Turning 18"),
    list_act="leaving_care.list",
    lines=lines,
    words=words,
    section=section,
    template=CARDS,
    concerns=is_child,
    doors=(
        Door(
            act="leaving_care.record", text=gettext_lazy("Record the day of 18"), url_name="casework:leaving_care_new"
        ),
    ),
)

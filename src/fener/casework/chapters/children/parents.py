"""How what the parents do for a child stands on the case (rule CH-20)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework.chapters.children.drawing import CARDS, card, day, doors, end_of, is_child, labels, opened
from fener.casework.chapters.contract import Door, NewLine, Reader, Record
from fener.casework.models import Case
from fener.casework.models.children.care import ParentsPlan
from fener.casework.models.line import CaseLine
from fener.casework.selectors.children.care import parents_plans
from fener.casework.services.children.care import PARENTS as CODE
from fener.trust.compartments import Compartment


def lines(case: Case) -> Iterator[NewLine]:
    """The plan that waits for its review."""
    for row in ParentsPlan.objects.filter(case=case, reviewed_on__isnull=True).order_by("review_on", "pk"):
        yield NewLine(what="parents", params={"poverty": row.poverty}, about=row.pk, due=end_of(row.review_on))


def words(line: CaseLine) -> str:
    """ "Go through it with the parents again"."""
    if line.params["poverty"]:
        return _("Go through the family's income and the parents' duties with them again")
    return _("Go through the parents' duties with them again")


def section(reader: Reader) -> Mapping[str, Any]:
    """What was agreed, the latest first."""
    return {"cards": [_card(reader, row) for row in parents_plans(reader)]}


def _card(reader: Reader, row: ParentsPlan) -> dict[str, Any]:
    review = ("parents_plan.review", "parents_plan_review", _("Gone through again"))
    return card(
        _("With the parents on %(day)s") % {"day": day(row.on)},
        labels("parents_duty", row.duties) + ".",
        _("Poverty drives the risk.") if row.poverty else "",
        _("Again on %(day)s.") % {"day": day(row.reviewed_on or row.review_on)},
        tag=_("done") if row.reviewed_on else "",
        kind="done",
        words=opened(reader, row.words_id, _("Open the plan"), Compartment.LEGAL),
        doors=[] if row.reviewed_on else list(doors(reader, review, row=row.pk)),
    )


RECORD = Record(
    code=CODE,
    title=gettext_lazy("What the parents do"),
    list_act="parents_plan.list",
    lines=lines,
    words=words,
    section=section,
    template=CARDS,
    concerns=is_child,
    doors=(
        Door(
            act="parents_plan.record",
            text=gettext_lazy("Record it with the parents"),
            url_name="casework:parents_plan_new",
        ),
    ),
    copy_words={"ParentsPlan.duties": lambda codes: labels("parents_duty", codes)},
)

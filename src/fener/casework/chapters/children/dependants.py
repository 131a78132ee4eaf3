"""How those who depend on the person stand on the case, of adults too (rule CH-16)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework.chapters.children.drawing import CARDS, card, day, doors, end_of, label, opened
from fener.casework.chapters.contract import Door, NewLine, Reader, Record
from fener.casework.models import Case
from fener.casework.models.children.care import Dependant
from fener.casework.models.line import CaseLine
from fener.casework.selectors.children.care import dependants
from fener.casework.services.children.dependants import RECORD as CODE
from fener.trust.compartments import Compartment


def lines(case: Case) -> Iterator[NewLine]:
    """Each of them: without a plan or papers, or with the day on which the plan is gone through again."""
    for row in Dependant.objects.filter(case=case, ended_on__isnull=True).order_by("since", "pk"):
        yield NewLine(
            what="dependant",
            params={"kind": row.kind, "plan": row.plan_id is not None, "papers": row.papers},
            about=row.pk,
            due=end_of(row.review_on),
            urgent=row.plan_id is None and row.under_18,
        )


def words(line: CaseLine) -> str:
    """ "Depends on the person: child (no plan yet)"."""
    text = _("Depends on the person: %(who)s") % {"who": label("dependant_kind", line.params["kind"])}
    if not line.params["plan"]:
        return _("%(who)s (no plan yet)") % {"who": text}
    if line.params["papers"] == "missing":
        return _("%(who)s (papers are missing)") % {"who": text}
    return text


def section(reader: Reader) -> Mapping[str, Any]:
    """Each of them with papers, needs and the plan."""
    return {"cards": [_card(reader, row) for row in dependants(reader)]}


def _card(reader: Reader, row: Dependant) -> dict[str, Any]:
    acts = (
        ("dependant.plan", "dependant_plan", _("Write the plan")),
        ("dependant.end", "dependant_end", _("Depends no longer")),
    )
    return card(
        label("dependant_kind", row.kind),
        _("Under 18.") if row.under_18 else "",
        _("Papers of their own: %(state)s.") % {"state": label("check_state", row.papers)},
        _("From %(day)s.") % {"day": day(row.since)},
        _("Plan to go through on %(day)s.") % {"day": day(row.review_on)} if row.review_on else "",
        _("Ended on %(day)s.") % {"day": day(row.ended_on)} if row.ended_on else "",
        tag=_("ended") if row.ended_on else "" if row.plan_id else _("no plan yet"),
        kind="plain" if row.ended_on else "soon",
        words=[
            *opened(reader, row.who_id, _("Open the name"), Compartment.IDENTITY),
            *opened(reader, row.needs_id, _("Open what they need")),
            *opened(reader, row.plan_id, _("Open the plan")),
        ],
        doors=[] if row.ended_on else list(doors(reader, *acts, row=row.pk)),
    )


RECORD = Record(
    code=CODE,
    title=gettext_lazy("Who depends on the person"),
    list_act="dependant.list",
    lines=lines,
    words=words,
    section=section,
    template=CARDS,
    doors=(Door(act="dependant.record", text=gettext_lazy("Add somebody"), url_name="casework:dependant_new"),),
    copy_words={
        "Dependant.kind": lambda code: label("dependant_kind", code),
        "Dependant.papers": lambda code: label("check_state", code),
    },
)

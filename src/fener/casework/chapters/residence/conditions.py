"""How conditions on permits and services stand on a case: flagged while somebody puts them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework.chapters.children.drawing import CARDS, card, day, doors, label, opened
from fener.casework.chapters.contract import Door, NewLine, Reader, Record
from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.models.residence.condition import ImposedCondition
from fener.casework.selectors.residence.conditions import conditions
from fener.casework.services.residence.conditions import RECORD as CODE
from fener.trust.compartments import Compartment


def lines(case: Case) -> Iterator[NewLine]:
    """Each condition that is put; a lifted one keeps its time on the time line."""
    for row in ImposedCondition.objects.filter(case=case).order_by("since", "pk"):
        yield NewLine(
            what="put",
            params={"kind": row.kind, "what": row.what, "by": row.by},
            about=row.pk,
            shown=row.lifted_on is None,
            starts=row.since,
            ends=row.lifted_on,
            urgent=row.lifted_on is None,
        )


def words(line: CaseLine) -> str:
    """ "Condition on a service, put by a provider: attending a course. No care ends by it"."""
    return _("Condition on %(what)s, put by %(by)s: %(kind)s. No care ends by it") % {
        "what": ImposedCondition.What(line.params["what"]).label,
        "by": ImposedCondition.By(line.params["by"]).label,
        "kind": label("condition_kind", line.params["kind"]),
    }


def section(reader: Reader) -> Mapping[str, Any]:
    """Each condition with its source, sealed."""
    return {"cards": [_card(reader, row) for row in conditions(reader)]}


def _card(reader: Reader, row: ImposedCondition) -> dict[str, Any]:
    acts = [("condition.lift", "imposed_lift", _("It is put no longer"))]
    if row.refused_on is None:
        acts.insert(0, ("condition.refuse", "imposed_refuse", _("The person refuses it")))
    return card(
        label("condition_kind", row.kind),
        _("Put on %(what)s by %(by)s, %(stands)s.")
        % {"what": row.get_what_display(), "by": row.get_by_display(), "stands": row.get_stands_display()},
        _("Since %(day)s.") % {"day": day(row.since)},
        _("The person refused it on %(day)s.") % {"day": day(row.refused_on)} if row.refused_on else "",
        _("Put no longer since %(day)s.") % {"day": day(row.lifted_on)} if row.lifted_on else "",
        _("No care, service or running period ends by it."),
        tag=_("ended") if row.lifted_on else _("applies"),
        kind="plain" if row.lifted_on else "soon",
        words=opened(reader, row.source_id, _("Open the source"), Compartment.LEGAL),
        doors=[] if row.lifted_on else list(doors(reader, *acts, row=row.pk)),
    )


RECORD = Record(
    code=CODE,
    title=gettext_lazy("Conditions that others put"),
    list_act="condition.list",
    lines=lines,
    words=words,
    section=section,
    template=CARDS,
    doors=(Door(act="condition.record", text=gettext_lazy("Record a condition"), url_name="casework:imposed_new"),),
    copy_words={"ImposedCondition.kind": lambda code: label("condition_kind", code)},
)

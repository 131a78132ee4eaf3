"""How statements stand on a case: what was given, and what is missing before another one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework.chapters.children.drawing import CARDS, card, day, is_child, label, opened
from fener.casework.chapters.contract import Door, NewLine, Reader, Record
from fener.casework.models import Case
from fener.casework.models.justice.statement import AdaptedProcedure, ChildOpinion, Statement
from fener.casework.models.line import CaseLine
from fener.casework.selectors.justice.statements import procedures, statements, weighed
from fener.casework.services.justice.statements import GATE, facts_for
from fener.casework.services.justice.statements import RECORD as CODE
from fener.norms import gates
from fener.trust.compartments import Compartment


def lines(case: Case) -> Iterator[NewLine]:
    """Each statement, on its day."""
    for row in Statement.objects.filter(case=case).order_by("on", "pk"):
        yield NewLine(what="given", params={"kind": row.kind}, about=row.pk, starts=row.on, ends=row.on)


def words(line: CaseLine) -> str:
    """ "Statement given: Complaint"."""
    return _("Statement given: %(kind)s") % {"kind": label("statement_kind", line.params["kind"])}


def section(reader: Reader) -> Mapping[str, Any]:
    """What is missing before a statement could be taken today; what was weighed for a child; what was given."""
    cards = [_card(reader, row) for row in statements(reader)]
    if reader.case.treated_as_child:
        cards += [_opinion(reader, row) for row in weighed(reader)]
        cards += [_procedure(reader, row) for row in procedures(reader)]
    result = gates.check(GATE, facts_for(reader.case, kind="", day=timezone.localdate(reader.at)))
    return {"missing": [_(condition.text) for condition in result.missing], "cards": cards}


def _card(reader: Reader, row: Statement) -> dict[str, Any]:
    return card(
        label("statement_kind", row.kind),
        _("Before: %(who)s.") % {"who": label("incident_author", row.to)},
        tag=day(row.on),
        words=opened(reader, row.reference_id, _("Open the reference of the file"), Compartment.LEGAL),
    )


def _opinion(reader: Reader, row: ChildOpinion) -> dict[str, Any]:
    return card(
        _("Opinion of %(who)s") % {"who": row.get_by_display()},
        _("On %(day)s.") % {"day": day(row.on)},
        tag=_("in favour") if row.favours else _("against"),
        kind="done" if row.favours else "refused",
        words=opened(reader, row.words_id, _("Open the reasons"), Compartment.LEGAL),
    )


def _procedure(reader: Reader, row: AdaptedProcedure) -> dict[str, Any]:
    return card(
        _("A procedure fit for the child"),
        _("On %(day)s.") % {"day": day(row.on)},
        _("Asked by: %(who)s.") % {"who": label("incident_author", row.asked_by)},
        _("At most %(times)s times.") % {"times": row.times},
        _("Recorded once.") if row.recorded_once else _("Not recorded once: it does not count."),
        words=opened(reader, row.words_id, _("Open the place and names"), Compartment.LEGAL),
    )


RECORD = Record(
    code=CODE,
    title=gettext_lazy("Statements"),
    list_act="statement.list",
    lines=lines,
    words=words,
    section=section,
    template=CARDS,
    doors=(
        Door(act="statement.record", text=gettext_lazy("Record a statement"), url_name="casework:statement_new"),
        Door(
            act="statement.weigh",
            text=gettext_lazy("For a child: an opinion"),
            url_name="casework:statement_opinion",
            concerns=is_child,
        ),
        Door(
            act="statement.adapt",
            text=gettext_lazy("For a child: how it is heard"),
            url_name="casework:statement_procedure",
            concerns=is_child,
        ),
    ),
    copy_words={
        "Statement.kind": lambda code: label("statement_kind", code),
        "Statement.to": lambda code: label("incident_author", code),
        "AdaptedProcedure.asked_by": lambda code: label("incident_author", code),
    },
)

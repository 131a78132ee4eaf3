"""How outcomes that are owed stand on a case: due on their day, then with the co-ordinator too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework.chapters.children.drawing import CARDS, card, day, doors, end_of, label, reads_file
from fener.casework.chapters.contract import Door, NewLine, Reader, Record
from fener.casework.models import Case
from fener.casework.models.justice.charge import OwedOutcome
from fener.casework.models.line import CaseLine
from fener.casework.selectors.justice.charges import outcomes
from fener.casework.services.justice.outcomes import RECORD as CODE


def lines(case: Case) -> Iterator[NewLine]:
    """What an office owes, until it answered."""
    for row in OwedOutcome.objects.filter(case=case).order_by("due_on", "pk"):
        waits = row.answered_on is None
        yield NewLine(
            what="owed" if waits else "answered",
            params={"office": row.office},
            about=row.pk,
            shown=waits,
            starts=row.given_on,
            ends=row.answered_on or row.due_on,
            due=end_of(row.due_on) if waits else None,
            for_node=waits,
        )


def words(line: CaseLine) -> str:
    """ "An outcome is owed by the prosecution"."""
    office = {"office": OwedOutcome.Office(line.params["office"]).label}
    if line.what == "owed":
        return _("An outcome is owed by %(office)s") % office
    return _("An outcome was told by %(office)s") % office


def section(reader: Reader) -> Mapping[str, Any]:
    """What each office owes or said."""
    return {"cards": [_card(reader, row) for row in outcomes(reader)]}


def _card(reader: Reader, row: OwedOutcome) -> dict[str, Any]:
    waits = row.answered_on is None
    late = waits and row.due_on < timezone.localdate(reader.at)
    answer = label("charge_outcome", row.answer) if row.answer and reads_file(reader) else ""
    return card(
        str(row.get_office_display()),
        _("Given the case on %(day)s.") % {"day": day(row.given_on)},
        _("The outcome is owed by %(day)s.") % {"day": day(row.due_on)},
        _("Answered on %(day)s.") % {"day": day(row.answered_on)} if row.answered_on else "",
        f"{answer}." if answer else "",
        tag=_("overdue") if late else _("open") if waits else _("answered"),
        kind="overdue" if late else "soon" if waits else "done",
        doors=list(doors(reader, ("owed_outcome.answer", "owed_outcome_answer", _("The office answered")), row=row.pk))
        if waits
        else [],
    )


RECORD = Record(
    code=CODE,
    title=gettext_lazy("Outcomes that are owed"),
    list_act="owed_outcome.list",
    lines=lines,
    words=words,
    section=section,
    template=CARDS,
    doors=(
        Door(
            act="owed_outcome.record",
            text=gettext_lazy("An office was given the case"),
            url_name="casework:owed_outcome_new",
        ),
    ),
    copy_words={"OwedOutcome.answer": lambda code: label("charge_outcome", code) if code else ""},
)

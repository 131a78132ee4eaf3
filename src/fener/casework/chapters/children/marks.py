"""How a child's marks stand on the case, and how long its identification took (rules CH-14, CH-19)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fener.casework.chapters.children.drawing import CARDS, card, day, is_child, label, labels
from fener.casework.chapters.contract import Door, NewLine, Reader, Record
from fener.casework.models import Case
from fener.casework.models.children.care import ChildMarks
from fener.casework.models.line import CaseLine
from fener.casework.selectors.children.care import days_to_identification, marks
from fener.casework.services.children.care import MARKS as CODE
from fener.casework.services.children.care import lacking


def lines(case: Case) -> Iterator[NewLine]:
    """Each mark by itself; the clock of a child that was met alone stands beside the other clocks."""
    row = ChildMarks.objects.filter(case=case).first()
    for mark in row.marks if row else ():
        yield NewLine(what="mark", params={"mark": mark}, about=row.pk if row else None)


def words(line: CaseLine) -> str:
    """ "Unaccompanied"."""
    return label("child_mark", line.params["mark"])


def section(reader: Reader) -> Mapping[str, Any]:
    """How the child was met, its marks, and the days until it was identified."""
    row, days = marks(reader), days_to_identification(reader)
    cards = [_card(row)] if row else []
    if days is not None:
        told = ngettext("%(number)s day", "%(number)s days", days) % {"number": days}
        cards.append(card(_("From the first contact to the identification"), told + "."))
    missing = (
        [_("A mark is missing: %(mark)s") % {"mark": label("child_mark", one)} for one in lacking(row)] if row else []
    )
    return {"missing": missing, "cards": cards}


def _card(row: ChildMarks) -> dict[str, Any]:
    said = {"yes": _("yes"), "no": _("no"), "unknown": _("not known")}
    return card(
        labels("child_mark", row.marks) or _("No mark"),
        _("Met on %(day)s.") % {"day": day(timezone.localtime(row.met_at))},
        _("Alone: %(answer)s.") % {"answer": said[row.alone]},
        _("Without its parents: %(answer)s.") % {"answer": said[row.without_parents]},
    )


RECORD = Record(
    code=CODE,
    title=gettext_lazy("How the child was met"),
    list_act="child_marks.list",
    lines=lines,
    words=words,
    section=section,
    template=CARDS,
    concerns=is_child,
    doors=(
        Door(act="child_marks.record", text=gettext_lazy("Record how it was met"), url_name="casework:child_marks"),
    ),
    copy_words={"ChildMarks.marks": lambda codes: labels("child_mark", codes)},
)

"""How case conferences stand on the case: the level of risk, the last one, each open measure with its day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework.chapters.children.drawing import (
    CARDS,
    card,
    day,
    doors,
    end_of,
    is_child,
    label,
    labels,
    opened,
    said,
)
from fener.casework.chapters.contract import Door, NewLine, Reader, Record
from fener.casework.models import Case
from fener.casework.models.children.conference import Conference, ConferenceMeasure
from fener.casework.models.line import CaseLine
from fener.casework.selectors.children.conferences import conferences
from fener.casework.services.children.conferences import RECORD as CODE
from fener.casework.services.children.conferences import result_of
from fener.trust.compartments import Compartment


def lines(case: Case) -> Iterator[NewLine]:
    """The present level, each conference on the time line, each measure that is open."""
    rows = list(Conference.objects.filter(case=case).order_by("called_on", "held_on", "pk"))
    for row in rows:
        if row.held_on:
            result = result_of(row)
            yield NewLine(
                what="held",
                params={"level": row.level, "missing": list(result.missing), "holds": result.holds},
                about=row.pk,
                shown=row is rows[-1],
                starts=row.held_on,
                ends=row.held_on,
            )
        else:
            yield NewLine(what="called", params={"level": row.level}, about=row.pk)
    for measure in ConferenceMeasure.objects.filter(case=case, done_on__isnull=True).order_by("due_on", "pk"):
        yield NewLine(
            what="measure",
            params={"sector": measure.sector},
            about=measure.pk,
            shown=False,
            due=end_of(measure.due_on),
            for_node=True,
        )


def words(line: CaseLine) -> str:
    """ "Case conference: high risk; absent: health"."""
    if line.what == "measure":
        return _("A measure of the case conference: %(sector)s") % {
            "sector": label("conference_sector", line.params["sector"])
        }
    level = label("risk_level", line.params["level"])
    if line.what == "called":
        return _("Risk for the child: %(level)s") % {"level": level}
    if line.params["holds"]:
        return _("Case conference, risk: %(level)s") % {"level": level}
    return _("Case conference that does not hold, risk: %(level)s") % {"level": level}


def section(reader: Reader) -> Mapping[str, Any]:
    """The conferences with who was there, who was absent, and measures."""
    rows = conferences(reader)
    cards = []
    for row in rows:
        cards.append(_held(reader, row) if row.held_on else _called(row))
        cards += [_measure(reader, measure) for measure in row.measures.all()]
    return {"cards": cards}


def _called(row: Conference) -> dict[str, Any]:
    return card(
        _("Risk for the child: %(level)s") % {"level": label("risk_level", row.level)},
        _("From %(day)s.") % {"day": day(row.called_on)},
        tag=_("no conference yet"),
        kind="soon",
    )


def _held(reader: Reader, row: Conference) -> dict[str, Any]:
    result = result_of(row)
    add = ("conference_measure.record", "conference_measure", _("Add a measure"))
    return card(
        _("Case conference, risk: %(level)s") % {"level": label("risk_level", row.level)},
        _("Held on %(day)s.") % {"day": day(row.held_on)} if row.held_on else "",
        _("Chaired by: %(sector)s.") % {"sector": label("conference_sector", row.chair)},
        _("Present: %(sectors)s.") % {"sectors": labels("conference_sector", row.present)},
        _("Absent: %(sectors)s.") % {"sectors": labels("conference_sector", result.missing)} if result.missing else "",
        tag=_("holds") if result.holds else _("does not hold"),
        kind="done" if result.holds else "refused",
        points=said(result.flags, sector="conference_sector"),
        words=opened(reader, row.words_id, _("Open the minutes"), Compartment.LEGAL),
        doors=list(doors(reader, add, row=row.pk)),
    )


def _measure(reader: Reader, row: ConferenceMeasure) -> dict[str, Any]:
    done = ("conference_measure.finish", "conference_measure_done", _("It is carried out"))
    late = row.done_on is None and (end_of(row.due_on) or reader.at) < reader.at
    return card(
        _("Measure: %(sector)s") % {"sector": label("conference_sector", row.sector)},
        _("By %(day)s.") % {"day": day(row.due_on)},
        _("Carried out on %(day)s.") % {"day": day(row.done_on)} if row.done_on else "",
        tag=_("carried out") if row.done_on else _("overdue") if late else _("open"),
        kind="done" if row.done_on else "overdue" if late else "soon",
        words=opened(reader, row.what_id, _("Open what is to be done"), Compartment.LEGAL),
        doors=[] if row.done_on else list(doors(reader, done, row=row.pk)),
    )


RECORD = Record(
    code=CODE,
    title=gettext_lazy("Case conferences"),
    list_act="conference.list",
    lines=lines,
    words=words,
    section=section,
    template=CARDS,
    concerns=is_child,
    doors=(
        Door(act="conference.call", text=gettext_lazy("Record the level of risk"), url_name="casework:conference_call"),
        Door(act="conference.record", text=gettext_lazy("Record a conference"), url_name="casework:conference_new"),
    ),
    copy_words={
        "Conference.level": lambda code: label("risk_level", code),
        "Conference.chair": lambda code: label("conference_sector", code),
        "Conference.present": lambda codes: labels("conference_sector", codes),
        "ConferenceMeasure.sector": lambda code: label("conference_sector", code),
    },
)

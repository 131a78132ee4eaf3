"""How dates for testimony stand on a case, and the confrontation that would hurt again (WP-03, WP-06)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework.chapters.children.drawing import (
    CARDS,
    card,
    day,
    doors,
    end_of,
    label,
    opened,
    reads_file,
    said,
)
from fener.casework.chapters.contract import Door, NewLine, Reader, Record
from fener.casework.models import Case
from fener.casework.models.justice.hearing import CourtMeasure, Hearing
from fener.casework.models.line import CaseLine
from fener.casework.selectors.justice.hearings import court_measures, hearings
from fener.casework.services.justice.departures import departure_of, flag_before
from fener.casework.services.justice.hearings import RECORD as CODE
from fener.casework.services.justice.hearings import flag_of
from fener.casework.services.justice.protected_dates import missing_on
from fener.trust.compartments import Compartment

SET = Hearing.State.SET.value
TAGS = {"set": "soon", "held": "done"}


def lines(case: Case) -> Iterator[NewLine]:
    """A date is due on its day; a confrontation that would hurt is due at once, and for the co-ordinator too."""
    measures, departure = list(CourtMeasure.objects.filter(case=case)), departure_of(case)
    for row in Hearing.objects.filter(case=case).order_by("on", "pk"):
        stands = row.state == SET
        yield NewLine(
            what=row.state,
            params={"kind": row.kind, "on": row.on},
            about=row.pk,
            shown=stands,
            starts=row.on,
            ends=row.on,
            due=end_of(row.on) if stands else None,
        )
        begun = timezone.make_aware(datetime.combine(row.recorded_on, time.min))
        if flag_before(row, measures, departure) is not None:
            yield NewLine(
                what="before_hearing", params={"on": row.on}, about=row.pk, due=begun, urgent=True, for_node=True
            )  # fmt: skip
        if flag_of(row, measures) is not None:
            yield NewLine(
                what="confrontation", params={"on": row.on}, about=row.pk, due=begun, urgent=True, for_node=True
            )  # fmt: skip


def words(line: CaseLine) -> str:
    """ "Testimony before a court on 3 May"."""
    on = day(line.params["on"])
    if line.what == "before_hearing":
        return _("Testimony on %(on)s: the departure is before it. Settle how the person takes part") % {"on": on}
    if line.what == "confrontation":
        return _("Testimony on %(on)s: a confrontation may hurt the person again. Ask for a measure") % {"on": on}
    text = _("%(kind)s on %(on)s") % {"kind": label("statement_kind", line.params["kind"]), "on": on}
    return text if line.what == SET else f"{text} ({Hearing.State(line.what).label})"


def section(reader: Reader) -> Mapping[str, Any]:
    """Each date, with what is missing of the protection now, and the confrontation."""
    rows, measures = hearings(reader), court_measures(reader, "hearing.list")
    stands = any(row.state == SET for row in rows)
    missing = missing_on(reader.case, timezone.localdate(reader.at)) if stands else []
    warned = [_("No protection plan for witness and family is in force now. A date stands.")] if missing else []
    leaves = departure_of(reader.case) if stands else None
    warned += said(flag for row in rows if (flag := flag_before(row, measures, leaves)) is not None)
    return {"missing": warned, "cards": [_shown(reader, row, measures) for row in rows]}


def _shown(reader: Reader, row: Hearing, measures: list[CourtMeasure]) -> dict[str, Any]:
    flag, file = flag_of(row, measures), reads_file(reader)
    return card(
        label("statement_kind", row.kind),
        _("On %(day)s.") % {"day": day(row.on)},
        _("The day was named by: %(who)s.") % {"who": label("incident_author", row.set_by)} if file else "",
        _("In the proceeding: %(charge)s.") % {"charge": label("charge_kind", row.charge.kind)}
        if file and row.charge
        else "",
        _("It was held without protection. An incident was recorded.") if file and row.missing else "",
        _("%(state)s on %(day)s.") % {"state": row.get_state_display(), "day": day(row.settled_on)}
        if row.settled_on
        else "",
        tag=row.get_state_display(),
        kind="overdue" if flag or row.missing else TAGS.get(row.state, "plain"),
        points=said([flag]) if flag else [],
        words=opened(reader, row.words_id, _("Open the court and names"), Compartment.LEGAL) if file else [],
        doors=list(_acts(reader, row)) if row.state == SET else [],
    )


def _acts(reader: Reader, row: Hearing) -> Iterator[dict[str, str]]:
    return doors(
        reader,
        ("hearing.weigh", "hearing_weigh", _("Weigh the confrontation")),
        ("hearing.settle", "hearing_settle", _("What became of it")),
        row=row.pk,
    )


RECORD = Record(
    code=CODE,
    title=gettext_lazy("Dates for testimony"),
    list_act="hearing.list",
    lines=lines,
    words=words,
    section=section,
    template=CARDS,
    doors=(
        Door(act="hearing.set", text=gettext_lazy("Record a date for testimony"), url_name="casework:hearing_new"),
        Door(
            act="hearing.record",
            text=gettext_lazy("The person testified without a date here"),
            url_name="casework:hearing_held",
        ),
    ),
    copy_words={
        "Hearing.kind": lambda code: label("statement_kind", code),
        "Hearing.set_by": lambda code: label("incident_author", code),
    },
)

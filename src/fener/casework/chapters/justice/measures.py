"""How measures that a court was asked for stand on a case (WP-06)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework.chapters.children.drawing import CARDS, card, day, doors, label, opened
from fener.casework.chapters.contract import Door, NewLine, Reader, Record
from fener.casework.domain.justice.hearing_states import COURT_MEASURE
from fener.casework.models import Case
from fener.casework.models.justice.hearing import CourtMeasure
from fener.casework.models.line import CaseLine
from fener.casework.selectors.justice.hearings import court_measures
from fener.casework.services.justice.court_measures import RECORD as CODE
from fener.trust.compartments import Compartment

TAGS = {"asked": "soon", "granted": "running", "refused": "refused", "carried_out": "done"}


def lines(case: Case) -> Iterator[NewLine]:
    """Each measure with what became of it."""
    for row in CourtMeasure.objects.filter(case=case).order_by("asked_on", "pk"):
        yield NewLine(
            what=row.state,
            params={"kind": row.kind, "reason": row.reason},
            about=row.pk,
            shown=row.state in ("asked", "granted"),
            starts=row.asked_on,
            ends=row.carried_out_on or row.decided_on,
        )


def words(line: CaseLine) -> str:
    """ "Testimony by video: granted"."""
    state = CourtMeasure.State(line.what).label
    reason = f" ({label('measure_refusal', line.params['reason'])})" if line.params["reason"] else ""
    return f"{label('court_measure', line.params['kind'])}: {state}{reason}"


def section(reader: Reader) -> Mapping[str, Any]:
    """Each measure: who asked, when, and what the court decided."""
    return {"cards": [_shown(reader, row) for row in court_measures(reader)]}


def _shown(reader: Reader, row: CourtMeasure) -> dict[str, Any]:
    return card(
        label("court_measure", row.kind),
        _("Asked for on %(day)s by: %(who)s.")
        % {"day": day(row.asked_on), "who": label("measure_asker", row.asked_by)},
        _("In the proceeding: %(charge)s.") % {"charge": label("charge_kind", row.charge.kind)} if row.charge else "",
        _("Decided on %(day)s.") % {"day": day(row.decided_on)} if row.decided_on else "",
        _("Reason: %(reason)s.") % {"reason": label("measure_refusal", row.reason)} if row.reason else "",
        _("Carried out on %(day)s.") % {"day": day(row.carried_out_on)} if row.carried_out_on else "",
        tag=row.get_state_display(),
        kind=TAGS[row.state],
        words=opened(reader, row.words_id, _("Open the number of the file"), Compartment.LEGAL),
        doors=list(doors(reader, ("court_measure.settle", "court_measure_settle", _("What became of it")), row=row.pk))
        if row.state not in COURT_MEASURE.end_states()
        else [],
    )


RECORD = Record(
    code=CODE,
    title=gettext_lazy("Measures of a court"),
    list_act="court_measure.list",
    lines=lines,
    words=words,
    section=section,
    template=CARDS,
    doors=(
        Door(
            act="court_measure.ask",
            text=gettext_lazy("Record what a court is asked for"),
            url_name="casework:court_measure_new",
        ),
    ),
    copy_words={
        "CourtMeasure.kind": lambda code: label("court_measure", code),
        "CourtMeasure.asked_by": lambda code: label("measure_asker", code),
        "CourtMeasure.reason": lambda code: label("measure_refusal", code) if code else "",
    },
)

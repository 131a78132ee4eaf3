"""How restrictions of a resident stand on a case: what, until when, and the review that is due (SH-01)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework.chapters.children.drawing import CARDS, card, day, doors, end_of, label, opened, reads_file
from fener.casework.chapters.contract import NewLine, Reader, Record
from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.models.shelter.restriction import StayRestriction
from fener.casework.selectors.shelter.reach import lines_of_restrictions
from fener.casework.selectors.shelter.restrictions import restrictions
from fener.casework.services.shelter.restrictions import RECORD as CODE
from fener.trust.compartments import Compartment


def lines(case: Case) -> Iterator[NewLine]:
    """Each restriction, due with its review: a review or the end alone takes it away."""
    for row in StayRestriction.objects.filter(case=case).order_by("since", "pk"):
        runs = row.ended_on is None
        yield NewLine(
            what="runs" if runs else "ended",
            params={"kind": row.kind, "until": row.until if runs else row.ended_on},
            about=row.pk,
            shown=runs,
            starts=row.since,
            ends=row.ended_on or row.until,
            due=end_of(row.review_on) if runs else None,
            for_node=True,
        )


def words(line: CaseLine) -> str:
    """ "Restricted: visitors, until 3 May. Review it in time"."""
    said = {"kind": label("restriction_kind", line.params["kind"]), "until": day(line.params["until"])}
    if line.what == "ended":
        return _("Was restricted: %(kind)s, until %(until)s") % said
    return _("Restricted: %(kind)s, until %(until)s at the latest. Review it in time") % said


def section(reader: Reader) -> Mapping[str, Any]:
    """Each restriction; whoever does not work with the file reads what and until when."""
    return {"cards": [_shown(reader, row) for row in restrictions(reader)]}


def _shown(reader: Reader, row: StayRestriction) -> dict[str, Any]:
    runs, today = row.ended_on is None, timezone.localdate(reader.at)
    late = runs and row.review_on < today
    own = list(_inside(row)) if reads_file(reader) else []
    return card(
        label("restriction_kind", row.kind),
        _("From %(since)s, until %(until)s at the latest.") % {"since": day(row.since), "until": day(row.until)},
        *own,
        _("To be looked at again by %(day)s.") % {"day": day(row.review_on)} if runs else "",
        _("Looked at on %(day)s.") % {"day": day(row.reviewed_on)} if row.reviewed_on else "",
        _("Ended on %(day)s.") % {"day": day(row.ended_on)} if row.ended_on else "",
        tag=_("review overdue") if late else _("in force") if runs else _("ended"),
        kind="overdue" if late else "running" if runs else "done",
        words=opened(reader, row.ground_words_id, _("Open the ground"), Compartment.LEGAL) if own else [],
        doors=list(_acts(reader, row)) if runs else [],
    )


def _inside(row: StayRestriction) -> Iterator[str]:
    yield _("Ground: %(ground)s.") % {"ground": label("restriction_ground", row.ground)}
    yield _("Decided by %(who)s.") % {"who": row.decided_by.get_full_name()}
    yield _("The person's answer: %(answer)s.") % {"answer": row.get_answer_display()}


def _acts(reader: Reader, row: StayRestriction) -> Iterator[dict[str, str]]:
    return doors(
        reader,
        ("stay_restriction.review", "stay_restriction_review", _("Record a review")),
        ("stay_restriction.end", "stay_restriction_end", _("Record the end")),
        row=row.pk,
    )


RECORD = Record(
    code=CODE,
    title=gettext_lazy("Restrictions in the shelter"),
    list_act="stay_restriction.list",
    lines=lines,
    words=words,
    section=section,
    template=CARDS,
    lines_within=lines_of_restrictions,
    copy_words={
        "StayRestriction.kind": lambda code: label("restriction_kind", code),
        "StayRestriction.ground": lambda code: label("restriction_ground", code),
    },
)

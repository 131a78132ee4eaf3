"""How permits stand on a case: what is waited for, the days of the paper, its renewal, the day of an appeal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework.chapters.children.drawing import CARDS, card, day, doors, end_of, opened
from fener.casework.chapters.contract import NewLine, Reader, Record
from fener.casework.chapters.residence.naming import document_label
from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.models.residence.permit import Permit
from fener.casework.selectors.residence.permits import permits
from fener.casework.services.residence.limbo import IDENTIFICATION, UNDECIDED, waits_until
from fener.casework.services.residence.permits import RECORD as CODE
from fener.casework.services.residence.permits import renewal_from
from fener.trust.compartments import Compartment

GRANTED, REFUSED = Permit.Decision.GRANTED, Permit.Decision.REFUSED


def lines(case: Case) -> Iterator[NewLine]:
    """What is waited for, papers with their days and renewal, refusals that can be appealed."""
    rows = list(Permit.objects.filter(case=case).select_related("stay").order_by("applied_on", "pk"))
    for row in rows:
        named = {"code": row.stay.code, "phase": row.phase}
        since = row.waiting_since
        if since is not None:
            yield NewLine(
                what="waits", params={**named, "since": since}, about=row.pk, starts=since, due=end_of(row.waits_until)
            )
        elif row.decision == GRANTED:
            yield _granted(row, named, renewed=any(_renews(later, row) for later in rows))
        elif row.decision == REFUSED and row.appealed_on is None:
            yield NewLine(
                what="refused",
                params={**named, "until": row.appeal_until},
                about=row.pk,
                due=end_of(row.appeal_until),
                urgent=row.appeal_until is not None,
            )


def _granted(row: Permit, named: dict[str, str], *, renewed: bool) -> NewLine:
    warned = renewal_from(row)
    return NewLine(
        what="valid",
        params={**named, "from": row.valid_from, "until": row.valid_until, "renewed": renewed},
        about=row.pk,
        starts=row.valid_from,
        ends=row.valid_until,
        due=None if renewed or warned is None else end_of(warned),
    )


def _renews(later: Permit, row: Permit) -> bool:
    """Another application of the same case after the decision: nobody has to be reminded of it."""
    if later.pk == row.pk or row.decided_on is None or later.applied_on < row.decided_on:
        return False
    return later.decided_on is None or later.decision == GRANTED


def words(line: CaseLine) -> str:
    """One line, in the reader's language."""
    params = line.params
    named = {"document": document_label(params["code"], params["phase"])}
    if line.what == "waits":
        return _("%(document)s: a decision is waited for since %(day)s") % {**named, "day": day(params["since"])}
    if line.what == "refused":
        if params["until"] is None:
            return _("%(document)s: refused; no day for an appeal is named") % named
        return _("%(document)s: refused; it can be appealed until %(day)s") % {**named, "day": day(params["until"])}
    if params["until"] is None:
        return _("%(document)s: valid since %(day)s, without an end") % {**named, "day": day(params["from"])}
    if params["renewed"]:
        return _("%(document)s: valid until %(day)s; the next one is applied for") % {
            **named,
            "day": day(params["until"]),
        }
    return _("%(document)s: valid until %(day)s; apply for the next one in time") % {
        **named,
        "day": day(params["until"]),
    }


def section(reader: Reader) -> Mapping[str, Any]:
    """The decision on status while it is waited for, then each application."""
    today = timezone.localdate(reader.at)
    return {"cards": [*_status(reader.case, today), *(_card(reader, row, today) for row in permits(reader))]}


def _status(case: Case, today: date) -> list[dict[str, Any]]:
    if case.status not in UNDECIDED:
        return []
    until = waits_until(IDENTIFICATION, case.opened_on)
    return [
        card(
            _("Decision on status"),
            _("Waited for since %(day)s.") % {"day": day(case.opened_on)},
            _("It is due by %(day)s. Being late takes nothing away from the person.") % {"day": day(until)},
            tag=_("overdue") if until < today else _("open"),
            kind="overdue" if until < today else "plain",
        )
    ]


def _card(reader: Reader, row: Permit, today: date) -> dict[str, Any]:
    waits = row.waiting_since is not None
    late = waits and row.waits_until < today
    return card(
        document_label(row.stay.code, row.phase),
        *_sentences(row, waits=waits),
        tag=_("overdue") if late else _("open") if waits else str(row.get_decision_display()),
        kind="overdue" if late else "soon" if waits else "done" if row.decision == GRANTED else "plain",
        words=opened(reader, row.number_id, _("Open the number of the paper"), Compartment.LEGAL),
        doors=list(doors(reader, *_acts(row), row=row.pk)),
    )


def _sentences(row: Permit, *, waits: bool) -> Iterator[str]:
    yield _("Applied for on %(day)s by %(who)s.") % {"day": day(row.applied_on), "who": row.get_applicant_display()}
    if waits:
        yield _("The decision is due by %(day)s.") % {"day": day(row.waits_until)}
    if row.decision == GRANTED and row.valid_from:
        yield _("Valid from %(day)s.") % {"day": day(row.valid_from)}
        yield _("Until %(day)s.") % {"day": day(row.valid_until)} if row.valid_until else _("It has no end.")
    if row.decision == REFUSED and row.decided_on:
        yield _("Refused on %(day)s: %(reason)s.") % {"day": day(row.decided_on), "reason": row.get_reason_display()}
        if row.appeal_until:
            yield _("It can be appealed until %(day)s.") % {"day": day(row.appeal_until)}
    if row.appealed_on:
        yield _("Appealed on %(day)s.") % {"day": day(row.appealed_on)}
    if row.appeal_decided_on:
        yield _("The appeal was decided on %(day)s: %(outcome)s.") % {
            "day": day(row.appeal_decided_on),
            "outcome": row.get_appeal_display(),
        }


def _acts(row: Permit) -> list[tuple[str, str, str]]:
    if row.decided_on is None:
        return [("permit.decide", "permit_decide", _("It was decided"))]
    if row.decision == REFUSED and row.appealed_on is None:
        return [("permit.appeal", "permit_appeal", _("It is appealed"))]
    if row.waiting_since is not None:
        return [("permit.decide", "permit_appeal_decided", _("The appeal was decided"))]
    return []


RECORD = Record(
    code=CODE,
    title=gettext_lazy("Permits"),
    list_act="permit.list",
    lines=lines,
    words=words,
    section=section,
    template=CARDS,
)

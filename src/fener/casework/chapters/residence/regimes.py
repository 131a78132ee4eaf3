"""How residence regimes stand on a case: phases as bands, the right to work, and what age closes years ahead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework import access
from fener.casework.chapters.children.drawing import day, doors, end_of
from fener.casework.chapters.contract import Door, NewLine, Reader, Record
from fener.casework.chapters.residence.naming import document_label, regime_label
from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.models.residence.regime import RegimeStay
from fener.casework.selectors.residence.regimes import facts, regimes
from fener.casework.services.residence import standing
from fener.casework.services.residence.regimes import RECORD as CODE
from fener.casework.services.residence.regimes import may_change_path
from fener.norms.regimes import ENTITLEMENTS, GROUNDS, Phase, PhaseCondition
from fener.trust.actor import Actor

AHEAD = relativedelta(years=1)  # before the last day of a condition that age closes, it stands on Today
MET = {
    "yes": (gettext_lazy("Met"), "done"),
    "no": (gettext_lazy("Not met"), "soon"),
    "unknown": (gettext_lazy("Not known"), "plain"),
    "impossible": (gettext_lazy("Can no longer be met"), "overdue"),
}


def lines(case: Case) -> Iterator[NewLine]:
    """The regime, its phases on the time line, the right to work, and conditions that age closes."""
    for stay, found in standing.of_case(case):
        yield NewLine(what="regime", params={"code": stay.code, "since": stay.starts_on}, about=stay.pk)
        for phase in found:
            if phase.start is not None and phase.available in ("yes", "unknown"):
                yield NewLine(
                    what="phase",
                    params={"code": stay.code, "phase": phase.phase, "sure": phase.available == "yes"},
                    about=stay.pk,
                    shown=False,
                    starts=phase.start,
                    ends=phase.end,
                )
        for starts, until in standing.work_periods(found):
            yield NewLine(what="work", params={"from": starts, "until": until}, about=stay.pk)
        yield from _age_closes(stay, found)


def _age_closes(stay: RegimeStay, found: list[Phase]) -> Iterator[NewLine]:
    for phase in found:
        for condition in phase.conditions:
            if condition.last_day is None or condition.condition == "under_18" or condition.met == "yes":
                continue
            # No programme is recorded: the last day is named years ahead, and it is due a year before.
            gone = condition.met == "impossible" and condition.recorded
            warned = max(stay.starts_on, condition.last_day - AHEAD)
            yield NewLine(
                what="impossible" if gone else "closes",
                params={"code": stay.code, "phase": phase.phase, "last_day": condition.last_day},
                about=stay.pk,
                due=None if gone else end_of(warned),
                urgent=gone,
            )


def words(line: CaseLine) -> str:
    """One line, in the reader's language."""
    params = line.params
    if line.what == "regime":
        return _("%(regime)s, since %(day)s") % {"regime": regime_label(params["code"]), "day": day(params["since"])}
    if line.what == "work":
        if params["until"] is None:
            return _("May work since %(day)s; no end is set") % {"day": day(params["from"])}
        return _("May work from %(day)s until %(until)s") % {"day": day(params["from"]), "until": day(params["until"])}
    document = document_label(params["code"], params["phase"])
    if line.what == "phase":
        return document if params["sure"] else _("%(document)s, if its conditions are met") % {"document": document}
    if line.what == "impossible":
        return _("%(document)s: a condition can no longer be met since %(day)s") % {
            "document": document,
            "day": day(params["last_day"]),
        }
    return _("%(document)s: a programme has to begin by %(day)s") % {
        "document": document,
        "day": day(params["last_day"]),
    }


def section(reader: Reader) -> Mapping[str, Any]:
    """Each regime with its phases as they stand today, and its conditions; for a house the right to work alone."""
    if access.allowed(reader.actor, "regime.read", reader.found) is None:
        found = [phase for _stay, phases in standing.of_case(reader.case) for phase in phases]
        return {"work_alone": True, "work": _work(found)}
    today, rows = timezone.localdate(reader.at), facts(reader)
    turns_18 = standing.turns_18(reader.case)
    return {
        "regimes": [
            # What has ended has no phases ahead: nothing is computed of it.
            _shown(reader, stay, [] if stay.ended_on else standing.phases(stay, rows, turns_18, today), today)
            for stay in regimes(reader)
        ],
        "facts": [
            {
                "what": row.get_fact_display(),
                "answer": row.get_answer_display(),
                "on": row.on,
                "says": row.get_says_display(),
            }
            for row in rows
        ],
    }


def _shown(reader: Reader, stay: RegimeStay, found: list[Phase], today: date) -> dict[str, Any]:
    acts = [
        ("permit.apply", "regime_permit", _("A permit was applied for")),
        ("regime.end", "regime_end", _("It applies no longer")),
    ]
    if may_change_path(stay.code):
        acts.insert(1, ("regime.change_path", "regime_path", _("The person changes the path")))
    return {
        "title": regime_label(stay.code),
        "since": stay.starts_on,
        "ended_on": stay.ended_on,
        "end_reason": stay.get_end_reason_display() if stay.end_reason else "",
        "work": _work(found),
        "phases": [_phase(phase, today) for phase in found],
        "doors": list(doors(reader, *acts, row=stay.pk)) if stay.ended_on is None else [],
    }


def _work(found: list[Phase]) -> list[dict[str, Any]]:
    return [{"from": starts, "until": until} for starts, until in standing.work_periods(found)]


def line_is_for(actor: Actor, line: CaseLine) -> bool:
    """Who works in a house reads the right to work alone: the name of a rule or a paper tells who testifies."""
    return line.what == "work" or access.follows_proceedings(actor)


def _phase(phase: Phase, today: date) -> dict[str, Any]:
    now = phase.start is not None and phase.start <= today and (phase.end is None or today < phase.end)
    return {
        "document": _(phase.document),
        "now": now and phase.available in ("yes", "unknown"),
        "start": phase.start,
        "end": phase.end,
        "available": MET[phase.available][0],
        "kind": MET[phase.available][1],
        "removable": phase.removable,
        "work": phase.work == "allowed",
        "sure": phase.available == "yes",  # no right to work is claimed from conditions that nobody knows
        "work_until": phase.work_until,
        "applicant": _(phase.applicant) if phase.applicant else "",
        "grounds": ", ".join(_(GROUNDS[code]) for code in phase.grounds),
        "entitlements": ", ".join(_(ENTITLEMENTS[code]) for code in phase.entitlements),
        "conditions": [_condition(one) for one in phase.conditions],
        "falls_short": [{"text": _(one.text), "by": _(one.by), "generic": _(one.generic)} for one in phase.falls_short],
        "why": {"text": phase.why, "rule": phase.rule, "version": phase.version, "source": phase.source},
    }


def _condition(one: PhaseCondition) -> dict[str, Any]:
    tag, kind = MET[one.met]
    return {"text": _(one.text), "tag": tag, "kind": kind, "since": one.impossible_since}


RECORD = Record(
    code=CODE,
    title=gettext_lazy("Residence regimes"),
    list_act="regime.list",
    lines=lines,
    words=words,
    section=section,
    template="casework/residence/_regimes.html",
    doors=(
        Door(act="regime.record", text=gettext_lazy("Record a regime"), url_name="casework:regime_new"),
        Door(
            act="regime.answer",
            text=gettext_lazy("What is known of a condition"),
            url_name="casework:residence_fact_new",
        ),
    ),
    copy_words={"RegimeStay.code": regime_label},
    line_is_for=line_is_for,
)

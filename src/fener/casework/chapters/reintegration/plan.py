"""How a reintegration plan stands on the case: the version in force, milestones, and what stands out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework.chapters.children.drawing import CARDS, card, day, doors, end_of, label, opened, said
from fener.casework.chapters.contract import Door, NewLine, Reader, Record
from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.models.reintegration.plan import ReintegrationEntry, ReintegrationPlan
from fener.casework.selectors.reintegration.plan import entries, plans
from fener.casework.services.reintegration.plan import COUNSELLING, MILESTONE, RUNS, ends, flags_of
from fener.casework.services.reintegration.plan import RECORD as CODE


def lines(case: Case) -> Iterator[NewLine]:
    """The newest version, what runs, milestones that wait, and measures that stand out."""
    versions = list(ReintegrationPlan.objects.filter(case=case).order_by("-number"))
    rows = list(ReintegrationEntry.objects.filter(case=case).order_by("on", "pk"))
    current = _in_force(versions)
    if versions and versions[0].agreed is None:
        yield NewLine(what="proposed", params={"number": versions[0].number}, about=versions[0].pk)
    if current is not None:
        yield NewLine(what="agreed", params={"number": current.number}, about=current.pk, starts=current.agreed_on)
    for row in rows:
        params = {"line": row.line, "kind": row.kind}
        if row.kind == MILESTONE and row.done_on is None:
            yield NewLine(what="milestone", params=params, about=row.pk, due=end_of(row.due_on))
        elif row.kind in RUNS:
            shown = row.done_on is None
            yield NewLine(what="runs", params=params, about=row.pk, shown=shown, starts=row.on, ends=row.done_on)
        for flag in flags_of(row, current, rows):
            yield NewLine(what=flag.code, params=params, about=row.pk, urgent=True)


def words(line: CaseLine) -> str:
    """ "Reintegration plan, version 2, agreed with the person"."""
    if line.what == "proposed":
        return _("Reintegration plan, version %(number)s: the person has not decided yet") % dict(line.params)
    if line.what == "agreed":
        return _("Reintegration plan, version %(number)s, agreed with the person") % dict(line.params)
    title = _title(line.params["line"], line.params["kind"])
    if line.what == "before_therapy":
        return _("%(what)s: before the therapy that the plan calls for") % {"what": title}
    if line.what == "no_psychosocial":
        return _("%(what)s: no psychosocial help runs beside it") % {"what": title}
    return title


def section(reader: Reader) -> Mapping[str, Any]:
    """The versions with what they start from, and what is on the lines."""
    versions, rows = plans(reader), entries(reader)
    current = _in_force(versions)
    flagged = [one for row in rows for one in said(flags_of(row, current, rows))]
    cards = [_version(reader, row, newest=row is versions[0], current=row is current) for row in versions]
    return {"missing": flagged, "cards": [*cards, *(_entry(reader, row) for row in rows)]}


def _in_force(versions: list[ReintegrationPlan]) -> ReintegrationPlan | None:
    return next((one for one in versions if one.agreed), None)


def _title(line: str, kind: str) -> str:
    return f"{label('reintegration_line', line)}: {label('reintegration_record', kind)}"


def _version(reader: Reader, row: ReintegrationPlan, *, newest: bool, current: bool) -> dict[str, Any]:
    decide = ("reintegration_plan.agree", "reintegration_plan_agree", _("The person decides"))
    asked = row.agreed is None
    tag = _("not decided yet") if asked else _("in force") if current else _("earlier") if row.agreed else _("declined")
    return card(
        _("Version %(number)s") % {"number": row.number},
        _("Drawn up on %(day)s.") % {"day": day(row.drawn_up_on)},
        _("The person agreed on %(day)s.") % {"day": day(row.agreed_on)} if row.agreed and row.agreed_on else "",
        _("Therapy comes before work and money.") if row.therapy == "yes" else "",
        tag=tag,
        kind="done" if current else "soon" if asked else "plain",
        words=[
            one
            for start in row.starts.all()
            for one in opened(reader, start.words_id, label("plan_basis", start.basis))
        ],
        doors=list(doors(reader, decide, row=row.pk)) if asked and newest else [],
    )


def _entry(reader: Reader, row: ReintegrationEntry) -> dict[str, Any]:
    text = _("Reached") if row.kind == MILESTONE else _("Ended")
    finish = ("reintegration_entry.finish", "reintegration_entry_done", text)
    waits = ends(row) and row.done_on is None
    return card(
        _title(row.line, row.kind),
        _("On %(day)s.") % {"day": day(row.on)},
        _("To be reached by %(day)s.") % {"day": day(row.due_on)} if row.due_on else "",
        _("It is the therapy of the plan.") if row.therapy and row.kind == COUNSELLING else "",
        label("setback_reason", row.reason) + "." if row.reason else "",
        _("Until %(day)s.") % {"day": day(row.done_on)} if row.done_on else "",
        tag=_("done") if row.done_on else "",
        kind="done",
        words=opened(reader, row.words_id, _("Open the words")),
        doors=list(doors(reader, finish, row=row.pk)) if waits else [],
    )


RECORD = Record(
    code=CODE,
    title=gettext_lazy("Plan"),
    list_act="reintegration_plan.list",
    lines=lines,
    words=words,
    section=section,
    template=CARDS,
    doors=(
        Door(
            act="reintegration_plan.draw_up",
            text=gettext_lazy("Draw up a version with the person"),
            url_name="casework:reintegration_plan_new",
        ),
        Door(
            act="reintegration_entry.record",
            text=gettext_lazy("Record something on the plan"),
            url_name="casework:reintegration_entry_new",
        ),
    ),
    copy_words={
        "ReintegrationStart.basis": lambda code: label("plan_basis", code),
        "ReintegrationEntry.line": lambda code: label("reintegration_line", code),
        "ReintegrationEntry.kind": lambda code: label("reintegration_record", code),
        "ReintegrationEntry.reason": lambda code: label("setback_reason", code) if code else "",
    },
)

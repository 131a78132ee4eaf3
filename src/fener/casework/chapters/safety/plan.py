"""How the safety plan stands on a case: measures that run, and what the plan leaves out (WP-01, WP-02)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework.chapters.children.drawing import CARDS, card, day, doors, end_of, label, opened, said
from fener.casework.chapters.contract import Door, NewLine, Reader, Record
from fener.casework.chapters.safety.risks import latest, who
from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.models.safety.risk import ProtectionMeasure, RiskAssessment
from fener.casework.selectors.safety.risks import measures
from fener.casework.services.safety.risks import PLAN as CODE
from fener.casework.services.safety.standing import gaps, standing_of
from fener.norms.path.flags import Flag
from fener.trust.compartments import Compartment

GAPS = "gaps"
RUNNING = ProtectionMeasure.State.RUNNING
Gaps = list[tuple[RiskAssessment, tuple[Flag, ...]]]


def lines(case: Case) -> Iterator[NewLine]:
    """Each measure with its days; what the plan leaves out is due on the day after the assessment."""
    rows = list(ProtectionMeasure.objects.filter(case=case).order_by("subject", "which", "since", "pk"))
    for row in rows:
        yield NewLine(
            what=row.state,
            params={"subject": row.subject, "which": row.which, "kind": row.kind},
            about=row.pk,
            shown=row.state == RUNNING,
            starts=row.since,
            ends=row.ended_on,
        )
    for risk, flags in _left_out(case, rows):
        if flags:
            yield NewLine(
                what=GAPS,
                params={"subject": risk.subject, "which": risk.which, "count": len(flags)},
                about=risk.pk,
                starts=risk.assessed_on,
                due=end_of(risk.assessed_on + timedelta(days=1)),
                urgent=risk.level == "immediate",
            )


def words(line: CaseLine) -> str:
    """ "Protection (the person): a safe place to stay"."""
    subject = who(line.params["subject"], line.params["which"])
    if line.what == GAPS:
        return _("The safety plan leaves something out (%(who)s)") % {"who": subject}
    kind = label("protection_measure", line.params["kind"])
    if line.what == RUNNING:
        return _("Protection (%(who)s): %(what)s") % {"who": subject, "what": kind}
    return _("Protection that ended (%(who)s): %(what)s") % {"who": subject, "what": kind}


def section(reader: Reader) -> Mapping[str, Any]:
    """What the plan leaves out, and each measure."""
    rows = measures(reader)
    return {
        "missing": [
            f"{who(risk.subject, risk.which)}: {text}"
            for risk, flags in _left_out(reader.case, rows)
            for text in said(flags, risk="risk_kind")
        ],
        "cards": [_shown(reader, row) for row in rows],
    }


def _left_out(case: Case, rows: list[ProtectionMeasure]) -> Gaps:
    last = latest(list(RiskAssessment.objects.filter(case=case).order_by("subject", "which", "turn")))
    return [
        (
            risk,
            gaps(
                standing_of(risk, risk.assessed_on),
                {row.kind for row in rows if (row.subject, row.which) == subject and row.state == RUNNING},
            ),
        )
        for subject, risk in last.items()
    ]


def _shown(reader: Reader, row: ProtectionMeasure) -> dict[str, Any]:
    running = row.state == RUNNING
    end = ("protection_measure.end", "protection_measure_end", _("It ends"))
    return card(
        label("protection_measure", row.kind),
        _("For: %(who)s.") % {"who": who(row.subject, row.which)},
        _("Where: %(side)s.") % {"side": row.get_side_display()},
        _("Since %(day)s.") % {"day": day(row.since)},
        _("Until %(day)s: %(why)s.") % {"day": day(row.ended_on), "why": row.get_ended_by_display()}
        if row.ended_on
        else "",
        tag=row.get_state_display(),
        kind="done" if running else "plain",
        words=[
            *opened(reader, row.words_id, _("Open who does what"), Compartment.LEGAL),
            *opened(reader, row.end_words_id, _("Open what the person said"), Compartment.LEGAL),
        ],
        doors=list(doors(reader, end, row=row.pk)) if running else [],
    )


RECORD = Record(
    code=CODE,
    title=gettext_lazy("Safety plan"),
    list_act="protection_measure.list",
    lines=lines,
    words=words,
    section=section,
    template=CARDS,
    doors=(
        Door(
            act="protection_measure.record",
            text=gettext_lazy("Add a measure of protection"),
            url_name="casework:protection_measure_new",
        ),
    ),
    copy_words={
        "ProtectionMeasure.subject": lambda code: label("risk_subject", code),
        "ProtectionMeasure.kind": lambda code: label("protection_measure", code),
    },
)

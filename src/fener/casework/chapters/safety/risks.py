"""How dangers stand on a case: the level for each subject, and the day of a review that never lapses (WP-01)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework.chapters.children.drawing import CARDS, card, day, end_of, label, labels, opened, reads_file, said
from fener.casework.chapters.contract import Door, NewLine, Reader, Record
from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.models.safety.risk import RiskAssessment
from fener.casework.selectors.safety.risks import risks
from fener.casework.services.safety.risks import RECORD as CODE
from fener.casework.services.safety.standing import NONE, PERSON
from fener.norms.path.risk import review_flag
from fener.trust.compartments import Compartment

URGENT = ("high", "immediate")


def latest(rows: list[RiskAssessment]) -> dict[tuple[str, int], RiskAssessment]:
    """The last assessment of each subject."""
    return {(row.subject, row.which): row for row in sorted(rows, key=lambda row: row.turn)}


def lines(case: Case) -> Iterator[NewLine]:
    """One for each subject, due with its review: the next assessment alone takes it away."""
    rows = RiskAssessment.objects.filter(case=case).order_by("subject", "which", "turn")
    for row in latest(list(rows)).values():
        yield NewLine(
            what="level",
            params={"subject": row.subject, "which": row.which, "level": row.level},
            about=row.pk,
            starts=row.assessed_on,
            due=end_of(row.review_on),
            urgent=row.level in URGENT,
            for_node=True,
        )


def words(line: CaseLine) -> str:
    """ "Danger for the person: high; review it"."""
    return _("Danger (%(who)s): %(level)s. Review it in time") % {
        "who": who(line.params["subject"], line.params["which"]),
        "level": level_of(line.params["level"]),
    }


def who(subject: str, which: int) -> str:
    """Somebody without a name: "a brother or sister (2)"."""
    name = label("risk_subject", subject)
    return name if which == 1 else f"{name} ({which})"


def level_of(level: str) -> str:
    """A level, or that nothing was found."""
    return label("risk_level", level) if level else _("none found")


def section(reader: Reader) -> Mapping[str, Any]:
    """The latest assessment of each subject in full, earlier ones by day and level; and that nobody assessed yet."""
    rows = risks(reader)
    last = latest(rows)
    unassessed = (PERSON, 1) not in last and reader.case.closed_on is None
    today = timezone.localdate(reader.at)
    flag = review_flag(review_on=None, today=today, case_open=True) if unassessed else None
    return {
        "missing": [_("The danger for the person is not assessed yet."), *said([flag])] if flag else [],
        "cards": [_shown(reader, row, last=last[row.subject, row.which] is row) for row in rows],
    }


def _shown(reader: Reader, row: RiskAssessment, *, last: bool) -> dict[str, Any]:
    late = last and reader.case.closed_on is None and row.review_on < timezone.localdate(reader.at)
    title = _("Danger: %(who)s") % {"who": who(row.subject, row.which)}
    assessed = _("Assessed on %(day)s.") % {"day": day(row.assessed_on)}
    if not last:
        return card(title, assessed, tag=level_of(row.level), words=_words(reader, row))
    file = reads_file(reader)
    return card(
        title,
        assessed,
        _("Review by %(day)s.") % {"day": day(row.review_on)},
        _("An earlier assessment found this level. Only a recorded review lowers it.") if row.held_up else "",
        _own_view(row) if file else "",
        tag=_("review overdue") if late else level_of(row.level),
        kind="overdue" if late or row.level in URGENT else "soon" if row.level else "done",
        points=list(_found(row)) if file else [],
        words=_words(reader, row),
    )


def _own_view(row: RiskAssessment) -> str:
    if not row.own_level:
        return _("In their own view: not asked.")
    return _("In their own view: %(level)s.") % {"level": label("risk_level", row.own_level)}


def _found(row: RiskAssessment) -> Iterator[str]:
    for kind, level in row.answers.items():
        if level != NONE:
            yield f"{label('risk_kind', kind)}: {label('risk_level', level)}"
    asked = [kind for kind, level in row.answers.items() if level == NONE]
    if asked:
        yield _("Asked, and no danger found: %(kinds)s") % {"kinds": labels("risk_kind", asked)}


def _words(reader: Reader, row: RiskAssessment) -> list[dict[str, str]]:
    return [
        *opened(reader, row.words_id, _("Open what threatens them"), Compartment.LEGAL),
        *opened(reader, row.own_words_id, _("Open what they say themselves"), Compartment.LEGAL),
    ]


def _answers(answers: Mapping[str, str]) -> str:
    none = _("no danger")
    return "; ".join(
        f"{label('risk_kind', kind)}: {none if level == NONE else label('risk_level', level)}"
        for kind, level in answers.items()
    )


RECORD = Record(
    code=CODE,
    title=gettext_lazy("Dangers"),
    list_act="risk.list",
    lines=lines,
    words=words,
    section=section,
    template=CARDS,
    doors=(Door(act="risk.record", text=gettext_lazy("Assess a danger"), url_name="casework:risk_new"),),
    copy_words={
        "RiskAssessment.subject": lambda code: label("risk_subject", code),
        "RiskAssessment.level": level_of,
        "RiskAssessment.own_level": lambda code: label("risk_level", code),
        "RiskAssessment.answers": _answers,
    },
)

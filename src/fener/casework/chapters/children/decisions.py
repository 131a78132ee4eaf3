"""How decisions on a child stand on the case: each on the time line, the durable solution on the card."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework.chapters.children.drawing import CARDS, card, day, doors, is_child, label, labels, opened, said
from fener.casework.chapters.contract import Door, NewLine, Reader, Record
from fener.casework.models import Case
from fener.casework.models.children.decision import About, ChildDecision
from fener.casework.models.line import CaseLine
from fener.casework.selectors.children.decisions import decisions
from fener.casework.services.children.decisions import RECORD as CODE
from fener.casework.services.children.decisions import flags_of
from fener.trust.compartments import Compartment

ANSWERS = {"yes": gettext_lazy("yes"), "no": gettext_lazy("no"), "unknown": gettext_lazy("not known")}


def lines(case: Case) -> Iterator[NewLine]:
    """Decisions; of a durable solution, whether it is carried out, and whether the family may be unsafe."""
    for row in ChildDecision.objects.filter(case=case).order_by("decided_on", "pk"):
        yield NewLine(
            what="carried_out" if row.carried_out_on else "decided",
            params={"about": row.about, "solution": row.solution},
            about=row.pk,
            shown=bool(row.solution),
            starts=row.decided_on,
            ends=row.carried_out_on or row.decided_on,
            urgent=any(flag.code == "unsafe_family" for flag in flags_of(row)) and row.carried_out_on is None,
        )


def words(line: CaseLine) -> str:
    """ "Decided for the child: school"."""
    if line.params["solution"]:
        solution = label("durable_solution", line.params["solution"])
        if line.what == "carried_out":
            return _("Durable solution carried out: %(solution)s") % {"solution": solution}
        return _("Durable solution chosen: %(solution)s") % {"solution": solution}
    return _("Decided for the child: %(about)s") % {"about": About(line.params["about"]).label}


def section(reader: Reader) -> Mapping[str, Any]:
    """Each decision with its panel, whether the child was heard, and a solution's criteria."""
    return {"cards": [_card(reader, row) for row in decisions(reader)]}


def _card(reader: Reader, row: ChildDecision) -> dict[str, Any]:
    done = ("child_decision.carry_out", "child_solution_done", _("It is carried out"))
    open_solution = bool(row.solution) and row.carried_out_on is None
    criteria = [f"{_criterion(code)}: {ANSWERS[answer]}" for code, answer in row.criteria.items()]
    return card(
        label("durable_solution", row.solution) if row.solution else str(About(row.about).label),
        _("Decided on %(day)s.") % {"day": day(row.decided_on)},
        _("By: %(panel)s.") % {"panel": labels("conference_sector", row.panel)},
        (_("The child was heard") if row.view.heard else _("The child could not be heard")) + ".",
        _("Carried out on %(day)s.") % {"day": day(row.carried_out_on)} if row.carried_out_on else "",
        tag=_("durable solution") if row.solution else "",
        kind="done" if row.carried_out_on else "soon",
        points=[*said(flags_of(row), criterion="solution_criterion"), *criteria],
        words=opened(reader, row.words_id, _("Open the decision and its reasons"), Compartment.LEGAL),
        doors=list(doors(reader, done, row=row.pk)) if open_solution else [],
    )


def _criterion(code: str) -> str:
    """A criterion so that yes speaks for the solution, as it was asked: of violence, that there is none."""
    if code == "violence_or_abuse":
        return _("It is certain that there is no violence or abuse in the family")
    return label("solution_criterion", code)


def _criteria(answers: Mapping[str, str]) -> str:
    return "; ".join(f"{_criterion(code)}: {ANSWERS[answer]}" for code, answer in answers.items())


RECORD = Record(
    code=CODE,
    title=gettext_lazy("Decisions in the child's interests"),
    list_act="child_decision.list",
    lines=lines,
    words=words,
    section=section,
    template=CARDS,
    concerns=is_child,
    doors=(
        Door(
            act="child_decision.record", text=gettext_lazy("Record a decision"), url_name="casework:child_decision_new"
        ),
        Door(
            act="child_decision.record",
            text=gettext_lazy("Choose the durable solution"),
            url_name="casework:child_solution_new",
        ),
    ),
    copy_words={
        "ChildDecision.panel": lambda codes: labels("conference_sector", codes),
        "ChildDecision.solution": lambda code: label("durable_solution", code),
        "ChildDecision.criteria": _criteria,
    },
)

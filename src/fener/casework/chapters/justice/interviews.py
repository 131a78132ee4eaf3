"""How interviews stand on a case: what is planned, and how many were held and how often the same was asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fener.casework.chapters.children.drawing import (
    CARDS,
    card,
    day,
    doors,
    end_of,
    label,
    labels,
    opened,
)
from fener.casework.chapters.contract import Door, Knew, NewLine, Reader, Record
from fener.casework.models import Case
from fener.casework.models.justice.interview import Interview
from fener.casework.models.line import CaseLine
from fener.casework.selectors.justice.interviews import interviews
from fener.casework.services.justice.interviews import RECORD as CODE
from fener.casework.services.justice.interviews import STANDARD, TIMES
from fener.casework.services.justice.statements import GATE
from fener.norms import gates
from fener.norms.path.checklists import checklist
from fener.trust.compartments import Compartment

COUNT, PLANNED = "count", Interview.State.PLANNED.value
HELD = Interview.State.HELD.value
KINDS = {HELD: "done", "spared": "done", PLANNED: "soon"}


def lines(case: Case) -> Iterator[NewLine]:
    """A plan is due on its day; what was held stands on the time line, and on the case as one number."""
    rows = list(Interview.objects.filter(case=case).order_by("settled_on", "planned_on", "pk"))
    held = [row for row in rows if row.state == HELD]
    if held:
        again = sum(1 for row in held if row.again)
        yield NewLine(what=COUNT, params={"held": len(held), "again": again})
    for row in rows:
        params = {"by": row.asked_by, "purpose": row.purpose}
        if row.state == PLANNED:
            yield NewLine(
                what=PLANNED, params=params, about=row.pk, starts=row.planned_on, due=end_of(row.planned_on)
            )  # fmt: skip
        elif row.state == HELD:
            yield NewLine(
                what=HELD, params=params, about=row.pk, shown=False, starts=row.settled_on, ends=row.settled_on
            )  # fmt: skip


def words(line: CaseLine) -> str:
    """ "Interviews held: 3, of them 1 that asked the same again"."""
    if line.what == COUNT:
        text = _("Interviews held: %(count)s") % {"count": line.params["held"]}
        return f"{text} ({_again(line.params['again'])})" if line.params["again"] else text
    told = {
        "who": label("incident_author", line.params["by"]),
        "purpose": label("interview_purpose", line.params["purpose"]),
    }
    if line.what == PLANNED:
        return _("Interview planned: %(who)s (%(purpose)s)") % told
    return _("Interview: %(who)s (%(purpose)s)") % told


def _again(count: int) -> str:
    return ngettext("%(count)s asked the same again", "%(count)s asked the same again", count) % {"count": count}


def section(reader: Reader) -> Mapping[str, Any]:
    """Each interview with who asked, when and why, and where it fell below the standard."""
    return {"cards": [_card(reader, row) for row in interviews(reader)]}


def _card(reader: Reader, row: Interview) -> dict[str, Any]:
    acts = (
        ("interview.spare", "interview_spare", _("Share earlier statements instead")),
        ("interview.settle", "interview_hold", _("It was held")),
        ("interview.settle", "interview_end", _("It does not take place")),
    )
    below = [code for code, answer in row.standard.items() if answer == "no"]
    return card(
        label("interview_purpose", row.purpose),
        *_sentences(row),
        tag=_("a violation") if row.missing else _("below the standard") if below else row.get_state_display(),
        kind="overdue" if below or row.missing else KINDS.get(row.state, "plain"),
        points=[
            *[_("Missing before it: %(what)s") % {"what": _lacking(code)} for code in row.missing],
            *[_("Not kept: %(what)s") % {"what": _item(code)} for code in below],
        ],
        words=opened(reader, row.words_id, _("Open names and the place"), Compartment.LEGAL),
        doors=list(doors(reader, *acts, row=row.pk)) if row.state == PLANNED else [],
    )


def _sentences(row: Interview) -> Iterator[str]:
    yield _("Asked by: %(who)s.") % {"who": label("incident_author", row.asked_by)}
    if row.settled_on:
        yield f"{row.get_state_display()}: {day(row.settled_on)}."
    elif row.planned_on:
        yield _("Planned for %(day)s.") % {"day": day(row.planned_on)}
    if row.again:
        yield _("Asked again: %(why)s.") % {"why": label("asked_again", row.again)}
    if row.language:
        yield _("Language: %(language)s.") % {"language": label("languages", row.language)}
    if row.present:
        yield _("Present: %(who)s.") % {"who": labels("interview_present", row.present)}
    if row.minutes:
        yield _("%(minutes)s minutes.") % {"minutes": row.minutes}
    if row.shared_with:
        yield _("Earlier statements went to: %(body)s.") % {"body": row.shared_with.name}


def _item(code: str) -> str:
    texts = {item.code: item.text for item in checklist(STANDARD).items}
    return _(texts[code]) if code in texts else code


def _lacking(code: str) -> str:
    """A condition of the gate in words, or that the child was asked too often."""
    if code == TIMES:
        return _("The child is asked no more often than the procedure allows.")
    texts = {one.code: one.text for one in gates.check(GATE, {}).conditions}
    return _(texts[code]) if code in texts else code


RECORD = Record(
    code=CODE,
    title=gettext_lazy("Interviews"),
    list_act="interview.list",
    lines=lines,
    words=words,
    section=section,
    template=CARDS,
    doors=(
        Door(act="interview.plan", text=gettext_lazy("Plan an interview"), url_name="casework:interview_plan"),
        Door(act="interview.record", text=gettext_lazy("Record an interview"), url_name="casework:interview_new"),
    ),
    knew=Knew(gives=("interview.spare",)),
    copy_words={
        "Interview.asked_by": lambda code: label("incident_author", code),
        "Interview.purpose": lambda code: label("interview_purpose", code),
        "Interview.again": lambda code: label("asked_again", code) if code else "",
        "Interview.language": lambda code: label("languages", code) if code else "",
        "Interview.present": lambda codes: labels("interview_present", codes),
        "Interview.missing": lambda codes: " ".join(_lacking(code) for code in codes),
        "Interview.standard": lambda answers: "; ".join(
            f"{_item(code)}: {label('rights_answer', answer)}" for code, answer in answers.items()
        ),
    },
)

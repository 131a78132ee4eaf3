"""How wishes to enter the shelter stand on the case of the resident whom they were about (SH-03)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework.chapters.children.drawing import CARDS, card, day, label
from fener.casework.chapters.contract import NewLine, Reader, Record
from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.models.shelter.access_request import ShelterAccessConcern
from fener.casework.selectors.shelter.access_requests import concerns
from fener.casework.services.shelter.access_requests import RECORD as CODE

IN = frozenset({"court_order", "agreed_by_resident"})  # answers that let somebody in


def lines(case: Case) -> Iterator[NewLine]:
    """Each wish about this person; one without an answer is due."""
    for row in ShelterAccessConcern.objects.filter(case=case).select_related("request").order_by("pk"):
        asked = row.request
        on = timezone.localdate(asked.asked_at)
        params = {"by": asked.by, "purpose": asked.purpose, "answer": asked.answer, "on": on}
        waits = not asked.answer
        due = asked.answer_due if waits else None
        yield NewLine(what="asked", params=params, about=row.pk, shown=waits, starts=on, ends=on, due=due)


def words(line: CaseLine) -> str:
    """ "Police wanted to enter the shelter on 3 May (to question a resident): refused"."""
    said = {
        "who": label("access_requester", line.params["by"]),
        "on": day(line.params["on"]),
        "purpose": label("access_purpose", line.params["purpose"]),
        "answer": label("access_answer", line.params["answer"]) if line.params["answer"] else _("answer it"),
    }
    return _("%(who)s: wants to enter the shelter, asked on %(on)s (%(purpose)s): %(answer)s") % said


def section(reader: Reader) -> Mapping[str, Any]:
    """Each of them, with the answer, and whether somebody came in against it."""
    return {"cards": [_shown(row) for row in concerns(reader)]}


def _shown(row: ShelterAccessConcern) -> dict[str, Any]:
    asked = row.request
    against = bool(asked.came_in) and asked.answer not in IN
    return card(
        label("access_requester", asked.by),
        _("Asked on %(day)s.") % {"day": day(timezone.localdate(asked.asked_at))},
        _("What for: %(purpose)s.") % {"purpose": label("access_purpose", asked.purpose)},
        _("They showed: %(basis)s.") % {"basis": label("access_basis", asked.basis)},
        _("They came in against the answer. Record what happened as an incident.") if against else "",
        tag=label("access_answer", asked.answer) if asked.answer else _("not answered"),
        kind="overdue" if against else "done" if asked.answer else "soon",
    )


RECORD = Record(
    code=CODE,
    title=gettext_lazy("Who wanted to enter the shelter because of this person"),
    list_act="house_access_concern.list",
    lines=lines,
    words=words,
    section=section,
    template=CARDS,
)

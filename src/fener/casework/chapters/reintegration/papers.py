"""How papers and entitlements stand on the case: how many are open, what was denied, what waits for an answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fener.casework.chapters.children.drawing import CARDS, card, day, end_of, label, opened, reads_file
from fener.casework.chapters.contract import Door, NewLine, Reader, Record
from fener.casework.models import Case, ServiceRecord
from fener.casework.models.line import CaseLine
from fener.casework.models.reintegration.papers import PaperState
from fener.casework.selectors.reintegration.papers import help_with_papers, papers
from fener.casework.services.reintegration.papers import DENIED, LISTS, items, standing
from fener.casework.services.reintegration.papers import RECORD as CODE
from fener.norms.path.checklists import checklist, gaps
from fener.norms.services_catalogue import catalogue


def lines(case: Case) -> Iterator[NewLine]:
    """How many lines are open, once somebody looked at them; each denial; each application until its day."""
    found = standing(PaperState.objects.filter(case=case))
    if found:
        yield NewLine(what="open", params={"open": sum(len(_open(list_id, found)) for list_id in LISTS)})
    for item, row in found.items():
        params = {"item": item, "by": row.denied_by}
        if row.state == DENIED:
            yield NewLine(what="denied", params=params, about=row.pk, starts=row.on, urgent=True)
        elif row.answer_by is not None:
            due = end_of(row.answer_by)
            yield NewLine(what="applied", params=params, about=row.pk, shown=False, starts=row.on, due=due)


def words(line: CaseLine) -> str:
    """ "Denied: Birth certificate (Registry office)"."""
    if line.what == "open":
        count = line.params["open"]
        return ngettext("%(n)s paper or entitlement is open", "%(n)s papers or entitlements are open", count) % {
            "n": count
        }
    item = _item(line.params["item"])
    if line.what == "denied":
        return _("Denied: %(what)s (%(by)s)") % {"what": item, "by": label("denying_office", line.params["by"])}
    return _("Applied for, an answer is expected: %(what)s") % {"what": item}


def section(reader: Reader) -> Mapping[str, Any]:
    """One card for each of the two lists, every line with how it stands; and help that was offered for papers."""
    rows = papers(reader)
    found, helped = standing(rows), help_with_papers(reader) if reads_file(reader) else []
    cards = [_list(reader, list_id, found, rows) for list_id in LISTS]
    return {"cards": [*cards, *([_helped(helped)] if helped else [])]}


def _list(reader: Reader, list_id: str, found: Mapping[str, PaperState], rows: list[PaperState]) -> dict[str, Any]:
    mine = checklist(list_id)
    codes = {item.code for item in mine.items}
    waiting = len(_open(list_id, found))
    return card(
        _(mine.title),
        tag=_("%(n)s open") % {"n": waiting} if waiting else _("settled"),
        kind="soon" if waiting else "done",
        points=[f"{_(item.text)}: {_state(found.get(item.code))}" for item in mine.items],
        words=[
            each
            for row in rows
            if row.item in codes
            for each in opened(reader, row.words_id, f"{_item(row.item)}, {day(row.on)}")
        ],
    )


def _state(row: PaperState | None) -> str:
    if row is None:
        return _("not asked yet")
    text = f"{label('document_state', row.state)} ({day(row.on)})"
    if row.denied_by:
        return _("%(state)s, by: %(office)s") % {"state": text, "office": label("denying_office", row.denied_by)}
    if row.answer_by:
        return _("%(state)s, an answer is expected by %(day)s") % {"state": text, "day": day(row.answer_by)}
    return text


def _helped(rows: list[ServiceRecord]) -> dict[str, Any]:
    return card(
        _("Help with papers"),
        points=[f"{_(catalogue().label(row.kind))}: {row.get_state_display()} ({day(row.offered_on)})" for row in rows],
    )


def _open(list_id: str, found: Mapping[str, PaperState]) -> tuple[str, ...]:
    codes = {item.code for item in checklist(list_id).items}
    left = gaps(list_id, {item: row.state for item, row in found.items() if item in codes})
    return (*left.unanswered, *left.open)


def _item(code: str) -> str:
    texts = items()
    return _(texts[code]) if code in texts else code


RECORD = Record(
    code=CODE,
    title=gettext_lazy("Papers and entitlements"),
    list_act="papers.list",
    lines=lines,
    words=words,
    section=section,
    template=CARDS,
    doors=(Door(act="papers.record", text=gettext_lazy("Go through the list"), url_name="casework:papers_record"),),
    copy_words={
        "PaperState.item": _item,
        "PaperState.state": lambda code: label("document_state", code),
        "PaperState.denied_by": lambda code: label("denying_office", code) if code else "",
    },
)

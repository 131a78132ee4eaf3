"""How the checklist of what a child needs stands on the case: the latest one, and what is missing (rule CH-17)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework.chapters.children.drawing import CARDS, card, day, is_child, label
from fener.casework.chapters.contract import Door, NewLine, Reader, Record
from fener.casework.models import Case
from fener.casework.models.children.care import ChildChecklist
from fener.casework.models.line import CaseLine
from fener.casework.selectors.children.care import checklists
from fener.casework.services.children.care import CHECKLIST as CODE
from fener.casework.services.children.care import LIST, open_items
from fener.norms.path.checklists import checklist


def lines(case: Case) -> Iterator[NewLine]:
    """What is missing by the latest list."""
    row = ChildChecklist.objects.filter(case=case).order_by("-on", "-pk").first()
    if row is not None:
        yield NewLine(what="checked", params={"open": list(open_items(row).open)}, about=row.pk)


def words(line: CaseLine) -> str:
    """ "Missing for the child: school"."""
    if not line.params["open"]:
        return _("The child has what it needs where it will live")
    return _("Missing for the child: %(what)s") % {"what": ", ".join(_item(code) for code in line.params["open"])}


def section(reader: Reader) -> Mapping[str, Any]:
    """The latest list in full; earlier ones by what they lacked."""
    rows = checklists(reader)
    return {"cards": [_card(row, whole=row is rows[0]) for row in rows]}


def _card(row: ChildChecklist, *, whole: bool) -> dict[str, Any]:
    missing = open_items(row).open
    return card(
        _("Checked on %(day)s") % {"day": day(row.on)},
        tag=_("something is missing") if missing else _("complete"),
        kind="soon" if missing else "done",
        points=[f"{_item(code)}: {label('check_state', answer)}" for code, answer in row.answers.items()]
        if whole
        else [],
    )


def _item(code: str) -> str:
    texts = {item.code: item.text for item in checklist(LIST).items}
    return _(texts[code]) if code in texts else code


def _answers(answers: Mapping[str, str]) -> str:
    return "; ".join(f"{_item(code)}: {label('check_state', answer)}" for code, answer in answers.items())


RECORD = Record(
    code=CODE,
    title=gettext_lazy("What the child has where it will live"),
    list_act="child_checklist.list",
    lines=lines,
    words=words,
    section=section,
    template=CARDS,
    concerns=is_child,
    doors=(Door(act="child_checklist.record", text=gettext_lazy("Check it"), url_name="casework:child_checklist"),),
    copy_words={"ChildChecklist.answers": _answers},
)

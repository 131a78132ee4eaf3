"""How a child's own view stands on the case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework.chapters.children.drawing import CARDS, card, day, is_child, opened
from fener.casework.chapters.contract import Door, NewLine, Reader, Record
from fener.casework.models import Case
from fener.casework.models.children.decision import About, ChildView
from fener.casework.models.line import CaseLine
from fener.casework.selectors.children.decisions import views
from fener.casework.services.children.decisions import VIEWS as CODE
from fener.trust.compartments import Compartment


def lines(case: Case) -> Iterator[NewLine]:
    """Each time the child was heard, or could not be."""
    for row in ChildView.objects.filter(case=case).order_by("on", "pk"):
        what = "heard" if row.heard else "not_heard"
        yield NewLine(what=what, params={"about": row.about}, about=row.pk, shown=False)


def words(line: CaseLine) -> str:
    """ "The child was heard: where the child lives"."""
    text = _("The child was heard") if line.what == "heard" else _("The child could not be heard")
    return f"{text}: {About(line.params['about']).label}"


def section(reader: Reader) -> Mapping[str, Any]:
    """On what the child was heard, and when."""
    cards = [
        card(
            str(About(row.about).label),
            _("The child was heard") + "." if row.heard else _("The child could not be heard") + ".",
            day(row.on) + ".",
            words=opened(
                reader,
                row.words_id,
                _("Open the child's words") if row.heard else _("Open why"),
                Compartment.LEGAL,
            ),
        )
        for row in views(reader)
    ]
    return {"cards": cards}


RECORD = Record(
    code=CODE,
    title=gettext_lazy("The child's own view"),
    list_act="child_view.list",
    lines=lines,
    words=words,
    section=section,
    template=CARDS,
    concerns=is_child,
    doors=(
        Door(
            act="child_view.record", text=gettext_lazy("Record what the child says"), url_name="casework:child_view_new"
        ),
    ),
)

"""How a search for the family stands on a case: one line each, never whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework.chapters.children.drawing import CARDS, card, day, doors, label, opened
from fener.casework.chapters.contract import Door, NewLine, Reader, Record
from fener.casework.domain.returns.tracing_states import TRACING
from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.models.returns.tracing import FamilySearch
from fener.casework.selectors.returns.tracing import searches
from fener.casework.services.returns.tracing import RECORD as CODE
from fener.trust.compartments import Compartment

TAGS = {"running": "soon", "found": "done"}
OPEN = {"running", "not_found"}


def lines(case: Case) -> Iterator[NewLine]:
    """One line a search; the name and the place are sealed."""
    for one in FamilySearch.objects.filter(case=case).order_by("asked_on", "pk"):
        yield NewLine(
            what="search", params={"state": one.state, "relative": one.relative}, about=one.pk,
            starts=one.asked_on, ends=one.ended_on, shown=one.state in ("running", "found"),
        )  # fmt: skip


def words(line: CaseLine) -> str:
    """Whom by relation, and how it stands."""
    named = {
        "relative": label("risk_subject", line.params["relative"]),
        "state": label("tracing_state", line.params["state"]),
    }
    return _("Search for the family (%(relative)s): %(state)s") % named


def section(reader: Reader) -> Mapping[str, Any]:
    """Each search with what may be done."""
    return {"cards": [_card(reader, one) for one in searches(reader)]}


def _card(reader: Reader, one: FamilySearch) -> dict[str, Any]:
    may = []
    if any(state == one.state for state, _act in TRACING.steps):
        may.append(("tracing.record", "tracing_end", _("How does it stand?")))
    if one.state == "found" and one.contacted_on is None:
        may.append(("tracing.record", "tracing_contact", _("The relative was told")))
    told = _("The relative was told on %(day)s, as the person agreed.") if one.contacted_on else ""
    return card(
        label("risk_subject", one.relative),
        _("Asked for on %(day)s.") % {"day": day(one.asked_on)},
        _("Who looks: %(who)s.") % {"who": one.get_by_display()},
        told % {"day": day(one.contacted_on)} if one.contacted_on else _("Nobody of the family was told anything."),
        tag=label("tracing_state", one.state),
        kind=TAGS.get(one.state, "plain"),
        words=opened(reader, one.words_id, _("Open who is looked for"), Compartment.CONTACT),
        doors=list(doors(reader, *may, row=one.pk)),
    )


RECORD = Record(
    code=CODE,
    title=gettext_lazy("Search for the family"),
    list_act="tracing.list",
    lines=lines,
    words=words,
    section=section,
    template=CARDS,
    doors=(
        Door(
            act="tracing.record",
            text=gettext_lazy("The person wants the family to be looked for"),
            url_name="casework:tracing_new",
        ),
    ),
    copy_words={
        "FamilySearch.relative": lambda code: label("risk_subject", code),
        "FamilySearch.state": lambda code: label("tracing_state", code),
    },
)

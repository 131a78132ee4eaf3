"""How what stayed behind stands on a case: one line for all of it, on which nothing says what it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fener.casework import access
from fener.casework.chapters.children.drawing import CARDS, card, day, doors, end_of, label, opened
from fener.casework.chapters.contract import Door, NewLine, Reader, Record
from fener.casework.domain.justice.belonging_states import LEFT, OPEN
from fener.casework.models import Case
from fener.casework.models.justice.belonging import LeftBehind
from fener.casework.models.line import CaseLine
from fener.casework.selectors.justice.belongings import left_behind
from fener.casework.services.justice.belongings import RECORD as CODE
from fener.casework.services.justice.belongings import gap_of
from fener.norms.labour import money
from fener.trust.compartments import Compartment


def lines(case: Case) -> Iterator[NewLine]:
    """How much is open, and since when nobody asked for it. No departure and no closing takes it away."""
    rows = list(LeftBehind.objects.filter(case=case, state__in=OPEN).order_by("left_on", "pk"))
    if not rows:
        return
    untouched = next((one.left_on for one in rows if one.state == LEFT), None)
    yield NewLine(what="open", params={"count": len(rows)}, due=end_of(untouched))


def words(line: CaseLine) -> str:
    """How much; never what."""
    count = int(line.params["count"])
    return ngettext(
        "%(count)s thing of the person stayed behind", "%(count)s things of the person stayed behind", count
    ) % {"count": count}


def section(reader: Reader) -> Mapping[str, Any]:
    """Each thing with what may be done about it; to an immigration service there is nothing."""
    if access.works_on_immigration(reader.actor.keeper_id):
        return {"cards": []}
    return {"cards": [_card(reader, one) for one in left_behind(reader)]}


def _card(reader: Reader, one: LeftBehind) -> dict[str, Any]:
    may = (("belonging.advance", "belonging_step", _("What became of it")),) if one.state in OPEN else ()
    return card(
        label("belonging_kind", one.kind),
        _("Who has it: %(who)s.") % {"who": label("incident_author", one.held_by)},
        _("Since %(day)s.") % {"day": day(one.left_on)},
        _("Time to collect it: %(answer)s.") % {"answer": one.get_time_given_display()},
        _("Claimed on %(day)s.") % {"day": day(one.claim.claimed_on)} if one.claim else "",
        *_wages(one),
        tag=label("belonging_state", one.state),
        kind="soon" if one.state in OPEN else "done",
        words=opened(reader, one.words_id, _("Open what it is, and where"), Compartment.LEGAL),
        doors=list(doors(reader, *may, row=one.pk)),
    )


def _wages(one: LeftBehind) -> Iterator[str]:
    if not one.currency:
        return
    gap = gap_of(one)
    if gap.gap is None:
        yield _("How much is owed cannot be said: a figure is missing. That is not nought.")
        return
    owed, paid, left = (money(value, one.currency) for value in (gap.owed, gap.paid, gap.gap))
    yield _("Owed %(owed)s, paid %(paid)s: %(gap)s is missing.") % {"owed": owed, "paid": paid, "gap": left}


RECORD = Record(
    code=CODE,
    title=gettext_lazy("Wages, belongings and papers left behind"),
    list_act="belonging.list",
    lines=lines,
    words=words,
    section=section,
    to_immigration=False,
    template=CARDS,
    doors=(
        Door(act="belonging.record", text=gettext_lazy("Something stays behind"), url_name="casework:belonging_new"),
    ),
    copy_words={
        "LeftBehind.kind": lambda code: label("belonging_kind", code),
        "LeftBehind.held_by": lambda code: label("incident_author", code),
        "LeftBehind.state": lambda code: label("belonging_state", code),
    },
)

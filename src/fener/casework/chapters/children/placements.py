"""How a child's places stand on the case; a hand-over by police alone is an alarm until child protection has looked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework.chapters.children.drawing import CARDS, card, day, doors, end_of, is_child, label, reads_file
from fener.casework.chapters.contract import Door, NewLine, Reader, Record
from fener.casework.models import Case
from fener.casework.models.children.placement import ChildHandOver, ChildPlacement
from fener.casework.models.line import CaseLine
from fener.casework.selectors.children.placements import hand_overs, placements
from fener.casework.services.children.placements import RECORD as CODE
from fener.casework.services.children.placements import is_alarm

PLACE, ALARM = "place", "alarm"


def lines(case: Case) -> Iterator[NewLine]:
    """The present place, earlier ones on the time line, and alarms that nobody has looked at."""
    for row in ChildPlacement.objects.filter(case=case).order_by("since", "pk"):
        yield NewLine(
            what=PLACE,
            params={"kind": row.kind},
            about=row.pk,
            shown=row.until is None,
            starts=timezone.localdate(row.since),
            ends=timezone.localdate(row.until) if row.until else None,
        )
    for hand in ChildHandOver.objects.filter(case=case, looked_at_on__isnull=True).order_by("on", "pk"):
        if is_alarm(hand):
            yield NewLine(
                what=ALARM,
                params={"by": hand.by, "to": hand.to},
                about=hand.pk,
                due=end_of(hand.on),
                urgent=True,
                for_node=True,
            )


def words(line: CaseLine) -> str:
    """ "Lives in: foster family"."""
    if line.what == ALARM:
        return _("Handed over without child protection (%(by)s): let it see the child") % {
            "by": label("hand_over", line.params["by"])
        }
    return _("Lives in: %(place)s") % {"place": label("placement_kind", line.params["kind"])}


def section(reader: Reader) -> Mapping[str, Any]:
    """The places and the hand-overs."""
    places = [_place(reader, row) for row in placements(reader)]
    return {"cards": [*[_hand(reader, row) for row in hand_overs(reader)], *places]}


def _place(reader: Reader, row: ChildPlacement) -> dict[str, Any]:
    return card(
        label("placement_kind", row.kind),
        f"{row.organisation.name}." if row.organisation and reads_file(reader) else "",
        _("From %(day)s.") % {"day": day(timezone.localtime(row.since))},
        _("Until %(day)s.") % {"day": day(timezone.localtime(row.until))} if row.until else "",
        _("Until the decision, for %(hours)s hours.") % {"hours": row.hours} if row.hours else "",
        _("The child came back from another country or place.") if row.returned else "",
        tag=_("now") if row.until is None else _("ended"),
        kind="done" if row.until is None else "plain",
    )


def _hand(reader: Reader, row: ChildHandOver) -> dict[str, Any]:
    waits = is_alarm(row) and row.looked_at_on is None
    seen = ("child_hand_over.answer", "child_hand_over_seen", _("Child protection has seen the child"))
    return card(
        _("Handed over by: %(by)s") % {"by": label("hand_over", row.by)},
        _("To: %(to)s.") % {"to": label("placement_kind", row.to)},
        day(row.on) + ".",
        _("Seen by child protection on %(day)s.") % {"day": day(row.looked_at_on)} if row.looked_at_on else "",
        tag=_("alarm") if waits else "",
        kind="overdue",
        doors=list(doors(reader, seen, row=row.pk)) if waits else [],
    )


RECORD = Record(
    code=CODE,
    title=gettext_lazy("Where the child lives"),
    list_act="child_placement.list",
    lines=lines,
    words=words,
    section=section,
    template=CARDS,
    concerns=is_child,
    doors=(
        Door(
            act="child_placement.record", text=gettext_lazy("Record a place"), url_name="casework:child_placement_new"
        ),
        Door(
            act="child_hand_over.record",
            text=gettext_lazy("Record a hand-over"),
            url_name="casework:child_hand_over_new",
        ),
    ),
    copy_words={
        "ChildPlacement.kind": lambda code: label("placement_kind", code),
        "ChildHandOver.by": lambda code: label("hand_over", code),
        "ChildHandOver.to": lambda code: label("placement_kind", code),
    },
)

"""How charges and penalties of the person stand on a case: under review, and a violation until resolved (JU-05)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework.chapters.children.drawing import CARDS, card, day, doors, end_of, label, opened, reads_file
from fener.casework.chapters.contract import Door, NewLine, Reader, Record
from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.models.safety.punishment import Punishment
from fener.casework.selectors.safety.punishments import punishments
from fener.casework.services.safety.punishments import RECORD as CODE
from fener.trust.compartments import Compartment

OPEN = Punishment.State.OPEN


def lines(case: Case) -> Iterator[NewLine]:
    """Due by the day of the review; overdue until it is resolved."""
    for row in Punishment.objects.filter(case=case).order_by("happened_on", "pk"):
        yield NewLine(
            what=row.state,
            params={"penalty": row.penalty, "by": row.by},
            about=row.pk,
            starts=row.happened_on,
            ends=row.resolved_on,
            due=end_of(row.due_on) if row.state == OPEN else None,
            urgent=row.state == OPEN,
            for_node=row.state == OPEN,
        )


def words(line: CaseLine) -> str:
    """ "Charged (prosecutor): a violation until it is resolved"."""
    done = {"done": label("penalty_kind", line.params["penalty"]), "by": label("incident_author", line.params["by"])}
    if line.what == OPEN:
        return _("%(done)s (%(by)s): a violation until it is resolved") % done
    return f"{_('%(done)s (%(by)s)') % done}: {Punishment.State(line.what).label}"


def section(reader: Reader) -> Mapping[str, Any]:
    """Each charge, penalty or arrest with its review."""
    return {"cards": [_shown(reader, row) for row in punishments(reader)]}


def _shown(reader: Reader, row: Punishment) -> dict[str, Any]:
    waits = row.state == OPEN
    late = waits and row.due_on < timezone.localdate(reader.at)
    end = ("punishment.resolve", "punishment_resolve", _("How it ended"))
    return card(
        f"{label('penalty_kind', row.penalty)} ({label('incident_author', row.by)})",
        _("For: %(what)s.") % {"what": label("linked_act", row.act)} if reads_file(reader) else "",
        _("On %(day)s.") % {"day": day(row.happened_on)},
        _("Review by %(day)s.") % {"day": day(row.due_on)} if waits else "",
        _("Resolved on %(day)s.") % {"day": day(row.resolved_on)} if row.resolved_on else "",
        tag=_("review overdue") if late else row.get_state_display(),
        kind="overdue" if waits else "done",
        words=[
            *opened(reader, row.words_id, _("Open what happened"), Compartment.LEGAL),
            *opened(reader, row.reasons_id, _("Open the decision"), Compartment.LEGAL),
        ],
        doors=list(doors(reader, end, row=row.pk)) if waits else [],
    )


RECORD = Record(
    code=CODE,
    title=gettext_lazy("Charges against the person"),
    list_act="punishment.list",
    lines=lines,
    words=words,
    section=section,
    template=CARDS,
    doors=(
        Door(
            act="punishment.record",
            text=gettext_lazy("Record a charge, fine or arrest of the person"),
            url_name="casework:punishment_new",
        ),
    ),
    copy_words={
        "Punishment.act": lambda code: label("linked_act", code),
        "Punishment.penalty": lambda code: label("penalty_kind", code),
        "Punishment.by": lambda code: label("incident_author", code),
    },
)

"""How detentions stand on a case: an alarm for the worker and the co-ordinator from the first day, with its days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fener.casework.chapters.children.drawing import CARDS, card, day, doors, label, opened
from fener.casework.chapters.contract import Door, NewLine, Reader, Record
from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.models.safety.detention import Detention
from fener.casework.selectors.safety.detentions import detentions
from fener.casework.services.safety.detentions import RECORD as CODE
from fener.norms.path.justice import days_in_detention
from fener.trust.compartments import Compartment


def lines(case: Case) -> Iterator[NewLine]:
    """Overdue from the beginning of the first day, until the transfer or the release."""
    for row in Detention.objects.filter(case=case).order_by("since", "pk"):
        held = row.state == Detention.State.HELD
        yield NewLine(
            what=row.state,
            params={"by": row.by, "since": row.since},
            about=row.pk,
            starts=row.since,
            ends=row.ended_on,
            due=timezone.make_aware(datetime.combine(row.since, time.min)) if held else None,
            urgent=held,
            for_node=held,
        )


def words(line: CaseLine) -> str:
    """ "In detention (police), day 3: ask for the transfer"."""
    since = date.fromisoformat(line.params["since"])
    office = label("incident_author", line.params["by"])
    if line.what == Detention.State.HELD:
        days = days_in_detention(since=since, until=None, today=timezone.localdate())
        return _("In detention (%(by)s), day %(day)s: ask for the transfer") % {"by": office, "day": days}
    days = days_in_detention(since=since, until=line.ends, today=timezone.localdate())
    return f"{_('Was in detention (%(by)s)') % {'by': office}}: {_counted(days)}"


def section(reader: Reader) -> Mapping[str, Any]:
    """Each detention with its days."""
    return {"cards": [_shown(reader, row) for row in detentions(reader)]}


def _shown(reader: Reader, row: Detention) -> dict[str, Any]:
    held = row.state == Detention.State.HELD
    days = days_in_detention(since=row.since, until=row.ended_on, today=timezone.localdate(reader.at))
    end = ("detention.end", "detention_end", _("Transferred or released"))
    return card(
        _("Detention: %(by)s") % {"by": label("incident_author", row.by)},
        _("Since %(day)s.") % {"day": day(row.since)},
        _("Until %(day)s.") % {"day": day(row.ended_on)} if row.ended_on else "",
        _("Days in detention: %(days)s.") % {"days": days},
        tag=row.get_state_display(),
        kind="overdue" if held else "done",
        words=opened(reader, row.words_id, _("Open where, and on what ground"), Compartment.LEGAL),
        doors=list(doors(reader, end, row=row.pk)) if held else [],
    )


def _counted(days: int) -> str:
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}


RECORD = Record(
    code=CODE,
    title=gettext_lazy("Detention"),
    list_act="detention.list",
    lines=lines,
    words=words,
    section=section,
    template=CARDS,
    doors=(Door(act="detention.record", text=gettext_lazy("Record a detention"), url_name="casework:detention_new"),),
    copy_words={"Detention.by": lambda code: label("incident_author", code)},
)

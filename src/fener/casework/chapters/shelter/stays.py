"""How stays in a shelter stand on a case: since when, the limit that comes near, the plan that is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework.chapters.children.drawing import CARDS, card, day, doors, end_of, label, opened, said
from fener.casework.chapters.contract import Door, NewLine, Reader, Record
from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.models.shelter.stay import ShelterStay
from fener.casework.selectors.shelter.reach import lines_of_stays
from fener.casework.selectors.shelter.stays import stays
from fener.casework.services.shelter.stays import CLOCK
from fener.casework.services.shelter.stays import RECORD as CODE
from fener.norms.clocks import clocks_pack
from fener.norms.path.justice import stay_marks
from fener.trust.compartments import Compartment


def lines(case: Case) -> Iterator[NewLine]:
    """The stay with its limit, and, ahead of the limit, the exit plan that is missing."""
    for row in ShelterStay.objects.filter(case=case).order_by("since", "pk"):
        here = row.ended_on is None
        yield NewLine(
            what="here" if here else "left",
            params={"since": row.since, "limit": row.limit_on if here else None, "how": row.end_reason},
            about=row.pk,
            shown=here,
            starts=row.since,
            ends=row.ended_on or row.limit_on,
            due=end_of(row.limit_on) if here else None,
        )
        if here and row.limit_on and row.exit_plan_on is None:
            warn = max(row.since, row.limit_on - timedelta(days=clocks_pack().data[CLOCK]["warn_before"]["days"]))
            yield NewLine(what="plan", params={"limit": row.limit_on}, about=row.pk, due=end_of(warn), shown=False)


def words(line: CaseLine) -> str:
    """ "In a shelter since 3 March; limit 3 September"."""
    if line.what == "plan":
        return _("Agree the exit plan with the person before %(limit)s") % {"limit": day(line.params["limit"])}
    since = day(line.params["since"])
    if line.what == "left":
        return _("Was in a shelter from %(since)s: %(how)s") % {
            "since": since,
            "how": label("stay_exit", line.params["how"]),
        }
    if line.params["limit"] is None:
        return _("In a shelter since %(since)s") % {"since": since}
    return _("In a shelter since %(since)s; limit %(limit)s") % {"since": since, "limit": day(line.params["limit"])}


def section(reader: Reader) -> Mapping[str, Any]:
    """Each stay with its marks."""
    return {"cards": [_shown(reader, row) for row in stays(reader)]}


def _shown(reader: Reader, row: ShelterStay) -> dict[str, Any]:
    here = row.ended_on is None
    marks = said(stay_marks(ground=row.ground, sees_self_so=row.sees_self_so))
    own_house = reader.actor.keeper_id == row.shelter.organisation_id
    return card(
        row.shelter.service.name if own_house else label("shelter_kind", row.shelter.kind),
        _("Ground: %(ground)s.") % {"ground": label("admission_ground", row.ground)},
        _("Reason: %(reason)s.") % {"reason": label("stay_reason", row.reason)},
        _("Since %(day)s.") % {"day": day(row.since)},
        _("Limit: %(day)s.") % {"day": day(row.limit_on)} if here and row.limit_on else "",
        _("No limit is known.") if here and not row.limit_on else "",
        _("Exit plan of %(day)s: %(to)s.") % {"day": day(row.exit_plan_on), "to": label("exit_to", row.exit_to)}
        if row.exit_plan_on
        else "",
        _("Until %(day)s.") % {"day": day(row.ended_on)} if row.ended_on else "",
        tag=_("stays there") if here else label("stay_exit", row.end_reason),
        kind=("soon" if marks else "running") if here else "done",
        points=[*marks, *_longer(row)],
        words=opened(reader, row.exit_plan_id, _("Open the exit plan"), Compartment.LOCATION),
        doors=list(_acts(reader, row)) if here else [],
    )


def _longer(row: ShelterStay) -> Iterator[str]:
    for one in row.extensions.all():
        yield _("Longer until %(until)s: %(reason)s.") % {
            "until": day(one.until),
            "reason": label("stay_reason", one.reason),
        }


def _acts(reader: Reader, row: ShelterStay) -> Iterator[dict[str, str]]:
    wanted = [
        ("shelter_stay.plan", "stay_plan", _("Record the exit plan")),
        ("stay_restriction.record", "stay_restrict", _("Record a restriction")),
        ("shelter_stay.end", "stay_leave", _("The stay ended")),
    ]
    if row.limit_on:
        wanted.insert(0, ("shelter_stay.extend", "stay_extend", _("Let it last longer")))
    return doors(reader, *wanted, row=row.pk)


def _coded(vocabulary_id: str) -> Any:
    return lambda code: label(vocabulary_id, code) if code else ""


RECORD = Record(
    code=CODE,
    title=gettext_lazy("Stays in a shelter"),
    list_act="shelter_stay.list",
    lines=lines,
    words=words,
    section=section,
    template=CARDS,
    lines_within=lines_of_stays,
    doors=(Door(act="shelter_stay.record", text=gettext_lazy("Record an admission"), url_name="casework:stay_new"),),
    copy_words={
        "ShelterStay.ground": _coded("admission_ground"),
        "ShelterStay.reason": _coded("stay_reason"),
        "ShelterStay.exit_to": _coded("exit_to"),
        "ShelterStay.end_reason": _coded("stay_exit"),
        "StayExtension.reason": _coded("stay_reason"),
    },
)

"""How family reunions stand, and whether a relative in danger has a plan of protection of their own (rule RP-12)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework.chapters.children.drawing import CARDS, card, day, doors, label, opened
from fener.casework.chapters.contract import Door, NewLine, Reader, Record
from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.models.residence.reunion import FamilyReunion
from fener.casework.selectors.residence.reunions import reunions
from fener.casework.services.residence.reunions import RECORD as CODE
from fener.casework.services.residence.reunions import protection_of
from fener.trust.compartments import Compartment

TAGS = {"asked": "soon", "granted": "done", "refused": "refused"}


def lines(case: Case) -> Iterator[NewLine]:
    """One line a reunion, from the day it was asked for until it was decided."""
    for one in FamilyReunion.objects.filter(case=case).order_by("asked_on", "pk"):
        yield NewLine(
            what=one.state, params={"relative": one.relative}, about=one.pk, shown=one.state == "asked",
            starts=one.asked_on, ends=one.decided_on,
        )  # fmt: skip


def words(line: CaseLine) -> str:
    """Which relation, and how it stands."""
    named = {"relative": label("risk_subject", line.params["relative"]), "state": FamilyReunion.State(line.what).label}
    return _("Family reunion (%(relative)s): %(state)s") % named


def section(reader: Reader) -> Mapping[str, Any]:
    """Each reunion; above them relatives in danger without a plan of their own."""
    protected = protection_of(reader.case, timezone.localdate(reader.at))
    found = reunions(reader)
    text = _("%(relative)s %(which)s: a danger was found, and no plan of protection of their own is in force.")
    missing = [
        text % {"relative": label("risk_subject", subject), "which": which}
        for (subject, which), held in sorted(protected.items())
        if not held
    ]
    return {"cards": [_card(reader, one, protected) for one in found], "missing": missing}


def _card(reader: Reader, one: FamilyReunion, protected: Mapping[tuple[str, int], bool]) -> dict[str, Any]:
    may = (("reunion.record", "reunion_decide", _("What was decided")),) if one.state == "asked" else ()
    held = protected.get((one.relative, one.which))
    return card(
        label("risk_subject", one.relative),
        _("Asked for on %(day)s.") % {"day": day(one.asked_on)},
        _("Decided on %(day)s.") % {"day": day(one.decided_on)} if one.decided_on else "",
        _("Why: %(reason)s.") % {"reason": label("reunion_refusal", one.reason)} if one.reason else "",
        _("Protected by a plan of their own.") if held else "",
        tag=one.get_state_display(),
        kind=TAGS[one.state],
        words=opened(reader, one.words_id, _("Open who it is"), Compartment.CONTACT),
        doors=list(doors(reader, *may, row=one.pk)),
    )


RECORD = Record(
    code=CODE,
    title=gettext_lazy("Family reunion"),
    list_act="reunion.list",
    lines=lines,
    words=words,
    section=section,
    template=CARDS,
    doors=(
        Door(act="reunion.record", text=gettext_lazy("A relative joins the person"), url_name="casework:reunion_new"),
    ),
    copy_words={
        "FamilyReunion.relative": lambda code: label("risk_subject", code),
        "FamilyReunion.reason": lambda code: label("reunion_refusal", code) if code else "",
    },
)

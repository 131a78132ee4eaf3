"""How what returns passed on stands on a case: one line for each authority that was told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework import access
from fener.casework.chapters.contract import Knew, NewLine, Reader, Record
from fener.casework.domain.returns import journey_states as s
from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.models.returns.journey import Journey
from fener.casework.models.returns.passing_on import PassedOn
from fener.casework.selectors.returns.passing_on import journeys, passed_on
from fener.casework.services.returns.passing_on import RECORD as CODE
from fener.norms.vocab import vocabulary

OVER = ("declined", "stopped")


def lines(case: Case) -> Iterator[NewLine]:
    """What one authority was told for what; that a statement was demanded there stays urgent."""
    for one in PassedOn.objects.filter(case=case).order_by("on", "pk"):
        yield NewLine(
            what="demanded" if one.demanded_on else "told",
            params={"purpose": one.purpose, "count": len(one.fields), "on": one.on},
            about=one.pk,
            shown=one.demanded_on is not None,
            starts=one.on,
            ends=one.on,
            urgent=one.demanded_on is not None,
        )


def words(line: CaseLine) -> str:
    """For what an authority was told, without its name."""
    purpose = purpose_label(line.params["purpose"])
    if line.what == "demanded":
        return _("An authority of the country of return demanded a statement (%(purpose)s)") % {"purpose": purpose}
    return _("An authority of the country of return was told: %(purpose)s") % {"purpose": purpose}


def purpose_label(code: str) -> str:
    """A purpose in the reader's language."""
    return _(vocabulary("return_purpose").label(code))


def field_labels(codes: list[str]) -> str:
    """Kinds of data in the reader's language."""
    return ", ".join(_(vocabulary("return_field").label(code)) for code in codes)


def section(reader: Reader) -> Mapping[str, Any]:
    """Who was told what, and for which journeys more may be passed on."""
    may = access.allowed(reader.actor, "return.pass_on", reader.found) is not None
    return {
        "passed_on": [_shown(reader, one) for one in passed_on(reader)],
        "journeys": [_door(reader, one) for one in journeys(reader) if may and one.state not in OVER],
    }


def _shown(reader: Reader, one: PassedOn) -> dict[str, Any]:
    may = access.allowed(reader.actor, "return.demanded", reader.found) is not None
    demanded = reverse("casework:passed_on_demanded", args=[reader.case.code, one.pk])
    return {
        "who": one.recipient.name,
        "on": one.on,
        "purpose": purpose_label(one.purpose),
        "fields": field_labels(one.fields),
        "assurance": one.get_assurance_display(),
        "demanded_on": one.demanded_on,
        "demanded": demanded if may and one.demanded_on is None else "",
    }


def _door(reader: Reader, one: Journey) -> dict[str, str]:
    kind = _(vocabulary("return_type").label(one.kind))
    day = date_format(one.departed_on if one.state in s.AFTER and one.departed_on else one.since)
    return {
        "text": _("Pass something on: %(kind)s, %(day)s") % {"kind": kind, "day": day},
        "href": reverse("casework:passed_on_new", args=[reader.case.code, one.pk]),
    }


RECORD = Record(
    code=CODE,
    title=gettext_lazy("What was passed on"),
    list_act="passed_on.list",
    lines=lines,
    words=words,
    section=section,
    template="casework/returns/_passed_on.html",
    knew=Knew(gives=("return.pass_on",)),
    copy_words={"PassedOn.purpose": purpose_label, "PassedOn.fields": field_labels},
)

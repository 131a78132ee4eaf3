"""How the screening of a returnee stands on a case: due from the arrival on, whatever the kind of return (ID-30)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, time
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework import access
from fener.casework.chapters.contract import NewLine, Reader, Record
from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.models.returns.journey import Journey
from fener.casework.selectors.returns.screening import departed
from fener.casework.services.returns.screening import RECORD as CODE
from fener.casework.services.returns.screening import protocol
from fener.norms.vocab import vocabulary


def lines(case: Case) -> Iterator[NewLine]:
    """An arrival that nobody screened is due on its day; a screening is kept with how it ended."""
    found = Journey.objects.filter(case=case, departed_on__isnull=False).select_related("screening")
    for one in found.order_by("departed_on", "pk"):
        done = getattr(one, "screening", None)
        if done is not None:
            yield NewLine(
                what="screened", params={"kind": one.kind, "outcome": done.outcome}, about=one.pk, shown=False,
                starts=done.on, ends=done.on,
            )  # fmt: skip
        elif one.confirmed_on is not None:
            yield NewLine(
                what="unscreened", params={"kind": one.kind}, about=one.pk, starts=one.confirmed_on,
                due=timezone.make_aware(datetime.combine(one.confirmed_on, time(23, 59, 59))), for_node=True,
            )  # fmt: skip


def words(line: CaseLine) -> str:
    """Whether somebody who returned was screened."""
    kind = _(vocabulary("return_type").label(line.params["kind"]))
    if line.what == "screened":
        return _("Screening after the return (%(kind)s): %(outcome)s") % {
            "kind": kind,
            "outcome": outcome_label(line.params["outcome"]),
        }
    return _("Not screened after the return (%(kind)s)") % {"kind": kind}


def outcome_label(code: str) -> str:
    """How it ended, in the reader's language."""
    return _(vocabulary("return_screening").label(code))


def section(reader: Reader) -> Mapping[str, Any]:
    """Each journey that began, with its screening or the way to it."""
    may = access.allowed(reader.actor, "return_screening.record", reader.found) is not None
    return {"journeys": [_shown(reader, one, may) for one in departed(reader)]}


def _shown(reader: Reader, one: Journey, may: bool) -> dict[str, Any]:
    done = getattr(one, "screening", None)
    new = reverse("casework:return_screening_new", args=[reader.case.code, one.pk])
    return {
        "what": _(vocabulary("return_type").label(one.kind)),
        "departed_on": one.departed_on,
        "protocol": _(protocol(child=one.as_child).title),
        "outcome": outcome_label(done.outcome) if done else "",
        "on": done.on if done else None,
        "due": done is None and one.confirmed_on is not None,
        "new": new if may and done is None else "",
    }


RECORD = Record(
    code=CODE,
    title=gettext_lazy("Screening after the return"),
    list_act="return_screening.list",
    lines=lines,
    words=words,
    section=section,
    template="casework/returns/_screening.html",
    copy_words={"ReturnScreening.outcome": outcome_label},
)

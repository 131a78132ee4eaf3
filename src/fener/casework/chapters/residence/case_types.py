"""How the type of a case stands: the latest one, due until help was offered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework.chapters.children.drawing import CARDS, card, day, doors, end_of, label
from fener.casework.chapters.contract import Door, NewLine, Reader, Record
from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.models.residence.case_type import CaseType
from fener.casework.selectors.residence.case_types import case_types
from fener.casework.services.residence.case_types import RECORD as CODE


def lines(case: Case) -> Iterator[NewLine]:
    """The latest type; until a referral or a service was offered it is due."""
    last = CaseType.objects.filter(case=case).order_by("-turn").first()
    if last is not None:
        waits = last.offered_on is None
        yield NewLine(
            what="type", params={"kind": last.kind, "waits": waits}, about=last.pk, starts=last.on,
            due=end_of(last.on) if waits else None,
        )  # fmt: skip


def words(line: CaseLine) -> str:
    """As what the case is worked on."""
    kind = label("case_type", line.params["kind"])
    if line.params["waits"]:
        return _("Worked on as: %(kind)s. Offer a referral.") % {"kind": kind}
    return _("Worked on as: %(kind)s") % {"kind": kind}


def section(reader: Reader) -> Mapping[str, Any]:
    """Each type that was said, the latest first."""
    found = case_types(reader)
    return {"cards": [_card(reader, one, latest=one is found[0]) for one in found]}


def _card(reader: Reader, one: CaseType, *, latest: bool) -> dict[str, Any]:
    may = (("case_type.record", "case_type_offered", _("Help was offered")),)
    offer = _("The person wanted no help on %(day)s; the offer stays.") if one.declined else _("Help offered: %(day)s.")
    return card(
        label("case_type", one.kind),
        _("Since %(day)s.") % {"day": day(one.on)},
        offer % {"day": day(one.offered_on)} if one.offered_on else "",
        tag=_("now") if latest else _("before"),
        kind="soon" if latest and one.offered_on is None else "plain",
        doors=list(doors(reader, *may, row=one.pk)) if latest and one.offered_on is None else [],
    )


RECORD = Record(
    code=CODE,
    title=gettext_lazy("Type of the case"),
    list_act="case_type.list",
    lines=lines,
    words=words,
    section=section,
    template=CARDS,
    doors=(
        Door(
            act="case_type.record", text=gettext_lazy("Say as what it is worked on"), url_name="casework:case_type_new"
        ),
    ),
    copy_words={"CaseType.kind": lambda code: label("case_type", code)},
)

"""How a person's lawyer, and what the person was told, stand on a case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework.chapters.children.drawing import CARDS, card, day, doors, label, opened
from fener.casework.chapters.contract import Door, NewLine, Reader, Record
from fener.casework.models import Case
from fener.casework.models.justice.advice import LegalMandate, LegalTold
from fener.casework.models.line import CaseLine
from fener.casework.selectors.justice.statements import mandates, told
from fener.casework.services.justice.advice import RECORD as CODE
from fener.trust.compartments import Compartment

LAWYER, TOLD = "lawyer", "told"


def lines(case: Case) -> Iterator[NewLine]:
    """Who acts now, on the time line who did; what was told stands on the time line alone."""
    for row in LegalMandate.objects.filter(case=case).order_by("since", "pk"):
        yield NewLine(what=LAWYER, about=row.pk, shown=row.ended_on is None, starts=row.since, ends=row.ended_on)
    for one in LegalTold.objects.filter(case=case).order_by("on", "pk"):
        yield NewLine(
            what=TOLD, params={"items": one.items}, about=one.pk, shown=False, starts=one.on, ends=one.on
        )  # fmt: skip


def words(line: CaseLine) -> str:
    """ "A lawyer acts for the person"."""
    if line.what == LAWYER:
        return _("A lawyer acts for the person")
    return _("Told: %(what)s") % {"what": _items(line.params["items"])}


def section(reader: Reader) -> Mapping[str, Any]:
    """The lawyers, and what was told."""
    lawyers = mandates(reader)
    missing = [] if any(row.ended_on is None for row in lawyers) else [_("No lawyer acts for the person.")]
    cards = [_lawyer(reader, row) for row in lawyers] + [_told(row) for row in told(reader)]
    return {"missing": missing, "cards": cards}


def _lawyer(reader: Reader, row: LegalMandate) -> dict[str, Any]:
    now = row.ended_on is None
    end = ("legal_mandate.end", "legal_mandate_end", _("Acts no longer"))
    return card(
        _("Lawyer"),
        _("From %(day)s.") % {"day": day(row.since)},
        _("Ended on %(day)s.") % {"day": day(row.ended_on)} if row.ended_on else "",
        _("Acts for the person alone.") if row.alone else _("Acts for others as well: advice does not count."),
        _("Trained for such cases.") if row.competent else _("Not trained for such cases: advice does not count."),
        tag=_("acts now") if now else _("ended"),
        kind="done" if now and row.alone and row.competent else "soon" if now else "plain",
        words=opened(reader, row.words_id, _("Open the name"), Compartment.LEGAL),
        doors=list(doors(reader, end, row=row.pk)) if now else [],
    )


def _told(row: LegalTold) -> dict[str, Any]:
    language = label("languages", row.language)
    return card(
        _("Told on %(day)s") % {"day": day(row.on)},
        _("Language: %(language)s.") % {"language": language},
        _("With an interpreter.") if row.interpreter else "",
        points=[str(LegalTold.Item(item).label) for item in row.items],
    )


def _items(items: list[str]) -> str:
    return ", ".join(str(LegalTold.Item(item).label) for item in items)


RECORD = Record(
    code=CODE,
    title=gettext_lazy("Lawyer and legal advice"),
    list_act="legal_advice.list",
    lines=lines,
    words=words,
    section=section,
    template=CARDS,
    doors=(
        Door(act="legal_mandate.record", text=gettext_lazy("Name a lawyer"), url_name="casework:legal_mandate_new"),
        Door(act="legal_advice.record", text=gettext_lazy("Record what was told"), url_name="casework:legal_told_new"),
    ),
    copy_words={
        "LegalTold.items": _items,
        "LegalTold.language": lambda code: label("languages", code),
    },
)

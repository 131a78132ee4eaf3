"""How contact with the family stands on the case: whether the person agreed, and help that the family has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework.chapters.children.drawing import CARDS, card, day, doors, label, opened
from fener.casework.chapters.contract import Door, NewLine, Reader, Record
from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.models.reintegration.family import FamilyAgreement
from fener.casework.selectors.reintegration.family import agreements
from fener.casework.services.reintegration.family import RECORD as CODE
from fener.trust.compartments import Compartment


def lines(case: Case) -> Iterator[NewLine]:
    """Each yes while it lives, and each no: nobody gets in touch by oversight."""
    for row in FamilyAgreement.objects.filter(case=case, ended_on__isnull=True).order_by("on", "pk"):
        yield NewLine(what="yes" if row.agreed else "no", about=row.pk, starts=row.on if row.agreed else None)


def words(line: CaseLine) -> str:
    """ "The person agrees to contact with a relative"."""
    if line.what == "yes":
        return _("The person agrees to contact with a relative")
    return _("The person wants no contact with a relative")


def section(reader: Reader) -> Mapping[str, Any]:
    """Each agreement with what was done under it."""
    return {"cards": [_card(reader, row) for row in agreements(reader)]}


def _card(reader: Reader, row: FamilyAgreement) -> dict[str, Any]:
    lives = row.agreed and row.ended_on is None
    done = list(row.supports.all())
    acts = (
        ("family_contact.record", "family_agreement_support", _("Record a contact or help")),
        ("family_contact.end", "family_agreement_end", _("The person no longer wants it")),
    )
    return card(
        _("The person's word of %(day)s") % {"day": day(row.on)},
        _("The guardian answered for the child.") if row.by_guardian else "",
        _("Until %(day)s.") % {"day": day(row.ended_on)} if row.ended_on else "",
        tag=_("agreed") if lives else _("over") if row.agreed else _("no contact"),
        kind="running" if lives else "plain" if row.agreed else "soon",
        points=[f"{day(one.on)}: {label('family_support', one.kind)}" for one in done],
        words=[
            *opened(reader, row.relative_id, _("Open which relative"), Compartment.CONTACT),
            *(each for one in done for each in opened(reader, one.words_id, _words_of(one.on))),
        ],
        doors=list(doors(reader, *acts, row=row.pk)) if lives else [],
    )


def _words_of(on: Any) -> str:
    return _("Open the words of %(day)s") % {"day": day(on)}


RECORD = Record(
    code=CODE,
    title=gettext_lazy("The family"),
    list_act="family_contact.list",
    lines=lines,
    words=words,
    section=section,
    template=CARDS,
    doors=(
        Door(
            act="family_contact.agree",
            text=gettext_lazy("Ask the person about the family"),
            url_name="casework:family_agreement_new",
        ),
    ),
    copy_words={"FamilySupport.kind": lambda code: label("family_support", code)},
)

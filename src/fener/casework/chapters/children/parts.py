"""How the parts of bodies in a child's case stand on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework.chapters.children.drawing import CARDS, card, day, doors, is_child, label, reads_file, said
from fener.casework.chapters.contract import Door, NewLine, Reader, Record
from fener.casework.models import Case
from fener.casework.models.children.guardianship import ChildPart
from fener.casework.models.line import CaseLine
from fener.casework.selectors.children.guardians import parts
from fener.casework.services.children.parts import RECORD as CODE
from fener.casework.services.children.parts import flags_of


def part_label(code: str) -> str:
    """A part in the reader's language."""
    if code == ChildPart.ACCOUNTABLE:
        return _("The one person who is accountable for the child")
    if code == ChildPart.CHILD_PROTECTION:
        return _("Child protection, a party to every child's case")
    return label("child_duty", code)


def lines(case: Case) -> Iterator[NewLine]:
    """The accountable person and the child-protection body, or that there is none; the split duties count."""
    held = list(ChildPart.objects.filter(case=case).order_by("since", "pk"))
    if not held:
        return
    missing = [flag.code for flag in flags_of(held) if flag.code != "duty_unnamed"]
    named = sum(
        row.until is None for row in held if row.part not in (ChildPart.ACCOUNTABLE, ChildPart.CHILD_PROTECTION)
    )
    yield NewLine(what="parts", params={"missing": missing, "named": named}, urgent=bool(missing))


def words(line: CaseLine) -> str:
    """What is missing, or that it is complete."""
    missing = set(line.params["missing"])
    if "not_one_accountable" in missing:
        return _("Nobody is accountable for this child.")
    if "no_protection_body" in missing:
        return _("The child-protection body is no party to this case.")
    return _("One person is accountable; duties with a name: %(number)s") % {"number": line.params["named"]}


def section(reader: Reader) -> Mapping[str, Any]:
    """Who has which part, and which part is nobody's."""
    rows = parts(reader)
    return {"missing": said(flags_of(rows), duty="child_duty"), "cards": [_card(reader, row) for row in rows]}


def _card(reader: Reader, row: ChildPart) -> dict[str, Any]:
    ends = ("child_part.end", "child_part_end", _("It has this part no longer"))
    may_end = row.until is None and row.part != ChildPart.ACCOUNTABLE
    return card(
        part_label(row.part),
        f"{row.person.get_full_name() or row.person.username}, {row.organisation.name}."
        if row.person and reads_file(reader)
        else f"{row.organisation.name}.",
        _("From %(day)s.") % {"day": day(row.since)},
        _("Ended on %(day)s.") % {"day": day(row.until)} if row.until else "",
        tag="" if row.until is None else _("ended"),
        doors=list(doors(reader, ends, row=row.pk)) if may_end else [],
    )


RECORD = Record(
    code=CODE,
    title=gettext_lazy("Who does what"),
    list_act="child_part.list",
    lines=lines,
    words=words,
    section=section,
    template=CARDS,
    concerns=is_child,
    doors=(
        Door(act="child_part.record", text=gettext_lazy("Name who has a part"), url_name="casework:child_part_new"),
    ),
    copy_words={"ChildPart.part": part_label},
)

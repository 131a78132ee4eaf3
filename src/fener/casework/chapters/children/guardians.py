"""How whoever answers for a child stands on the case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework import access
from fener.casework.chapters.children.drawing import (
    CARDS,
    card,
    day,
    doors,
    end_of,
    is_child,
    label,
    opened,
    reads_file,
)
from fener.casework.chapters.contract import Door, NewLine, Reader, Record
from fener.casework.models import Case
from fener.casework.models.children.guardianship import Guardianship
from fener.casework.models.line import CaseLine
from fener.casework.selectors.children.guardians import guardianships
from fener.casework.services.children.guardians import GUARDIAN
from fener.casework.services.children.guardians import RECORD as CODE
from fener.trust.compartments import Compartment

CONFLICT, ANSWERS = "conflict", "answers"


def lines(case: Case) -> Iterator[NewLine]:
    """Who answers now, on the time line who did; a conflict of interest is urgent until another one is named."""
    for row in Guardianship.objects.filter(case=case).order_by("since", "pk"):
        now = row.ended_on is None
        yield NewLine(
            what=ANSWERS,
            params={"kind": row.kind, "mandate": row.mandate},
            about=row.pk,
            shown=now,
            starts=row.since,
            ends=row.ended_on or row.until,
            due=end_of(row.until) if now else None,
            for_node=now,
        )
        if now and row.conflict_on:
            yield NewLine(
                what=CONFLICT,
                params={"conflict": row.conflict},
                about=row.pk,
                due=end_of(row.conflict_on),
                urgent=True,
                for_node=True,
            )


def words(line: CaseLine) -> str:
    """ "Guardian: the whole of the child's interests"."""
    if line.what == CONFLICT:
        return _("Name another guardian: conflict of interest (%(what)s)") % {
            "what": label("own_conflict", line.params["conflict"])
        }
    return f"{label('guardian_kind', line.params['kind'])}: {label('guardian_mandate', line.params['mandate'])}"


def section(reader: Reader) -> Mapping[str, Any]:
    """Who answers for the child, and who did."""
    rows = guardianships(reader)
    missing = [] if any(row.ended_on is None for row in rows) else [_("Nobody answers for this child.")]
    if not any(row.ended_on is None and row.kind == GUARDIAN for row in rows) and is_child(reader.case):
        missing.append(_("No guardian is appointed. The alarm runs from the first suspicion that this is a child."))
    found: list[dict[str, Any]] = []
    if access.allowed(reader.actor, "guardian_load.list", reader.found) is not None:
        found = [{"text": _("Children for each guardian"), "href": reverse("casework:guardian_load")}]
    return {"missing": missing, "cards": [_card(reader, row) for row in rows], "links": found}


def _card(reader: Reader, row: Guardianship) -> dict[str, Any]:
    now, in_full = row.ended_on is None, reads_file(reader)
    who = [str(row.person.get_full_name() or row.person.username)] if row.person and in_full else []
    if row.organisation:
        who.append(row.organisation.name)
    acts = (
        ("guardian.change", "guardian_change", _("Name another one")),
        ("guardian.flag", "guardian_flag", _("Conflict of interest")),
        ("guardian.end", "guardian_end", _("End it for good")),
    )
    return card(
        label("guardian_kind", row.kind),
        label("guardian_mandate", row.mandate) + ".",
        ", ".join(who) + "." if who else "",
        _("From %(day)s.") % {"day": day(row.since)},
        _("Until %(day)s.") % {"day": day(row.until)} if row.until else "",
        _("Legal basis: %(basis)s.") % {"basis": row.legal_basis} if row.legal_basis and in_full else "",
        _("Conflict of interest since %(day)s: %(what)s.")
        % {"day": day(row.conflict_on), "what": label("own_conflict", row.conflict)}
        if row.conflict_on
        else "",
        _("Ended on %(day)s.") % {"day": day(row.ended_on)} if row.ended_on else "",
        label("guardian_end", row.end_reason) + "." if row.end_reason else "",
        tag=_("answers now") if now else _("ended"),
        kind=("overdue" if row.conflict_on else "done") if now else "plain",
        words=opened(reader, row.who_id, _("Open the name"), Compartment.LEGAL),
        doors=list(doors(reader, *acts, row=row.pk)) if now else [],
    )


RECORD = Record(
    code=CODE,
    title=gettext_lazy("Guardian"),
    list_act="guardian.list",
    lines=lines,
    words=words,
    section=section,
    template=CARDS,
    concerns=is_child,
    doors=(Door(act="guardian.record", text=gettext_lazy("Name who answers"), url_name="casework:guardian_new"),),
    copy_words={
        "Guardianship.kind": lambda code: label("guardian_kind", code),
        "Guardianship.mandate": lambda code: label("guardian_mandate", code),
        "Guardianship.conflict": lambda code: label("own_conflict", code),
        "Guardianship.end_reason": lambda code: label("guardian_end", code),
    },
)

"""A copy of everything that is kept about a person, made at their request by a worker who may open the file.

What is about other people is left out, and said so. Each part that is opened is kept in the audit, as is the copy.
Health is in no file that leaves (rule HE-02): the person gets it from the health worker, and the copy says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fener.casework import access
from fener.casework.chapters.finding import chapters
from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.person_copy import wording
from fener.casework.person_copy.content import Entry, Knew, LeftOut, PersonCopy, Section
from fener.casework.selectors import lines
from fener.casework.selectors.history import who_knows
from fener.casework.services.access import FILES
from fener.casework.services.compartments import open_compartment
from fener.casework.services.drafts import SLOT
from fener.casework.services.notes import COMPLAINT, open_words
from fener.norms.fields import Field, compartment_fields
from fener.trust import audit
from fener.trust.actor import Actor
from fener.trust.compartments import EXPORTABLE_COMPARTMENTS, Compartment
from fener.trust.errors import DomainError, Locked
from fener.trust.models import SealedItem
from fener.trust.privacy import collecting, registry
from fener.trust.privacy.declaration import PURPOSES, Whose
from fener.trust.purposes import Purpose

# Read field by field below, or (keys, hashes) by nobody.
_OTHERWISE = ("trust.SealedItem", "trust.ItemGrant", "trust.BlindToken")
# Why a file is hidden, and from whom: as what is declared of it (``casework.personal_data.protection``), on no paper.
# Where a shelter is, which the house told the body that asked for a place there, is nobody's to carry about.
# What somebody has not finished writing is recorded nowhere yet. Whoever makes the copy may be complained about.
_LEFT_OUT_SLOTS = ("protection:", "shut_out:", "place:", COMPLAINT, SLOT)
WORDS = "words"  # the choice of a worker to leave out what was written beside records


@transaction.atomic
def make_copy(
    *, actor: Actor, case: Case, language: str, leave_out: Collection[str] = (), at: datetime | None = None
) -> PersonCopy:
    """Everything that is kept about the person of a case, in ``language`` (a code of the program's languages).

    ``leave_out``: fields (``narrative.account``) and ``words`` that also tell about somebody else. Raises Refused
    (looks absent), Locked.
    """
    at = at or timezone.now()
    access.require_on_case(actor, "person_copy.export", case, at=at)
    with translation.override(language):
        sealed, missing = _sealed(actor, case, set(leave_out))
        notes, missing_notes = _notes(actor, case, set(leave_out))
        sections = (*sealed, *_standing(case, at), *_tables(case), *notes)
        knew = tuple(_knew(actor, case))
        copy = PersonCopy(
            code=case.code,
            title=_("What we keep about you"),
            organisation=case.organisation.name,
            language=language,
            made_on=timezone.localdate(at),
            lead=_("You asked for it. Keep it where nobody finds it whom you fear; you can also leave it with us."),
            rights=rights(),
            sections=sections,
            left_out=(*_third(), *missing, *missing_notes),
            knew=knew,
            words=_headings(),
        )
    audit.record(
        actor=actor,
        act="person_copy.export",
        chain=("case", case.pk),
        subject_type="case",
        subject_id=case.pk,
        purpose=Purpose.KEEP,
        detail={"sections": len(sections), "left_out": len(copy.left_out), "language": language},
    )
    return copy


def rights() -> tuple[str, ...]:
    """What somebody may ask for, as the copy and the privacy page say it."""
    return (
        _("Ask what is kept about you, and get a copy."),
        _("Say what is wrong, and have it put right."),
        _("Take back what you agreed to, at any time, in one sentence. It works at once. Help goes on."),
        _("Ask that everything is erased. Until the day on which it is done you can change your mind."),
        _("Ask who has known what about you."),
        _("Complain to the data-protection authority. We help you with it."),
    )


def _sealed(actor: Actor, case: Case, leave_out: set[str]) -> tuple[list[Section], list[LeftOut]]:
    sections, missing = [], []
    for part in Compartment:
        item = SealedItem.objects.filter(subject_id=case.pk, compartment=part, slot="main").exists()
        if not item:
            continue
        if part not in EXPORTABLE_COMPARTMENTS:
            missing.append(LeftOut(str(part.label), _("Health leaves in no file. The health worker shows it to you.")))
            continue
        try:
            content = open_compartment(actor=actor, case=case, compartment=part, purpose=Purpose.KEEP)
        except Locked:
            raise
        except DomainError:
            missing.append(LeftOut(str(part.label), _("The worker who made this copy does not open this part.")))
            continue
        entries, hidden = _entries(part, content, leave_out)
        missing += hidden
        if entries:
            sections.append(Section(part.value, str(part.label), _why(part.value), (tuple(entries),)))
    return sections, missing


def _entries(part: Compartment, content: dict[str, Any], leave_out: set[str]) -> tuple[list[Entry], list[LeftOut]]:
    entries, hidden = [], []
    for spec in compartment_fields(part.value):
        value = content.get(spec.code)
        if value in (None, "", []) or registry.of_field(spec).whose is Whose.THIRD:
            continue
        name = f"{part.value}.{spec.code}"
        if name in leave_out:
            hidden.append(LeftOut(_(spec.label), _("It also tells about somebody else.")))
            continue
        entries.append(Entry(name, _(spec.label), wording.field_words(spec, value), value))
    return entries, hidden


def _third() -> Iterator[LeftOut]:
    """Kinds of data that are about other people: named alike whether or not anything is there."""
    about_others = [_(spec.label) for spec in compartment_fields() if registry.of_field(spec).whose is Whose.THIRD]
    yield LeftOut(", ".join([*about_others, _("name of the interpreter")]), _("It is about somebody else."))


def _tables(case: Case) -> Iterator[Section]:
    """The rows of every table that holds something of this file, one section a table."""
    found: dict[str, tuple[str, list[tuple[Entry, ...]], set[str]]] = {}
    for row in collecting.rows_of(collecting.files_of(case.pk), without=_OTHERWISE):
        title, rows, purposes = found.setdefault(row.about.model, (str(row.about.what), [], set()))
        entries: list[Entry] = []
        for held in row.fields:
            purposes.update(held.declared.purposes)
            if isinstance(held.value, SealedItem):
                continue  # its words stand in a section of their own
            if row.about.model == "casework.Case" and held.name == "facts":
                entries += [_fact(spec, value) for spec, value in wording.facts_of(held.value)]
                continue
            entries.append(Entry(held.name, str(held.declared.what), wording.words_of(held), held.value))
        if entries:
            rows.append(tuple(entries))
    for model, (title, rows, purposes) in found.items():
        why = ", ".join(str(PURPOSES[code]) for code in PURPOSES if code in purposes)
        yield Section(model, title[:1].upper() + title[1:], _("Kept %(why)s.") % {"why": why}, tuple(rows))


def _standing(case: Case, at: datetime) -> Iterator[Section]:
    """Where things stand in each chapter, in a sentence each: what runs, what is late, what was done."""
    for chapter in chapters():
        codes = [record.code for record in chapter.records if record.in_copy]
        rows = [
            (Entry(line.record, date_format(line.starts) if line.starts else "", _said(line, at), line.params),)
            for line in CaseLine.objects.filter(case=case, shown=True, record__in=codes).order_by("record", "due", "pk")
        ]
        if rows:
            yield Section(f"chapter.{chapter.code}", str(chapter.title), _("Where it stands."), tuple(rows))


def _said(line: CaseLine, at: datetime) -> str:
    words = lines.words(line)
    return _("%(words)s: this is overdue.") % {"words": words} if line.due and line.due < at else words


def _fact(spec: Field, value: Any) -> Entry:
    return Entry(f"facts.{spec.code}", _(spec.label), wording.field_words(spec, value), value)


def _notes(actor: Actor, case: Case, leave_out: set[str]) -> tuple[list[Section], list[LeftOut]]:
    """Words beside records (reasons, wishes, the person's own view), as far as this worker may open them."""
    beside = SealedItem.objects.filter(subject_id=case.pk).exclude(slot="main").exclude(slot__startswith=FILES)
    for slot in _LEFT_OUT_SLOTS:
        beside = beside.exclude(slot__startswith=slot)
    items = list(beside.order_by("created_at"))  # pictures and documents are handed over as what they are
    if not items:
        return [], []
    title = _("Words that were written beside records")
    if WORDS in leave_out:
        return [], [LeftOut(title, _("It also tells about somebody else."))]
    rows: list[tuple[Entry, ...]] = []
    closed = 0
    for item in items:
        if item.compartment not in EXPORTABLE_COMPARTMENTS:
            closed += 1
            continue
        try:
            words = open_words(actor=actor, case=case, item=item)
        except Locked:
            raise
        except DomainError:
            closed += 1
            continue
        rows.append((Entry(item.slot.split(":")[0], date_format(item.created_at), words, words),))
    sections = [Section(WORDS, title, _why("narrative"), tuple(rows))] if rows else []
    missing = [
        LeftOut(title, _("%(count)s of them are not opened by the worker who made this copy.") % {"count": closed})
    ]
    return sections, missing if closed else []


def _why(part: str) -> str:
    """What a sealed part is kept for, in words."""
    purposes = {p for spec in compartment_fields(part) for p in spec.needed_for}
    return _("Kept %(why)s.") % {"why": ", ".join(str(PURPOSES[code]) for code in PURPOSES if code in purposes)}


def _knew(actor: Actor, case: Case) -> Iterator[Knew]:
    kinds = {"read": _("opened"), "given": _("received, or may have"), "taken": _("lost, or may not have any more")}
    for line in who_knows(actor, case):
        parts = ", ".join(str(Compartment(c).label) for c in line.compartments if c in set(Compartment))
        code = line.purpose or (line.ground.purpose if line.ground else "")
        body = line.organisation if line.kind == "read" else line.recipient or line.organisation
        yield Knew(
            at=date_format(timezone.localtime(line.at), "SHORT_DATETIME_FORMAT"),
            who=" / ".join(filter(None, (body, line.person))) or _("the program"),
            what=f"{kinds[line.kind]}: {parts or _('that there is a case')}",
            why=str(Purpose(code).label) if code in set(Purpose) else "",
        )


def _headings() -> dict[str, str]:
    return {
        "title": _("What we keep about you"),
        "rights": _("What you can ask for"),
        "left_out": _("What is not in this copy"),
        "nothing": _("Nothing was left out."),
        "knew": _("Who has known what"),
        "nobody": _("Nobody has opened or received anything yet."),
        "at": _("When"),
        "who": _("Who"),
        "what": _("What"),
        "why": _("So that"),
    }

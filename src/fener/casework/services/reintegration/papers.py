"""Papers and entitlements of each case: state, denial and who denied (rule AS-11)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models import Case
from fener.casework.models.reintegration.papers import PaperState
from fener.casework.services import lines
from fener.casework.services.children.common import CHOOSE, Errors, check_code, check_day, keep, raise_any
from fener.casework.services.notes import seal_words
from fener.norms.path.checklists import checklist
from fener.trust.actor import Actor

RECORD = "reintegration.papers"
LISTS = ("personal_documents", "public_entitlements")
DENIED, APPLIED = "denied", "applied"


@dataclass(frozen=True, kw_only=True)
class PapersTerms:
    """How lines stand on a day (line → code of ``document_state``). ``denied_by``: of what was denied; ``answer_by``:
    of what was applied for, until when an answer is expected.
    """

    on: date
    states: Mapping[str, str] = field(default_factory=dict)
    denied_by: str = ""
    answer_by: date | None = None
    words: str = ""


def items() -> dict[str, str]:
    """Every line with its text (a msgid), in the order of the two lists."""
    return {item.code: item.text for list_id in LISTS for item in checklist(list_id).items}


@transaction.atomic
def record_papers(*, actor: Actor, case: Case, terms: PapersTerms) -> list[PaperState]:
    """Write down what changed: lines that stood so already are left. Raises Refused, InvalidInput."""
    access.require_on_case(actor, "papers.record", case)
    before = standing(PaperState.objects.filter(case=case, on__lte=terms.on))
    changed = {
        item: state for item, state in terms.states.items() if state and _differs(before.get(item), state, terms)
    }
    _check(terms, changed)
    number = PaperState.objects.filter(case=case).aggregate(last=Max("number"))["last"] or 0
    made = []
    for place, (item, state) in enumerate(changed.items(), start=1):
        row = PaperState(
            case=case,
            number=number + place,
            item=item,
            state=state,
            on=terms.on,
            denied_by=terms.denied_by if state == DENIED else "",
            answer_by=terms.answer_by if state == APPLIED else None,
            recorded_by_id=access.user_id(actor),
        )
        row.words = seal_words(
            actor=actor, case=case, slot=f"paper:{row.pk}", words=terms.words, also_for=[actor.keeper_id]
        )
        row.save(force_insert=True)
        made.append(row)
    lines.refresh(case, RECORD)
    keep(actor, "papers.record", case, case.pk, "papers", states=changed, on=terms.on, denied_by=terms.denied_by)
    return made


def standing(rows: Iterable[PaperState]) -> dict[str, PaperState]:
    """The latest of each line. No query beside that of ``rows``."""
    return {row.item: row for row in sorted(rows, key=lambda one: (one.on, one.number))}


def _differs(row: PaperState | None, state: str, terms: PapersTerms) -> bool:
    if row is None or row.state != state:
        return True
    denied = state == DENIED and bool(terms.denied_by) and row.denied_by != terms.denied_by
    return denied or (state == APPLIED and terms.answer_by is not None and row.answer_by != terms.answer_by)


def _check(terms: PapersTerms, changed: Mapping[str, str]) -> None:
    errors: Errors = {}
    check_day(errors, "on", terms.on)
    for item, state in changed.items():
        if item not in items():
            errors[""] = CHOOSE
        else:
            check_code(errors, f"state_{item}", state, "document_state")
    if DENIED in changed.values():
        check_code(errors, "denied_by", terms.denied_by, "denying_office")
    elif terms.denied_by:
        errors["denied_by"] = _("Nothing that changes was denied.")
    if terms.answer_by is not None and (APPLIED not in changed.values() or terms.answer_by < terms.on):
        errors["answer_by"] = _("Only of what was applied for, and not before the application.")
    if not changed and not errors:
        errors[""] = _("Nothing changed. Choose what stands differently now.")
    raise_any(errors)

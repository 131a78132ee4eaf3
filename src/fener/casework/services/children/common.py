"""What the services of this chapter share: only on children, codes of lists, days that have come, the audit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework.models import Case
from fener.norms.vocab import vocabulary
from fener.trust import audit
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, InvalidInput

if TYPE_CHECKING:
    from fener.trust.errors import Text

Errors = dict[str, "Text"]
CHOOSE = _("Choose one of the list.")
NOT_YET = _("Choose today or an earlier day.")
TOO_EARLY = _("This day lies before the beginning.")
FIRST_DAY = date(1900, 1, 1)  # nobody who is helped did anything before; a year such as 0205 is a slip of the hand


def require_child(case: Case) -> None:
    """Refuse what is for children alone on anybody else's case: InvalidInput."""
    if not case.treated_as_child:
        raise InvalidInput({"": _("This is for children. This person is not treated as a child.")})


def check_code(errors: Errors, field: str, code: str, vocabulary_id: str) -> None:
    """A code of that list, or an error at the field."""
    if code not in vocabulary(vocabulary_id):
        errors[field] = CHOOSE


def check_day(errors: Errors, field: str, day: date, *, not_before: date | None = None) -> None:
    """A day that has come, and not before another one (never before ``FIRST_DAY``)."""
    if day > timezone.localdate():
        errors[field] = NOT_YET
    elif day < max(not_before or FIRST_DAY, FIRST_DAY):
        errors[field] = TOO_EARLY


def raise_any(errors: Mapping[str, Text]) -> None:
    """InvalidInput where there is an error."""
    if errors:
        raise InvalidInput(errors)


def keep(actor: Actor, act: str, case: Case, row: UUID, subject: str, **detail: Any) -> None:
    """The entry of the audit; ``detail`` holds codes, days and counts."""
    audit.record(
        actor=actor, act=act, chain=("case", case.pk), subject_type=subject, subject_id=row, detail=detail
    )  # fmt: skip


def carry_out_on(row: Model, field: str, on: date, *, not_before: date | None) -> None:
    """Write the day on which something of a row was carried out, once. Raises AlreadyDone, InvalidInput (``on``)."""
    if getattr(row, field) is not None:
        raise AlreadyDone(str(row.pk))
    errors: Errors = {}
    check_day(errors, "on", on, not_before=not_before)
    raise_any(errors)
    setattr(row, field, on)
    row.save(update_fields=[field])

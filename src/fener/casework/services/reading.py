"""Reading a case is an act: who looked at which one, and as what, stays with the case (rule DA-08)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction

from fener.casework.models import Case
from fener.casework.selectors import file as files
from fener.casework.selectors.file import CaseFile
from fener.casework.services.compartments import open_compartment
from fener.trust import audit, pace
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.privacy import masking
from fener.trust.purposes import Purpose


def read_file(*, actor: Actor, code: str) -> CaseFile:
    """A case as its page shows it, and the reading kept with it. Raises Refused (hidden)."""
    file = files.file(actor, code)
    record_read(actor=actor, case=file.case, in_full=file.in_full)
    return file


def open_covered(
    *, actor: Actor, case: Case, compartment: Compartment, purpose: Purpose | str, show: Collection[str] = ()
) -> dict[str, Any]:
    """What is sealed in a part, its covered numbers covered but for the fields of ``show``, each of which is kept.

    Raises what ``open_compartment`` raises.
    """
    content = open_compartment(actor=actor, case=case, compartment=compartment, purpose=purpose)
    for field in content:
        if not masking.is_covered(f"{compartment.value}.{field}"):
            continue
        if field in show:
            record_shown(actor=actor, case=case, compartment=compartment, field=field)
        else:
            content[field] = masking.cover(str(content[field]))
    return content


def record_read(*, actor: Actor, case: Case, in_full: bool) -> None:
    """Keep that the actor was shown this case: its file, or (``in_full`` False) its facts and clocks alone."""
    with transaction.atomic(savepoint=False):
        pace.note(actor=actor, pace=pace.Pace.CASES, subject_id=case.pk)
        audit.record(
            actor=actor,
            act="case.read",
            chain=("case", case.pk),
            subject_type="case",
            subject_id=case.pk,
            detail={"file": in_full},
        )


def record_shown(*, actor: Actor, case: Case, compartment: Compartment, field: str) -> None:
    """Keep that the actor asked to see one field that stays covered in an open part. ``field``: its code."""
    with transaction.atomic():
        audit.record(
            actor=actor,
            act="field.show",
            chain=("case", case.pk),
            subject_type="case",
            subject_id=case.pk,
            detail={"field": f"{compartment.value}.{field}"},
        )

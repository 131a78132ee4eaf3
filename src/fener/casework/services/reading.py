"""Reading a case is an act: who looked at which one, and as what, stays with the case (rule DA-08)."""

from __future__ import annotations

from django.db import transaction

from fener.casework.models import Case
from fener.trust import audit
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment


def record_read(*, actor: Actor, case: Case, in_full: bool) -> None:
    """Keep that the actor was shown this case: its file, or (``in_full`` False) its facts and clocks alone."""
    with transaction.atomic(savepoint=False):
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

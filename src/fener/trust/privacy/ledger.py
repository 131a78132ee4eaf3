"""The list of what was erased, outside the database: a restored backup from before brings nobody back.

One line an erasure (kind, id, day), which says nothing about anybody. It lies in the home as ``erased.jsonl``; whoever
restores an older backup puts the newest list beside it, and the next ``fener tick`` erases again what it names.
"""

from __future__ import annotations

import json
import os
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from fener.trust.actor import Actor
from fener.trust.models import Erasure
from fener.trust.privacy import erasing
from fener.trust.privacy.kinds import kinds

NAME = "erased.jsonl"


def path() -> Path:
    """Where the list lies."""
    return Path(settings.FENER_HOME) / NAME


def read() -> dict[UUID, str]:
    """Every erased id with its kind. A last line that a power cut left unfinished is left out."""
    found: dict[UUID, str] = {}
    if not path().exists():
        return found
    for line in path().read_text(encoding="utf-8").splitlines():
        try:
            entry = json.loads(line)
            found[UUID(entry["id"])] = str(entry["kind"])
        except (ValueError, KeyError, TypeError):
            continue
    return found


def note(kind: str, subject_id: UUID, on: date) -> None:
    """Add one line, on the disk before this returns."""
    line = json.dumps({"kind": kind, "id": str(subject_id), "on": on.isoformat()}) + "\n"
    handle = os.open(path(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, line.encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def note_after_commit(kind: str, subject_id: UUID, on: date) -> None:
    """As :func:`note`, once the erasure is certain."""
    transaction.on_commit(lambda: note(kind, subject_id, on))


def repeat(*, actor: Actor, at: datetime) -> int:
    """Erase again what the list names and the database still has, and write down what the list lacks; how many."""
    listed = read()
    done = Erasure.objects.filter(state=Erasure.State.DONE).order_by("done_at")
    known_done = {erasure.subject_id: erasure for erasure in done}
    for erasure in known_done.values():
        if erasure.subject_id not in listed and erasure.done_at is not None:
            note(erasure.kind, erasure.subject_id, erasure.done_at.date())
    known, count = kinds(), 0
    for subject_id, code in listed.items():
        kind = known.get(code)
        # What this database itself says is done was done in it: only what came back from a backup is looked at.
        if subject_id not in known_done and kind is not None and kind.alive(subject_id):
            erasing.erase(actor=actor, kind=kind, subject_id=subject_id, at=at)
            Erasure.objects.filter(subject_id=subject_id, state__in=Erasure.OPEN).delete()
            count += 1
    return count

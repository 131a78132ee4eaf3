"""When the work that a timer starts was last done: for ``fener check``, the metrics and whoever asks at night."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from fener.trust.models import JobRun

TICK, BACKUP = "tick", "backup"


def run_done(*, name: str, at: datetime, detail: Mapping[str, int | str] | None = None) -> None:
    """Note that a kind of work ended well at ``at``. ``detail``: codes and counts only."""
    JobRun.objects.update_or_create(name=name, defaults={"at": at, "detail": dict(detail or {})})


def last_run(name: str) -> JobRun | None:
    """The last good end of that work, or None where it never ended well."""
    return JobRun.objects.filter(name=name).first()

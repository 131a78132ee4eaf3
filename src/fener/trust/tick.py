"""``fener tick``: what has to happen because time passed. For a timer of the machine; Today does a part by itself."""

from __future__ import annotations

import json
import logging
from datetime import datetime
from typing import TYPE_CHECKING

import click

from fener.trust.cli import _django, _refuse

if TYPE_CHECKING:
    from fener.trust.jobs import Job


@click.command("tick")
@click.option("--json", "as_json", is_flag=True, help="One line a kind of work, as JSON.")
def tick(as_json: bool) -> None:
    """Run what is due, once: referrals that nobody answered go on, periods end, the day's audit root is signed.

    Running it twice changes nothing more. It holds no keys and opens nothing. Where one kind of work fails, the others
    are done all the same.

    Exit 0: done, also where nothing was due; 1: some work failed, named on the last line; 2: the node's database cannot
    be used.

    \b
    Example (every ten minutes, from cron):
      */10 * * * *  fener tick
    """
    _django()
    from django.utils import timezone

    from fener.trust import jobs, runs

    at = timezone.now()
    _require_database()
    failed = []
    for job in jobs.jobs():
        count = _run(job, at)
        if count is None:
            failed.append(job.kind)
        elif as_json:
            click.echo(json.dumps({"kind": job.kind, "count": count, "at": at.isoformat()}))
        else:
            click.echo(f"{job.words}: {count}.")
    if failed:
        click.echo(f"fener: failed, and is tried again next time: {', '.join(failed)}", err=True)
        raise SystemExit(1)
    runs.run_done(name=runs.TICK, at=at)


def _require_database() -> None:
    """Exit 2 with one line before anything is done where the database is missing, locked or behind its program."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError

    from fener.trust.models import JobRun

    try:
        JobRun.objects.exists()
    except (DatabaseError, ImproperlyConfigured) as error:
        _refuse(f"the database of this node cannot be used ({error}); look at it with: fener check")


def _run(job: Job, at: datetime) -> int | None:
    """How much was done; None where it failed, which one kind of work may without stopping the others."""
    try:
        return job.run(at)
    except Exception:
        logging.getLogger("fener.tick").exception("job %s failed", job.kind)
        return None

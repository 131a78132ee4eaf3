"""``fener tick``: what has to happen because time passed. For a timer of the machine; Today does the same by itself."""

from __future__ import annotations

import json

import click


@click.command("tick")
@click.option("--json", "as_json", is_flag=True, help="One line a kind of work, as JSON.")
def tick(as_json: bool) -> None:
    """Run what is due, once: unanswered referrals go on to the next desk, recovery periods end with their last day.

    Running it twice changes nothing more. It holds no keys and opens nothing.

    Exit 0: done, also where nothing was due; 2: the node's database cannot be used.

    \b
    Example (every ten minutes, from cron):
      */10 * * * *  fener tick
    """
    from fener.trust.cli import _django, _refuse

    _django()
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError
    from django.utils import timezone

    from fener.casework.services import clocks
    from fener.casework.services.escalation import escalate_overdue
    from fener.trust.actor import SYSTEM

    at = timezone.now()
    try:
        done = {
            "referrals_gone_on": escalate_overdue(at),
            "recovery_periods_ended": clocks.end_run_out(actor=SYSTEM, at=at),
        }
    except (DatabaseError, ImproperlyConfigured) as error:
        _refuse(f"the database of this node cannot be used ({error}); look at it with: fener check")
    if as_json:
        for kind, count in done.items():
            click.echo(json.dumps({"kind": kind, "count": count, "at": at.isoformat()}))
        return
    click.echo(f"Referrals that went on to the next desk: {done['referrals_gone_on']}.")
    click.echo(f"Recovery periods that ended with their last day: {done['recovery_periods_ended']}.")

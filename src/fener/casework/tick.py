"""``fener tick``: what has to happen because time passed. For a timer of the machine; Today does the same by itself."""

from __future__ import annotations

import click


@click.command("tick")
def tick() -> None:
    """Run what is due, once: referrals that nobody answered in time go on to the next desk.

    Running it twice changes nothing more. It holds no keys and opens nothing.

    \b
    Example (every ten minutes, from cron):
      */10 * * * *  fener tick
    """
    from fener.trust.cli import _django, _refuse

    _django()
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError

    from fener.casework.services.escalation import escalate_overdue

    try:
        gone_on = escalate_overdue()
    except (DatabaseError, ImproperlyConfigured) as error:
        _refuse(f"the database of this node cannot be used ({error}); look at it with: fener check")
    click.echo(f"Referrals that went on to the next desk: {gone_on}.")
